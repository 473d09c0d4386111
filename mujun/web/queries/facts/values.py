"""The facts of units' sets of values: of one, or of a whole province's at once. The same facts either way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from attrs import define, field

from mujun.web.models import Dispute, FormDue, Plan, Track, ValueSet
from mujun.web.programme import workflow
from mujun.web.queries.facts.common import common
from mujun.web.queries.rules import standing_plan
from mujun.workflow import Edge, Target
from mujun.workflow.states import RoundState, TrackState, ValuesState
from mujun.workflow.values_facts import ValuesFacts

NOT_CONFIRMED = (ValuesState.ENTERED, ValuesState.SUBMITTED, ValuesState.DISPUTED, ValuesState.RETURNED)
PROVINCE = "浙江省"
_AT_ONCE = 900
"""Keys in one question to the database."""


def values_facts(row: ValueSet, edge: Edge, form: dict[str, Any], now: datetime) -> ValuesFacts:
    """`form` may bring `agency` (whose form it is), `findings`, `disputed`, `signed_scan`."""
    return facts_of_sets([row], edge, form, now)[0]


def facts_of_sets(rows: Sequence[ValueSet], edge: Edge, form: dict[str, Any], now: datetime) -> list[ValuesFacts]:
    """In the order of the rows. What many of them share is asked for once."""
    shared = _Shared(rows, edge)
    return [_facts(row, shared, edge, form) for row in rows]


def target_of(row: ValueSet, agency: str = "") -> Target:
    return Target(
        domain=row.track.domain,
        regions=regions_of(row.county, row.city),
        unit=row.unit,
        agency=agency,
        round_state=RoundState(row.track.round.state),
        has_account=row.has_account,
    )


def regions_of(county: str, city: str) -> tuple[str, ...]:
    return tuple(part for part in (county, city, PROVINCE) if part)


def missing_agencies(track: Track, scheme: str) -> dict[str, set[str]]:
    """By region, offices that owe a form for it and have not handed it in; the empty region is every county's."""
    found: dict[str, set[str]] = defaultdict(set)
    due = FormDue.objects.filter(track=track, scheme=scheme, submitted_at=None)
    for agency, region in due.values_list("agency", "region"):
        found[region].add(office_name(agency, region))
    return found


def office_name(agency: str, region: str) -> str:
    """上城区统计部门; of the whole province 省级统计部门."""
    name = agency if agency.startswith("省") else f"{region or '省级'}{agency}"
    return name if name.endswith(("办", "局", "委", "厅")) else f"{name}部门"


@define(eq=False)
class _Shared:
    """What sets have in common by track, scheme and county; and their disputes."""

    rows: Sequence[ValueSet]
    edge: Edge
    _plans: dict[int, Plan | None] = field(factory=dict)
    _missing: dict[tuple[int, str], dict[str, set[str]]] = field(factory=dict)
    _unapproved: dict[tuple[int, str], tuple[str, ...]] = field(factory=dict)

    def plan(self, track: Track) -> Plan | None:
        if track.pk not in self._plans:
            self._plans[track.pk] = standing_plan(track)
        return self._plans[track.pk]

    def missing(self, row: ValueSet) -> tuple[str, ...]:
        key = (row.track_id, row.scheme)
        if key not in self._missing:
            self._missing[key] = missing_agencies(row.track, row.scheme)
        found = self._missing[key]
        return tuple(sorted(found.get("", set()) | found.get(row.county, set())))

    def unapproved(self, row: ValueSet) -> tuple[str, ...]:
        """For the county's and the city's approval: units of the county that are not confirmed yet."""
        if self.edge.id not in ("V7", "V8"):
            return ()
        key = (row.track_id, row.county)
        if key not in self._unapproved:
            beside = ValueSet.objects.filter(track=row.track, county=row.county, excluded="", state__in=NOT_CONFIRMED)
            self._unapproved[key] = tuple(beside.order_by("unit").values_list("name", flat=True))
        return self._unapproved[key]

    @cached_property
    def unanswered(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for keys in in_portions(row.pk for row in self.rows if row.pk is not None):
            open_ones = Dispute.objects.filter(value_set__in=keys, answered_at=None).order_by("pk")
            for pk, label in open_ones.values_list("value_set_id", "label"):
                found[pk].append(label)
        return found


def _facts(row: ValueSet, shared: _Shared, edge: Edge, form: dict[str, Any]) -> ValuesFacts:
    track = row.track
    path = workflow().path_of(track.domain)
    plan = shared.plan(track)
    two_persons = bool(edge.differs_from or edge.proposed_by)
    return ValuesFacts(
        state=ValuesState(row.state) if row.pk is not None else None,
        target=target_of(row, str(form.get("agency", ""))),
        path=path.id if path is not None else "",
        track_state=TrackState(track.state),
        blocking_findings=int(form.get("findings", 0)),
        confirm_by=row.confirm_by or track.confirm_by,
        silence_confirms=plan.silence_confirms if plan is not None else None,
        unlock_until=track.unlock_until,
        disputed=tuple(form.get("disputed", ())),
        unanswered=tuple(shared.unanswered.get(row.pk, ())),
        signed_scan=str(form.get("signed_scan") or row.signed_scan),
        county_submitted=row.county_submitted_at is not None,
        missing_agencies=shared.missing(row),
        unapproved_children=shared.unapproved(row),
        parent_approved="",
        **(common(row, edge, form) if two_persons else {"reason": str(form.get("reason", ""))}),
    )


def in_portions(keys: Iterable[int]) -> Iterable[list[int]]:
    every = list(keys)
    return [every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE)]
