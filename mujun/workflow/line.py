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
    """A stage of the line: 筹备, 方案印发, 评价."""

    label: str
    standing: Standing


@frozen
class Line:
    """All stages, and the state beside the line (已退回, 有争议, 已取消) if that is where it stands."""

    stages: tuple[Stage, ...]
    aside: State | None = None


def draw_line(
    machine: Machine, state: StrEnum | None, *, domain: str = "", path: str = "", left_from: StrEnum | None = None
) -> Line:
    """The line of a thing of this domain and path.

    Where it stands beside the line, `left_from` is the state on it that it was in before; it is drawn up to there.
    """
    stages = _course(machine, domain, path).stops
    on_line = _place(stages, state)
    aside = machine.states[state] if state is not None and on_line is None else None
    at = on_line if aside is None else _place(stages, left_from)
    drawn = [Stage(stage.label, _standing(number, at)) for number, stage in enumerate(stages)]
    if on_line is not None and state is not None:
        drawn[on_line] = Stage(machine.states[state].label, Standing.CURRENT)
    return Line(tuple(drawn), aside)


def _course(machine: Machine, domain: str, path: str) -> Course:
    fitting = [one for one in machine.courses if one.fits(domain, path)]
    return fitting[0] if fitting else machine.courses[0]


def _place(stages: tuple[Stop, ...], state: StrEnum | None) -> int | None:
    return next((number for number, stage in enumerate(stages) if state in stage.states), None)


def _standing(number: int, at: int | None) -> Standing:
    if at is None or number > at:
        return Standing.AHEAD
    return Standing.CURRENT if number == at else Standing.DONE
