"""报送: an office says that its form is in. When the last one of a county is, its units' values go to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from mujun.web.actions.many import take_many
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import carries_out_all
from mujun.web.actions.values.bring_in import may_enter
from mujun.web.actions.values.deadlines import confirmation_ends
from mujun.web.actions.values.letters import room_of
from mujun.web.doer import Doer
from mujun.web.models import FormDue, Message, Track, ValueSet
from mujun.web.queries.facts.values import office_name
from mujun.web.queries.values.offices import Desk
from mujun.web.queries.values.progress import complete_places, units_in
from mujun.workflow import Decision
from mujun.workflow.decision import Answer, listed, reason
from mujun.workflow.states import ValuesState


@transaction.atomic
def hand_in(*, desk: Desk, nothing_because: str = "", by: Doer, now: datetime) -> list[FormDue]:
    """All of the desk's places at once. A place with units and without values wants a reason why there is nothing."""
    may_enter(desk, by=by, now=now)
    track, scheme = desk.track, desk.form.scheme
    dues = [one for one in desk.dues if one.submitted_at is None]
    sets = units_in(track, scheme)
    empty = [one for one in dues if one.entered_at is None and (sets.get(one.region, 0) if one.region else 1)]
    if empty and not nothing_because.strip():
        raise Refused("hand_in", "报送", _nothing_there(desk, empty), track.subject, desk.form.label)
    FormDue.objects.filter(pk__in=[one.pk for one in dues], submitted_at=None).update(
        submitted_at=now, submitted_by=by.person, return_reason=""
    )
    record_event(
        "hand_in",
        "报送报表",
        by=by,
        now=now,
        subject=track.subject,
        about=f"{desk.form.label}（{_places(dues)}）",
        facts={
            "form": desk.form.id,
            "regions": [one.region for one in dues],
            "empty": [one.region for one in empty],
            "nothing_because": nothing_because.strip(),
        },
    )
    go_on(desk, by=by, now=now)
    return dues


def go_on(desk: Desk, *, by: Doer, now: datetime) -> list[ValueSet]:
    """Sets of the desk's places that lack no form any more."""
    track, scheme = desk.track, desk.form.scheme
    waiting = ValueSet.objects.filter(scheme=scheme, state=ValuesState.ENTERED)
    counties = set(waiting.filter(track=track).values_list("county", flat=True))
    ready = complete_places(track, scheme, counties & desk.regions if desk.regions else counties)
    return take_many(
        desk.hands_in,
        waiting.filter(county__in=ready),
        {"agency": desk.form.source},
        track=track,
        by=by,
        now=now,
        about=desk.form.label,
    )


@carries_out_all("V2", "V2e", "V2p", "V6")
def open_confirmation(
    rows: Sequence[ValueSet], form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime
) -> None:
    """From now on the unit sees its values: it has the plan's days from here, whenever collection was opened."""
    track = rows[0].track
    ends = confirmation_ends(track, now, "V2", "报送")
    ends = max(ends, track.confirm_by or ends)
    ValueSet.objects.filter(pk__in=[one.pk for one in rows]).update(confirm_by=ends, return_reason="")
    if track.confirm_by != ends:
        Track.objects.filter(pk=track.pk).update(confirm_by=ends)
        track.confirm_by = ends
    for row in rows:
        row.confirm_by = ends
    Message.objects.bulk_create(
        Message(
            to_role="E",
            unit=row.unit,
            at=now,
            due=ends,
            text=f"“{row.name}”的一企一单已出，请核对确认，有疑问的逐项提出。",
            link=room_of(track, f"units/{row.unit}/statement/"),
        )
        for row in rows
        if row.has_account
    )
    Message.objects.bulk_create(
        Message(
            to_role="K",
            region=county,
            at=now,
            due=ends,
            text=f"{track.label}：{county}的数据已报齐，请组织核对。",
            link=room_of(track, f"collection/{county}/"),
        )
        for county in sorted({row.county for row in rows})
    )


def _nothing_there(desk: Desk, empty: Sequence[FormDue]) -> Decision:
    message = f"{_places(empty)}还没有填报，不能报送。"
    mend = "请先报数；确实没有可报的，写明原因再报送。"
    return Decision(Answer.DENIED, (reason("nothing_entered", message, mend),))


def _places(dues: Sequence[FormDue]) -> str:
    return listed((one.region or office_name(one.agency, "") for one in dues), 3) if dues else ""
