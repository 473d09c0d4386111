"""催办: offices that have not handed in, units that have not confirmed. A letter to each; the act is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.letters import room_of, tell_offices
from mujun.web.doer import Doer
from mujun.web.models import FormDue, Message, Track, ValueSet
from mujun.web.permissions import allowed
from mujun.web.queries.facts.values import regions_of
from mujun.web.queries.regions import city_of_county
from mujun.workflow import Access, Decision, Target
from mujun.workflow.states import ValuesState

URGES = ("check_county", "approve_city", "lock")
"""Whoever waits for it may urge it."""


def may_urge(track: Track, county: str, by: Doer, now: datetime) -> Decision:
    city = city_of_county(track.round.programme).get(county, "")
    target = Target(domain=track.domain, regions=regions_of(county, city))
    decisions = [allowed(by, row, target, now, Access.DO) for row in URGES]
    return next((one for one in decisions if one.allowed), decisions[0])


@transaction.atomic
def urge_offices(*, track: Track, counties: Sequence[str], by: Doer, now: datetime) -> list[FormDue]:
    """Every form of these counties (empty: of the province) that is not in."""
    _must(track, counties, by, now)
    late = list(track.forms.filter(region__in=[*counties, ""], submitted_at=None))
    FormDue.objects.filter(pk__in=[one.pk for one in late]).update(urged_at=now)
    tell_offices(
        [(one.agency, one.region) for one in late],
        f"催办：{track.label}的报表还没有报送，请抓紧。{by.name}",
        link=room_of(track),
        now=now,
        due=track.confirm_by,
        urgent=True,
    )
    _record("催办报表", track, counties, len(late), by, now)
    return late


@transaction.atomic
def urge_units(*, track: Track, counties: Sequence[str], by: Doer, now: datetime) -> int:
    """Units with an account that have not confirmed yet."""
    _must(track, counties, by, now)
    waiting = ValueSet.objects.filter(
        track=track, county__in=counties, state=ValuesState.SUBMITTED, excluded="", has_account=True
    )
    Message.objects.bulk_create(
        Message(
            to_role="E",
            unit=one.unit,
            at=now,
            due=one.confirm_by,
            urgent=True,
            text=f"催办：“{one.name}”的一企一单还没有确认，请抓紧核对。",
            link=room_of(track, f"units/{one.unit}/statement/"),
        )
        for one in waiting
    )
    _record("催办确认", track, counties, len(waiting), by, now)
    return len(waiting)


def _must(track: Track, counties: Sequence[str], by: Doer, now: datetime) -> None:
    for county in counties or [""]:
        decision = may_urge(track, county, by, now)
        if not decision.allowed:
            raise Refused("urge", "催办", decision, track.subject, str(track))


def _record(label: str, track: Track, counties: Sequence[str], count: int, by: Doer, now: datetime) -> None:
    facts = {"counties": list(counties), "count": count}
    record_event("urge", label, by=by, now=now, subject=track.subject, about=str(track), facts=facts)
