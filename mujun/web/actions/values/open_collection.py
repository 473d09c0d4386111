"""Open collection (clause 3.2): which office owes which form, for which place, and by when units have to confirm."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

from mujun.web.actions.step import carries_out, take
from mujun.web.actions.values.deadlines import confirmation_ends
from mujun.web.actions.values.letters import room_of
from mujun.web.doer import Doer
from mujun.web.models import FormDue, Message, Track
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.values.book import by_county, forms_of_track
from mujun.workflow import Decision, Effect


@carries_out("T3")
def open_collection(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    row.confirm_by = confirmation_ends(row, now, "T3", "开放填报")
    row.save(update_fields=["confirm_by"])
    regions = list(city_of_county(row.round.programme)) if by_county(row) else [""]
    forms = forms_of_track(row)
    FormDue.objects.bulk_create(
        (
            FormDue(track=row, scheme=one.scheme, form=one.id, label=one.label, agency=one.source, region=region)
            for one in forms
            for region in regions
        ),
        ignore_conflicts=True,
    )
    Message.objects.bulk_create(
        Message(
            to_role="P", agency=agency, at=now, text=f"{row.label}已开放填报，请报送本部门的报表。", link=room_of(row)
        )
        for agency in dict.fromkeys(one.source for one in forms)
    )
    if Effect.START_EVALUATING in decision.effects:
        start_evaluating(row, by=by, now=now)


def start_evaluating(track: Track, *, by: Doer, now: datetime) -> None:
    """The round goes on with its first track that collects."""
    try:
        begin = import_module("mujun.web.actions.plans").start_evaluating
    except (ImportError, AttributeError):
        take("R3", track.round, by=None, now=now)
    else:
        begin(track, by=by, now=now)
