"""The round, and a track, as the line people see: which stations are behind, where we are, what is ahead."""

from __future__ import annotations

from datetime import date, datetime

from attrs import frozen

from mujun.web.models import Round, Track, ValueSet
from mujun.web.programme import workflow
from mujun.workflow.states import RoundState, TrackState, ValuesState

ROUND = (
    RoundState.PLANNED, RoundState.EVALUATING, RoundState.COMPILING, RoundState.REVIEW, RoundState.NOTICE,
    RoundState.PUBLISHED,
)  # fmt: skip
_ROUND_PLACE = {
    RoundState.DRAFT: -1, RoundState.PLANNED: 0, RoundState.EVALUATING: 1, RoundState.COMPILING: 2,
    RoundState.REVIEW: 3,
    RoundState.DECIDED: 3, RoundState.NOTICE: 4, RoundState.PUBLISHED: 5, RoundState.CANCELLED: -1,
}  # fmt: skip
_ROUND_LABELS = ("方案印发", "评价", "推荐汇总", "审定", "公示", "印发")
TRACK = (
    TrackState.PLAN_DRAFT, TrackState.PLAN_ISSUED, TrackState.COLLECTING, TrackState.LOCKED, TrackState.EVALUATED,
    TrackState.FROZEN, TrackState.LIST_DRAFT, TrackState.SIGNED, TrackState.SUBMITTED, TrackState.ACCEPTED,
)  # fmt: skip


@frozen
class Station:
    """`where` is done, now or ahead. `day`: when it was reached, or by when it is due."""

    label: str
    where: str
    day: date | None = None
    note: str = ""


def round_line(round_: Round, now: datetime) -> list[Station]:
    place = _ROUND_PLACE[RoundState(round_.state)]
    reached = _reached(round_)
    last = len(_ROUND_LABELS) - 1
    stations = []
    for number, label in enumerate(_ROUND_LABELS):
        finished = number < place or (number == place == last) or (number == 3 and round_.state == RoundState.DECIDED)
        where = "done" if finished else "now" if number == place else "ahead"
        stations.append(Station(label, where, reached.get(number), _note(round_, number, where)))
    return stations


def _reached(round_: Round) -> dict[int, date | None]:
    days: dict[int, date | None] = {0: round_.issued_on}
    decided = round_.meetings.filter(confirmed_at__isnull=False).order_by("-number").first()
    notice = round_.notices.filter(opened_at__isnull=False).order_by("-number").first()
    issued = round_.publications.order_by("number").first()
    if decided is not None:
        days[3] = decided.held_on
    if notice is not None:
        days[4] = notice.ends_at.date()
    if issued is not None:
        days[5] = issued.dated
    return days


def _note(round_: Round, number: int, where: str) -> str:
    if number == 4 and where == "now":
        return "截止"
    return ""


def track_line(track: Track) -> list[Station]:
    """An adopted list takes the place of a drafted one; a returned track stands before its list again."""
    states = workflow().machines["track"].states
    stations = [TrackState.ADOPTED if track.adopted and one is TrackState.LIST_DRAFT else one for one in TRACK]
    now = TrackState(track.state)
    place = stations.index(now) if now in stations else stations.index(TrackState.FROZEN)
    line = []
    for number, one in enumerate(stations):
        where = "done" if number < place or now is TrackState.ACCEPTED else "now" if number == place else "ahead"
        line.append(Station(states[one].label, where))
    return line


def values_line(row: ValueSet) -> list[Station]:
    """A set of values on its domain's path; what was returned stands at the beginning again."""
    machine = workflow().machines["values"]
    path = workflow().path_of(row.track.domain)
    course = next(one for one in machine.courses if path is not None and path.id in one.paths)
    now = ValuesState(row.state)
    places = [number for number, stop in enumerate(course.stops) if now in stop.states]
    place = places[0] if places else 1 if now is ValuesState.DISPUTED else 0
    last = len(course.stops) - 1
    line = []
    for number, stop in enumerate(course.stops):
        done = number < place or number == place == last
        line.append(Station(stop.label, "done" if done else "now" if number == place else "ahead"))
    return line
