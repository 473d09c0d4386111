"""Short ways to a later stage, for tests of what comes after it. The long way is lived in the browser test."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from mujun.dataset import KEY, NAME
from mujun.intake import read_dataset
from mujun.law import PROGRAMME
from mujun.scheme import load_scheme
from mujun.scheme.amend import assumed, cite_clauses
from mujun.store.sealed import DATA
from mujun.web.actions.compute import compute
from mujun.web.codes import code_of, step_at
from mujun.web.evidence import keep, keep_json, the_store
from mujun.web.living.people import demo_doer
from mujun.web.models import DocumentNumber, Nomination, Plan, Round, Run, RunUnit, SecondFactor, Track
from mujun.web.models.rounds import Machine
from mujun.web.programme import the_law
from mujun.web.queries.facts.track import schemes_hash
from mujun.web.queries.outcomes import outcome_rows
from mujun.web.queries.places import cities
from mujun.web.queries.rules import instrument_id
from mujun.web.queries.second_factor import secret_of


def code_now(login: str) -> str:
    """What the phone of somebody shows, by the machine's clock."""
    factor = SecondFactor.objects.get(account__username=login)
    return code_of(secret_of(factor), step_at(timezone.now()))


def jump(row: Machine, *states: str) -> None:
    """Along legal edges, but asking nobody."""
    for state in states:
        kind: Any = type(row)
        kind.objects.filter(pk=row.pk).update(state=state, version=row.version + 1)
        row.refresh_from_db()


def issue_plan(track: Track, now: datetime, number: str) -> Plan:
    """The programme's own schemes as the plan in force, assumptions and all."""
    login = track.domain.replace("_", "-")
    issuer = demo_doer("b" if track.domain == "county" else f"d-{login}", now).somebody
    DocumentNumber.objects.create(number=number, taken_for=track.subject, taken_by=issuer, taken_at=now)
    plan = track.plans.get(number=1)
    plan.issued_by, plan.issued_at, plan.document_number = issuer, now, number
    plan.save()
    jump(track, "PLAN_ISSUED")
    return plan


def lock_with(track: Track, tables: dict[str, Path]) -> None:
    """Lock data files (by scheme) as they are, from PLAN_ISSUED on."""
    track.sealed = seal_files(track, tables)
    track.save(update_fields=["sealed"])
    jump(track, "COLLECTING", "LOCKED")


def seal_files(track: Track, tables: dict[str, Path]) -> dict[str, Any]:
    """Data files as the store would have them, without where each cell is from."""
    sealed = {}
    for name, file in tables.items():
        scheme = load_scheme(PROGRAMME / track.round.programme / "schemes" / f"{name}.yaml", the_law())
        frame = read_dataset(file, scheme).dataset.frame.rename({KEY: scheme.key, NAME: scheme.name})
        folder = the_store().folder / "sealed" / f"shortcut-{track.pk}-{name}"
        folder.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(folder / DATA)
        sha256 = hashlib.sha256((folder / DATA).read_bytes()).hexdigest()
        sealed[name] = {"seal": folder.name, "sha256": sha256, "units": frame.height}
    return sealed


def file_of(data: Path, scheme: str) -> Path:
    return next(file for file in sorted(data.glob(f"{scheme}.*")) if "adopted" not in file.name)


def accept_lists(round_: Round, names: dict[str, list[tuple[str, str, str]]], now: datetime) -> None:
    """An accepted list (key, name, county) for every track, and the round in evaluation."""
    for track in round_.tracks.all():
        rows = names.get(track.domain, [])
        nomination = Nomination.objects.create(
            track=track,
            number=1,
            content_hash=hashlib.sha256(repr(rows).encode()).hexdigest(),
            drafted_by=demo_doer("a", now).somebody,
            drafted_at=now,
            signed_by=demo_doer("b2", now).somebody,
        )
        for place, (key, name, county) in enumerate(rows, 1):
            nomination.items.create(position=place, key=key, name=name, county=county, rank=place, score="100.0000")
        adopted = ["ADOPTED"] if track.adopted else ["LIST_DRAFT"]
        before = ["PLAN_ISSUED", "COLLECTING", "LOCKED", "EVALUATED", "FROZEN"]
        jump(track, *before, *adopted, "SIGNED", "SUBMITTED", "ACCEPTED")
    jump(round_, "EVALUATING")


def plans_in_force(round_: Round, now: datetime) -> None:
    """Every track's draft as an issued plan whose rules rest on its own clauses. Asks nobody, and moves no state."""
    for track in round_.tracks.all():
        plan = track.plans.get(number=1)
        issuer = demo_doer("b" if track.domain == "county" else f"d-{track.domain.replace('_', '-')}", now).somebody
        schemes, clauses = _cited(track.round.programme, tuple(plan.schemes), instrument_id(plan))
        plan.schemes = {name: keep(data) for name, data in schemes.items()}
        plan.clauses = [
            {"id": str(number), "heading": f"第{number}条", "text": "示例", "reason": "示例"} for number in clauses
        ]
        plan.issued_by, plan.issued_at, plan.document_number = issuer, now, f"示例方案〔2019〕{track.order}号"
        plan.save()


@cache
def _cited(programme: str, names: tuple[str, ...], instrument: str) -> tuple[dict[str, bytes], range]:
    """The programme's schemes with a clause in the place of each assumption: once for all tests."""
    done, found = 0, {}
    for name in names:
        text = (PROGRAMME / programme / "schemes" / f"{name}.yaml").read_text(encoding="utf-8")
        count = len(assumed(text))
        citations = [f"{instrument}#{number}" for number in range(done + 1, done + count + 1)]
        found[name] = cite_clauses(text, citations, "已印发").encode()
        done += count
    return found, range(1, done + 1)


def run_behind(track: Track, data: Path, now: datetime) -> Run:
    """A frozen run behind the accepted list of a track, whose plan is in force; its states are not asked."""
    sealed = seal_files(track, {name: file_of(data, name) for name in track.plans.get(number=1).schemes})
    track.sealed = sealed
    track.save(update_fields=["sealed"])
    plan = track.plans.get(number=1)
    login = track.domain.replace("_", "-")
    run = Run.objects.create(
        track=track,
        number=1,
        data_hash=keep_json(sealed),
        scheme_hash=schemes_hash(plan),
        run_by=demo_doer(f"c-{login}", now).somebody,
        run_at=now,
        frozen_by=demo_doer(f"d-{login}", now).somebody,
        frozen_at=now,
        progress=Run.Progress.DONE,
    )
    computed = compute(run, lambda step, percent: None)
    run.result_hash, run.summary = computed.result_hash, computed.summary
    run.save()
    for evaluation in computed.evaluations:
        RunUnit.objects.bulk_create(outcome_rows(run, evaluation, cities(track.round.programme)))
    track.nominations.update(run=run)
    return run
