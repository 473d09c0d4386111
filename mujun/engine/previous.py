"""Last round's statistics, for benchmarks `from: previous`: the same rules over the old data, before any score."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import narwhals as nw

from mujun.dataset import Dataset
from mujun.engine.backend import Backend
from mujun.engine.impute import treat
from mujun.engine.normalise import statistic
from mujun.engine.prepare import prepare, wanted_scopes
from mujun.engine.scopes import index_scopes
from mujun.engine.score import indicator_value
from mujun.engine.sheet import Context, Record, Sheet
from mujun.engine.waves import Calculation, Table, Task, run
from mujun.scheme.model import BenchmarkRatio, MinMax, Node, Scheme, Statistic, Step

Found = dict[tuple[str, int, str], Mapping[tuple[str, ...], tuple[int, Fraction | None]]]
"""By node (or further score), step and level: per scope labels, how many units counted and the value."""


def asked_of_previous(scheme: Scheme) -> list[tuple[Node, str, int, str, Statistic]]:
    """Every statistic that the scheme takes from last round."""
    asked = []
    for node in scheme.nodes():
        for subject, steps in ((node.id, node.normalise), *((also.id, also.normalise) for also in node.also)):
            for position, step in enumerate(steps):
                for which, level in levels_of(step):
                    if isinstance(level, Statistic) and level.previous:
                        asked.append((node, subject, position, which, level))
    return asked


def levels_of(step: Step) -> list[tuple[str, object]]:
    """The benchmark or goalposts of a step, by name."""
    if isinstance(step, BenchmarkRatio):
        return [("benchmark", step.benchmark)]
    return [("low", step.low), ("high", step.high)] if isinstance(step, MinMax) else []


def previous_statistics(scheme: Scheme, previous: Dataset | None, backend: Backend) -> Found:
    """Answers from last round's data; empty where there is none."""
    asked = asked_of_previous(scheme)
    if previous is None or not asked:
        return {}
    prepared = prepare(scheme, previous, backend)
    frame, scopes = index_scopes(prepared.frame.filter(nw.col("eligible")), wanted_scopes(scheme), backend)
    context = Context(scheme, scopes, prepared.columns, Record(), prepared.applies, {}, {})
    table = Table(backend.settle(frame), scopes, prepared.columns.decimals, backend)
    found: Found = {}

    def calculation(node: Node, subject: str, position: int, which: str, level: Statistic) -> Calculation:
        sheet = Sheet(node, context)
        column = indicator_value(sheet)
        if node.treat is not None:
            column = yield from treat(sheet, column)
        scope = sheet.scope(level.over)
        answers = yield from statistic(sheet, column, level, scope)
        found[subject, position, which] = {scope.labels[number]: answer for number, answer in answers.items()}
        yield from sheet.finish()

    for one in asked:
        run(table, [Task("previous", lambda one=one: calculation(*one))])  # type: ignore[misc]
    return found
