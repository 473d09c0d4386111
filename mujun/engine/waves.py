"""Run many small calculations together: each says which columns it adds and what it asks; a wave settles them all.

A calculation is a generator of `Wave`s. It receives, for each of its questions, the answer per scope. Calculations
that wait for others (a dimension for its children) start when those have ended.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from fractions import Fraction

import narwhals as nw
from attrs import define, field, frozen

from mujun.engine.backend import Backend, Frame
from mujun.engine.scopes import Scope, Scopes
from mujun.engine.statistics import Answer, Ask, answer

Column = tuple[str, nw.Expr]


@frozen
class Attach:
    """A number per scope, to become a column of every row of that scope (missing where there is none)."""

    name: str
    scope: Scope
    values: Mapping[int, Fraction | float | None]


@frozen
class Wave:
    """What a calculation wants next: numbers attached, then columns added layer by layer, then questions answered.

    `drop` names columns that nobody needs any more.
    """

    attach: Sequence[Attach] = ()
    layers: Sequence[Sequence[Column]] = ()
    asks: Sequence[Ask] = ()
    drop: Sequence[str] = ()


Calculation = Generator[Wave, dict[Ask, Answer], None]
Progress = Callable[[int, int], None]


@define
class Table:
    """The rows being worked on and what is known about them."""

    frame: Frame
    scopes: Scopes
    decimals: Mapping[str, int | None]
    backend: Backend
    temporary: list[str] = field(factory=list)


@frozen
class Task:
    """A calculation and the names of those that must have ended before it starts."""

    name: str
    start: Callable[[], Calculation]
    after: Sequence[str] = ()


def run(table: Table, tasks: Sequence[Task], progress: Progress | None = None) -> None:
    """Run all tasks to their end, as many at a time as can be."""
    waiting = list(tasks)
    running: dict[str, tuple[Calculation, Wave]] = {}
    done: set[str] = set()
    while waiting or running:
        started = True
        while started:
            started = False
            for task in [task for task in waiting if done.issuperset(task.after)]:
                waiting.remove(task)
                started = _advance(task.name, task.start(), None, running, done) or started
        if not running:
            if waiting:
                raise ValueError(f"tasks wait for what never ends: {[task.name for task in waiting]}")
            break
        answers = _settle(table, [wave for _, wave in running.values()])
        for name, (calculation, wave) in list(running.items()):
            del running[name]
            _advance(name, calculation, {ask: answers[ask] for ask in wave.asks}, running, done)
        if progress is not None:
            progress(len(done), len(tasks))


def _advance(
    name: str,
    calculation: Calculation,
    answers: dict[Ask, Answer] | None,
    running: dict[str, tuple[Calculation, Wave]],
    done: set[str],
) -> bool:
    """One step of a calculation. True when it has ended."""
    try:
        wave = next(calculation) if answers is None else calculation.send(answers)
    except StopIteration:
        done.add(name)
        return True
    running[name] = (calculation, wave)
    return False


def _settle(table: Table, waves: Sequence[Wave]) -> dict[Ask, Answer]:
    frame = table.frame
    drop = [name for wave in waves for name in wave.drop]
    if drop:
        frame = frame.drop(*drop)
    frame = attach_numbers(frame, [attach for wave in waves for attach in wave.attach], table.backend)
    depth = max((len(wave.layers) for wave in waves), default=0)
    for level in range(depth):
        columns = [column for wave in waves if level < len(wave.layers) for column in wave.layers[level]]
        if columns:
            frame = frame.with_columns(*(expression.alias(name) for name, expression in columns))
    attached = [attach.name for wave in waves for attach in wave.attach]
    if attached:
        frame = frame.drop(*attached)
    table.frame = table.backend.settle(frame)
    return answer(table.frame, [ask for wave in waves for ask in wave.asks], table.backend)


def attach_numbers(frame: Frame, attaches: Sequence[Attach], backend: Backend) -> Frame:
    """Numbers per scope as columns that no engine can fold into a division."""
    by_scope: dict[str, dict[str, list[float | None]]] = {}
    for attach in attaches:
        values = [attach.values.get(number) for number in range(len(attach.scope.labels))]
        numbers = [None if value is None else float(value) for value in values]
        by_scope.setdefault(attach.scope.index, {})[attach.name] = numbers
    for index, numbers_by_name in by_scope.items():
        frame = backend.attach(frame, index, numbers_by_name)
    return frame
