"""The rules of a track as the site knows them: its plan's scheme files, read with the law and the clauses of plans."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from mujun.law import Clause, Instrument, Law
from mujun.scheme import Reading, Scheme, read_scheme
from mujun.web.evidence import kept
from mujun.web.models import Plan, Track
from mujun.web.programme import programme_round, the_law


def standing_plan(track: Track) -> Plan | None:
    """The plan in force: the last one issued that is not void."""
    return track.plans.filter(issued_at__isnull=False, voided_at=None).order_by("-number").first()


def draft_plan(track: Track) -> Plan | None:
    """The draft that is being worked on."""
    return track.plans.filter(issued_at=None, voided_at=None).order_by("-number").first()


def law_with(*plans: Plan | None) -> Law:
    """The law, and the clauses that issued plans have written."""
    law = the_law()
    issued = {one.id: one for plan in plans if plan is not None and plan.clauses for one in [instrument_of(plan)]}
    return Law({**law.instruments, **issued})


def instrument_of(plan: Plan) -> Instrument:
    """An issued plan as an instrument: a clause for each number the notice does not give."""
    clauses = {one["id"]: Clause(one["id"], one["heading"], one["text"]) for one in plan.clauses}
    return Instrument(
        id=instrument_id(plan),
        title=f"{plan.track.round.year}年{plan.track.label}“亩均效益”领跑者行动具体方案",
        issuer=plan.track.lead_agency,
        document_number=plan.document_number,
        text="known",
        known="",
        source=f"本系统印发，第{plan.number}稿",
        clauses=clauses,
    )


def instrument_id(plan: Plan) -> str:
    return f"plan-{plan.track.round.year}-{plan.track.domain.replace('_', '-')}-{plan.number}"


def scheme_ids(track: Track) -> tuple[str, ...]:
    """The schemes of its domain, the main one first."""
    domain = next(one for one in programme_round(track.round.programme).domains if one.id == track.domain)
    return domain.schemes


def read_rules(data: bytes, name: str, law: Law) -> Reading:
    """A scheme and its findings from bytes; findings name the scheme's file. Read once for the same bytes and law."""
    return _read(data, name, _Citable(law))


class _Citable:
    """A law as far as reading asks it: which clauses there are."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.clauses = frozenset((one.id, clause) for one in law.instruments.values() for clause in one.clauses)

    def __hash__(self) -> int:
        return hash(self.clauses)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Citable) and self.clauses == other.clauses


@lru_cache(maxsize=64)
def _read(data: bytes, name: str, citable: _Citable) -> Reading:
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.yaml"
        file.write_bytes(data)
        return read_scheme(file, citable.law)


def scheme_of(plan: Plan, name: str) -> Scheme:
    """A scheme of a plan as it stands."""
    told = [instrument_id(plan), plan.document_number, plan.clauses]
    return _scheme_of(plan.schemes[name], name, json.dumps(told, ensure_ascii=False))


@lru_cache(maxsize=32)
def _scheme_of(sha256: str, name: str, issued: str) -> Scheme:
    """Bytes and clauses do not change, so they are read once."""
    instrument, document_number, clauses = json.loads(issued)
    found = {one["id"]: Clause(one["id"], one["heading"], one["text"]) for one in clauses}
    plan = Instrument(instrument, "", "", document_number, "known", "", "", found)
    law = the_law() if not clauses else Law({**the_law().instruments, instrument: plan})
    scheme = read_rules(kept(sha256), name, law).scheme
    assert scheme is not None, "an issued plan can be read"
    return scheme


def readings(plan: Plan) -> dict[str, Reading]:
    """Every scheme of a plan with what is wrong in it."""
    law = law_with(plan)
    return {name: read_rules(kept(sha256), name, law) for name, sha256 in plan.schemes.items()}
