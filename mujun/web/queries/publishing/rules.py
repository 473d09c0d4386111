"""The rules a round's lists rest on, as files of a bundle: law, plans and notice, schemes as issued, what is public."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from mujun.digest import canonical_json, digest_bytes
from mujun.law import PROGRAMME, Instrument, Law, load_law
from mujun.scheme import Scheme, load_scheme
from mujun.scheme.publication import FILE, Publication, load_publication
from mujun.web.evidence import kept
from mujun.web.models import Round
from mujun.web.queries.publishing.notice_rules import NoticeRules
from mujun.web.queries.rules import instrument_of, scheme_ids, standing_plan

OFFICE = "省亩均办"


@frozen
class RoundRules:
    """`schemes` by id, the main one of every domain that has a public list."""

    law: Law
    publication: Publication
    schemes: Mapping[str, Scheme]


def rule_files(round_: Round, noticed: NoticeRules) -> dict[str, bytes]:
    """By their path under rules/. Whoever has them needs nothing else to read the rules."""
    name, folder = round_.programme, PROGRAMME / round_.programme
    files = {f"instruments/{path.name}": path.read_bytes() for path in sorted((PROGRAMME / "instruments").glob("*"))}
    files |= {f"{name}/schemes/{path.name}": path.read_bytes() for path in sorted((folder / "schemes").glob("*.yaml"))}
    files[f"{name}/round.yaml"] = (folder / "round.yaml").read_bytes()
    files[f"{name}/{FILE}"] = noticed.text.encode()
    files[f"instruments/{noticed.instrument}.yaml"] = instrument_bytes(_of_notice(round_, noticed))
    for track in round_.tracks.all():
        plan = standing_plan(track)
        if plan is not None:
            one = instrument_of(plan)
            files[f"instruments/{one.id}.yaml"] = instrument_bytes(one)
            files |= {f"{name}/schemes/{id_}.yaml": kept(sha256) for id_, sha256 in plan.schemes.items()}
    return files


def read_rule_files(round_: Round, files: Mapping[str, bytes]) -> RoundRules:
    """Raises CannotGoOn with what is wrong with them."""
    return _read(_Files(files), round_.programme, tuple(scheme_ids(track)[0] for track in round_.tracks.all()))


class _Files:
    """Files that are the same when their bytes are, so that the same rules are read once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.key = digest_bytes(canonical_json({path: digest_bytes(data).sha256 for path, data in files.items()}))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files) and self.key == other.key


@lru_cache(maxsize=4)
def _read(files: _Files, programme: str, names: tuple[str, ...]) -> RoundRules:
    with TemporaryDirectory(prefix="mujun-rules-") as folder:
        root = Path(folder)
        for path, data in files.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        law = load_law(root / "instruments")
        publication = load_publication(programme, law, root)
        schemes = {
            name: load_scheme(root / programme / "schemes" / f"{name}.yaml", law)
            for name in names
            if name in publication.rules
        }
    return RoundRules(law, publication, schemes)


def instrument_bytes(one: Instrument) -> bytes:
    """As a file of `instruments/`. JSON is YAML, and has one form."""
    told = {
        "instrument": one.id,
        "title": one.title,
        "issuer": one.issuer,
        "document_number": one.document_number,
        "text": one.text,
        "known": one.known,
        "source": one.source,
        "clauses": [{"id": it.id, "heading": it.heading, "text": it.text} for it in one.clauses.values()],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _of_notice(round_: Round, noticed: NoticeRules) -> Instrument:
    return Instrument(
        id=noticed.instrument,
        title=f"{round_.title}公示",
        issuer=OFFICE,
        document_number="",
        text="known",
        known="",
        source="本系统公示时由两人办理",
        clauses={one.id: one for one in noticed.clauses},
    )
