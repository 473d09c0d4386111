"""A unit's 一企一单: every value used about it, with the file and cell it is from. Writes nothing."""

from __future__ import annotations

import json
from datetime import datetime

from attrs import frozen
from django.conf import settings

from mujun.documents.statement import Item, Statement, collect_statement
from mujun.documents.statement.content import NOTHING
from mujun.scheme.model import Variable
from mujun.store.derived import DerivedValues, derive_values, kin
from mujun.store.holding import Holding
from mujun.store.sealed import MANIFEST
from mujun.store.trace_held import trace_held
from mujun.web.evidence import the_store
from mujun.web.models import Dispute, ValueSet
from mujun.web.queries.datasets import sealed_folder
from mujun.web.queries.rules import law_with, scheme_of, standing_plan
from mujun.web.queries.values.book import name_in_store, the_book
from mujun.workflow.moment import CHINA

SILENCE = "逾期没有确认、也没有提出疑问的，视为没有异议（视同确认）。"


@frozen
class Line:
    """One value of a statement, with the disputes about it."""

    variable: Variable
    item: Item
    disputes: tuple[Dispute, ...] = ()

    @property
    def measure(self) -> str:
        return self.item.unit_text if self.item.value != NOTHING else ""

    @property
    def contested(self) -> bool:
        """Disputed, and not mended."""
        return any(one.corrected is not True for one in self.disputes)


@frozen
class Shown:
    """A statement and its lines by office."""

    statement: Statement
    offices: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def lines(self) -> list[Line]:
        return [line for _, lines in self.offices for line in lines]


def statement_of(row: ValueSet, now: datetime, offices: frozenset[str] | None = None) -> Shown:
    """As it stands now, or, once locked, as it was sealed. `offices`: only their values, for an office that looks."""
    track, plan = row.track, standing_plan(row.track)
    assert plan is not None, "there are no values before there is a plan"
    scheme, law = scheme_of(plan, row.scheme), law_with(plan)
    seal, upto = _sealed_at(row)
    holding = the_store().look(name_in_store(track, row.scheme), upto)
    derived, own = _derived(holding, row)
    walks = trace_held(own, scheme, row.unit, row.name, derived, seal)
    if offices is not None:
        walks = [one for one in walks if scheme.variables[one.variable].source in offices]
    statement = collect_statement(
        walks,
        scheme,
        round_title=track.round.title,
        made_on=now.astimezone(CHINA).date(),
        deadline=row.confirm_by.astimezone(CHINA).date() if row.confirm_by is not None else None,
        return_to=f"{row.county}亩均办" if row.county else "",
        silence=SILENCE if plan.silence_confirms else "",
        mark="示例数据" if settings.DEMO else "",
        law=law,
    )
    disputes: dict[str, list[Dispute]] = {}
    for one in row.disputes.order_by("pk"):
        disputes.setdefault(one.variable, []).append(one)
    shown = [one.variable for one in walks]
    by_office = []
    for section in statement.sections:
        of_office = [scheme.variables[name] for name in shown if scheme.variables[name].source == section.office]
        ordered = [one for one in scheme.variables.values() if one in of_office]
        lines = (
            Line(variable, item, tuple(disputes.get(variable.id, ())))
            for variable, item in zip(ordered, section.items, strict=True)
        )
        by_office.append((section.office, tuple(lines)))
    return Shown(statement, tuple(by_office))


def _sealed_at(row: ValueSet) -> tuple[str, int | None]:
    """The hash of the locked dataset and the place of the journal it was sealed at; neither while collecting."""
    track = row.track
    if track.state in ("COLLECTING", "PLAN_ISSUED") or row.scheme not in track.sealed:
        return "", None
    manifest = json.loads((sealed_folder(track, row.scheme) / MANIFEST).read_bytes())
    return str(track.sealed[row.scheme]["seal"]), int(manifest["journal"]["seq"])


def _derived(holding: Holding, row: ValueSet) -> tuple[DerivedValues, Holding]:
    """Of the unit, from the records of all who share a parcel with it; and what was said of these."""
    due, store = the_book().due(name_in_store(row.track, row.scheme)), the_store()
    if due.plan is None:
        return DerivedValues(), holding.only(frozenset({row.unit}))
    some = holding.only(kin(store, holding, due.scheme, due.plan, row.unit))
    return derive_values(store, some, due.scheme, due.plan), some
