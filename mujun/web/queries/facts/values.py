"""The facts of one unit's set of values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujun.web.models import Dispute, FormDue, ValueSet
from mujun.web.programme import workflow
from mujun.web.queries.facts.common import common
from mujun.web.queries.rules import standing_plan
from mujun.workflow import Edge, Target
from mujun.workflow.states import RoundState, TrackState, ValuesState
from mujun.workflow.values_facts import ValuesFacts

NOT_CONFIRMED = (ValuesState.ENTERED, ValuesState.SUBMITTED, ValuesState.DISPUTED, ValuesState.RETURNED)
PROVINCE = "浙江省"


def values_facts(row: ValueSet, edge: Edge, form: dict[str, Any], now: datetime) -> ValuesFacts:
    """`form` may bring `agency` (whose form it is), `findings`, `disputed`, `signed_scan`."""
    track = row.track
    path = workflow().path_of(track.domain)
    plan = standing_plan(track)
    disputes = list(Dispute.objects.filter(value_set=row)) if row.pk is not None else []
    return ValuesFacts(
        state=ValuesState(row.state) if row.pk is not None else None,
        target=target_of(row, str(form.get("agency", ""))),
        path=path.id if path is not None else "",
        track_state=TrackState(track.state),
        blocking_findings=int(form.get("findings", 0)),
        confirm_by=row.confirm_by or track.confirm_by,
        silence_confirms=plan.silence_confirms if plan is not None else None,
        disputed=tuple(form.get("disputed", ())),
        unanswered=tuple(one.label for one in disputes if one.answered_at is None),
        signed_scan=str(form.get("signed_scan") or row.signed_scan),
        county_submitted=row.county_submitted_at is not None,
        missing_agencies=missing_agencies(row),
        unapproved_children=unapproved(row, edge),
        parent_approved="",
        **common(row, edge, form),
    )


def target_of(row: ValueSet, agency: str = "") -> Target:
    return Target(
        domain=row.track.domain,
        regions=tuple(part for part in (row.county, row.city, PROVINCE) if part),
        unit=row.unit,
        agency=agency,
        round_state=RoundState(row.track.round.state),
        has_account=row.has_account,
    )


def missing_agencies(row: ValueSet) -> tuple[str, ...]:
    """Offices that owe a form for its county and have not handed it in."""
    due = FormDue.objects.filter(track=row.track, scheme=row.scheme, submitted_at=None).filter(
        region__in=["", row.county]
    )
    return tuple(
        sorted(
            {f"{row.county}{agency}部门" if row.county else agency for agency in due.values_list("agency", flat=True)}
        )
    )


def unapproved(row: ValueSet, edge: Edge) -> tuple[str, ...]:
    """For the county's and the city's approval: units of the county that are not confirmed yet."""
    if edge.id not in ("V7", "V8"):
        return ()
    beside = ValueSet.objects.filter(track=row.track, county=row.county, excluded="", state__in=NOT_CONFIRMED)
    return tuple(beside.order_by("unit").values_list("name", flat=True))
