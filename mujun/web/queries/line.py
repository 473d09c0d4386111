"""The round, a track, a set of values as the line people see, with the days that are known."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from mujun.web.models import Round, Track, ValueSet
from mujun.web.programme import workflow
from mujun.workflow import Line, Standing, draw_line
from mujun.workflow.states import RoundState, TrackState, ValuesState

WHERE = {Standing.DONE: "done", Standing.CURRENT: "now", Standing.AHEAD: "ahead"}


@frozen
class Station:
    """`where` is done, now or ahead. `day`: when it was reached, or until when it lasts (`note` says so)."""

    label: str
    where: str
    day: date | None = None
    note: str = ""


def round_line(round_: Round) -> list[Station]:
    line = draw_line(workflow().machines["round"], RoundState(round_.state))
    return _stations(line, _days(round_), lasting=RoundState.NOTICE)


def _days(round_: Round) -> dict[StrEnum, date | None]:
    decided = round_.meetings.filter(confirmed_at__isnull=False).order_by("-number").first()
    notice = round_.notices.filter(opened_at__isnull=False).order_by("-number").first()
    issued = round_.publications.order_by("number").first()
    return {
        RoundState.PLANNED: round_.issued_on,
        RoundState.REVIEW: None if decided is None else decided.held_on,
        RoundState.NOTICE: None if notice is None else notice.ends_at.date(),
        RoundState.PUBLISHED: None if issued is None else issued.dated,
    }


def track_line(track: Track) -> list[Station]:
    """A returned track stands before its list again."""
    state = TrackState(track.state)
    return _stations(
        draw_line(workflow().machines["track"], state, domain=track.domain, left_from=TrackState.FROZEN), {}
    )


def values_line(row: ValueSet) -> list[Station]:
    """A set of values on its domain's path; what was returned stands at the beginning again."""
    path = workflow().path_of(row.track.domain)
    state = ValuesState(row.state)
    left_from = ValuesState.SUBMITTED if state is ValuesState.DISPUTED else ValuesState.ENTERED
    line = draw_line(workflow().machines["values"], state, path="" if path is None else path.id, left_from=left_from)
    return _stations(line, {})


def _stations(line: Line, days: dict[StrEnum, date | None], lasting: StrEnum | None = None) -> list[Station]:
    aside = "" if line.aside is None else f"（{line.aside.label}）"
    stations = []
    for stage in line.stages:
        here = stage.standing is Standing.CURRENT
        day = next((days[one] for one in stage.states if days.get(one) is not None), None)
        until = here and lasting in stage.states
        label = stage.label + aside if here else stage.label
        stations.append(Station(label, WHERE[stage.standing], day, "截止" if until else ""))
    return stations
