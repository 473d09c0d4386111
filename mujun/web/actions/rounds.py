"""Begin a round, set its calendar, issue its plan, begin the tracks of its domains."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mujun.law import PROGRAMME
from mujun.web.actions.numbers import take_number
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import begin, carries_out, lock
from mujun.web.doer import Doer
from mujun.web.models import CalendarEntry, Round, Track
from mujun.web.permissions import allowed
from mujun.web.programme import programme_round
from mujun.workflow import Access, Decision, Target
from mujun.workflow.decision import judged
from mujun.workflow.decision import reason as because
from mujun.workflow.states import RoundState
from mujun.yaml_source import read_yaml


def create_round(*, year: int, programme: str, title: str, by: Doer, now: datetime) -> Round:
    """Begin a year's round from a folder of the programme, with the calendar that its notice sets (clause 3)."""
    round_ = Round(year=year, programme=programme, title=title, drafted_by=by.person)
    begin("R1", round_, by=by, now=now)
    return round_


@carries_out("R1")
def _lay_out_calendar(row: Round, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    data, _ = read_yaml(PROGRAMME / row.programme / "round.yaml")
    for item in data["calendar"]:
        starts, ends = (
            date.fromisoformat(str(value)) if (value := item.get(key)) else None for key in ("starts", "ends")
        )
        CalendarEntry.objects.create(
            round=row,
            order=int(item["order"]),
            key=str(item["id"]),
            label=str(item["label"]),
            clause=str(item["clause"]),
            starts=starts,
            ends=ends,
            left_open=ends is None,
        )


@carries_out("R2")
def _issue_round_plan(row: Round, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    take_number(str(form["document_number"]), for_=row.subject, by=by, now=now)
    row.document_number = str(form["document_number"])
    row.issued_on = date.fromisoformat(form["issued_on"])
    row.planned_by = by.person
    row.save(update_fields=["document_number", "issued_on", "planned_by"])
    row.calendar.filter(key="plan").update(done_on=row.issued_on)


def begin_track(*, round_: Round, domain: str, by: Doer, now: datetime) -> Track:
    """Begin a domain's plan (clause 3.1)."""
    data, _ = read_yaml(PROGRAMME / round_.programme / "round.yaml")
    item = next(one for one in data["domains"] if one["id"] == domain)
    assert programme_round(round_.programme)
    track = Track(
        round=round_,
        domain=domain,
        order=int(item["order"]),
        label=str(item["label"]),
        title=str(item["title"]),
        lead_agency=str(item["lead_agency"]),
        clause=str(item["clause"]),
        trial=bool(item["trial"]),
        adopted=bool(item["adopted"]),
    )
    begin("T1", track, by=by, now=now)
    return track


@transaction.atomic
def leave_out_track(*, track: Track, reason: str, by: Doer, now: datetime) -> Track:
    """Formally leave a domain out of this round, with a reason; until the lists are laid before the leading group."""
    lock(track)
    decision = allowed(by, "create_round", Target(), now, Access.DO)
    if not decision.allowed:
        raise Refused("leave_out", "不纳入本年度", decision, track.subject, str(track))
    against = []
    if not reason.strip():
        against.append(because("no_reason", "没有写不纳入的原因。", "请写明原因，它要写进会议材料。"))
    if track.round.state not in (RoundState.DRAFT, RoundState.PLANNED, RoundState.EVALUATING):
        against.append(because("wrong_state", "名单已经汇总，不能再不纳入。", "请由领导小组会议决定。"))
    if against:
        raise Refused("leave_out", "不纳入本年度", judged(against), track.subject, str(track))
    track.left_out = reason
    track.save(update_fields=["left_out"])
    record_event(
        "leave_out", "不纳入本年度", by=by, now=now, subject=track.subject, about=str(track), facts={"reason": reason}
    )
    return track
