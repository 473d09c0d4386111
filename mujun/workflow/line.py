"""The line along which a thing moves, as a person sees it: what is done, where it stands, what lies ahead."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from mujun.workflow.model import Course, Machine, State, Stop


class Standing(StrEnum):
    """How a stage stands to the present."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@frozen
class Stage:
    """A stage of the line: 筹备, 方案印发, 评价; and the states of which a thing is in one while it stands there."""

    label: str
    standing: Standing
    states: tuple[StrEnum, ...] = ()


@frozen
class Line:
    """All stages, and the state beside the line (已退回, 有争议, 已取消) if that is where it stands."""

    stages: tuple[Stage, ...]
    aside: State | None = None


def draw_line(
    machine: Machine, state: StrEnum | None, *, domain: str = "", path: str = "", left_from: StrEnum | None = None
) -> Line:
    """The line of a thing of this domain and path; where nothing is left to be done, all of it is done.

    Where it stands beside the line, `left_from` is the state on it that it was in before; it is drawn up to there.
    """
    stops = _course(machine, domain, path).stops
    on_line = _place(stops, state)
    aside = machine.states[state] if state is not None and on_line is None else None
    at = on_line if aside is None else _place(stops, left_from)
    drawn = [Stage(stop.label, _standing(number, at), stop.states) for number, stop in enumerate(stops)]
    if on_line is not None and state is not None:
        reached = machine.states[state]
        standing = Standing.DONE if reached.final else Standing.CURRENT
        drawn[on_line] = Stage(reached.label, standing, stops[on_line].states)
    return Line(tuple(drawn), aside)


def _course(machine: Machine, domain: str, path: str) -> Course:
    fitting = [one for one in machine.courses if one.fits(domain, path)]
    return fitting[0] if fitting else machine.courses[0]


def _place(stops: tuple[Stop, ...], state: StrEnum | None) -> int | None:
    return next((number for number, stop in enumerate(stops) if state in stop.states), None)


def _standing(number: int, at: int | None) -> Standing:
    if at is None or number > at:
        return Standing.AHEAD
    return Standing.CURRENT if number == at else Standing.DONE
