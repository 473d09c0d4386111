"""Put indicators on one scale. Knows nothing of weights or ranks.

A normalisation is one decorated function: it takes the desk of the node, the name of the column `x` and the step, and
ends
with the name of the column it made. `lower` says that less is better and that no earlier step has turned the scale yet.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any

import narwhals as nw

from mujun.dataset import ROW
from mujun.engine.express import Columns
from mujun.engine.express import number as number_column
from mujun.engine.impute import Making
from mujun.engine.numbers import ROUNDING_SLACK, clip, divide, divide_by, finite, reaches, whole
from mujun.engine.scopes import Scope
from mujun.engine.sheet import Benchmark, Sheet, own
from mujun.engine.statistics import Answer, Ask
from mujun.engine.waves import Wave
from mujun.rounding import half_up
from mujun.scheme.expression import Arithmetic, Function, column_names, walk
from mujun.scheme.model import (
    Bands,
    BenchmarkRatio,
    FormulaStep,
    Level,
    MinMax,
    PercentileRank,
    Rank,
    Statistic,
    Step,
    ZScore,
)

Normalisation = Callable[[Sheet, str, Any, bool], Making]
_NORMALISATIONS: dict[type, Normalisation] = {}
TURNING = (BenchmarkRatio, MinMax, ZScore, PercentileRank, Rank)
"""Steps that turn `direction: lower` around; what they make is better the higher it is."""


def normalisation(step: type) -> Callable[[Normalisation], Normalisation]:
    """Register the function that carries out a kind of step."""

    def register(function: Normalisation) -> Normalisation:
        _NORMALISATIONS[step] = function
        return function

    return register


def normalise(sheet: Sheet, column: str, steps: Sequence[Step]) -> Making:
    """All steps of a node, one after the other."""
    lower = sheet.node.direction == "lower"
    for position, step in enumerate(steps):
        sheet.step = position
        column = yield from _NORMALISATIONS[type(step)](sheet, column, step, lower)
        lower = lower and not isinstance(step, TURNING)
    return column


@normalisation(BenchmarkRatio)
def benchmark_ratio(sheet: Sheet, column: str, step: BenchmarkRatio, lower: bool) -> Making:
    """x / B, or B / x when lower is better; 1 means "on the benchmark"."""
    x = nw.col(column)
    benchmark = yield from _level(sheet, column, "benchmark", step.benchmark, positive=True)
    if lower:
        ratio = divide(benchmark, x)
        sheet.note("division_by_zero", x == 0)
    elif isinstance(step.benchmark, Fraction):
        ratio = divide_by(x, float(step.benchmark))
    else:
        ratio = x / benchmark
    made = sheet.scratch("ratio", ratio)
    bounds = (None if bound is None else float(bound) for bound in (step.floor, step.cap))
    return sheet.scratch("clipped", clip(nw.col(made), *bounds))


@normalisation(MinMax)
def min_max(sheet: Sheet, column: str, step: MinMax, lower: bool) -> Making:
    """Where x lies between low and high, on the scale `to`; missing where low is not below high."""
    x = nw.col(column)
    low = yield from _level(sheet, column, "low", step.low)
    high_asks = _level(sheet, column, "high", step.high)
    held = sheet.scratch("low", low + 0.0 * x)
    high = yield from high_asks
    low_column = nw.col(held)
    way = high - x if lower else x - low_column
    share = sheet.scratch("share", nw.when(high > low_column).then(way / (high - low_column)))
    sheet.note("no_spread", (high <= low_column) & ~x.is_null())
    y = clip(nw.col(share), 0.0, 1.0) if step.clip else nw.col(share)
    start, end = float(step.to[0]), float(step.to[1])
    return sheet.scratch("scaled", y if (start, end) == (0.0, 1.0) else y * (end - start) + start)


@normalisation(ZScore)
def z_score(sheet: Sheet, column: str, step: ZScore, lower: bool) -> Making:
    """(x − mean) / standard deviation of the population; turned around when lower is better."""
    scope, counted = sheet.scope(step.over), own(sheet, column)
    total, count = Ask("sum", counted, scope), Ask("count", counted, scope)
    answers = yield from sheet.ask(total, count)
    counts = answers[count]
    means = {number: _over(value, counts[number]) for number, value in answers[total].items()}
    mean = sheet.attach(scope, means)
    distance = sheet.scratch("distance", nw.col(column) - mean)
    near = sheet.scratch("own", nw.when(~nw.col(counted).is_null()).then(nw.col(distance)))
    squares = sheet.scratch("square", nw.col(near) * nw.col(near))
    sum_near, sum_squares = Ask("sum", near, scope), Ask("sum", squares, scope)
    answers = yield from sheet.ask(sum_near, sum_squares)
    deviations: dict[int, Fraction | None] = {}
    for number, n in counts.items():
        near_sum, square_sum = answers[sum_near][number], answers[sum_squares][number]
        if not n or near_sum is None or square_sum is None:
            sheet.record(scope, number, 0, "mean", None)
            sheet.record(scope, number, 0, "standard_deviation", None)
            continue
        variance = (square_sum - near_sum * near_sum / n) / n
        deviation = _square_root(max(variance, Fraction(0)))
        deviations[number] = deviation if deviation > 0 else None
        sheet.record(scope, number, n, "mean", means[number])
        sheet.record(scope, number, n, "standard_deviation", deviation)
        if deviation == 0:
            _flat(sheet, scope, number, int(n))
    score = nw.col(distance) / sheet.attach(scope, deviations)
    return sheet.scratch("z", -score if lower else score)


@normalisation(PercentileRank)
def percentile_rank(sheet: Sheet, column: str, step: PercentileRank, lower: bool) -> Making:
    """(number strictly worse) / (n − 1)."""
    scope, counted = sheet.scope(step.over), own(sheet, column)
    worse = _number_before(sheet, column, counted, scope, descending=lower)
    count = Ask("count", counted, scope)
    answers = yield from sheet.ask(count)
    others: dict[int, Fraction | None] = {}
    for number, n in answers[count].items():
        n = n or Fraction(0)
        sheet.record(scope, number, n, "count", n)
        others[number] = n - 1 if n > 1 else None
        if n == 1:
            _flat(sheet, scope, number, 1)
    return sheet.scratch("percentile", nw.col(worse) / sheet.attach(scope, others))


@normalisation(Rank)
def rank(sheet: Sheet, column: str, step: Rank, lower: bool) -> Making:
    """1 is best, ties share the least."""
    scope, counted = sheet.scope(step.over), own(sheet, column)
    better = _number_before(sheet, column, counted, scope, descending=not lower)
    yield from _record_count(sheet, counted, scope)
    return sheet.scratch("rank", nw.col(better) + 1.0)


@normalisation(Bands)
def bands(sheet: Sheet, column: str, step: Bands, lower: bool) -> Making:
    """The points of the highest step that x has reached; `below` for those under the first."""
    x = nw.col(column)
    earned = nw.when(~x.is_null()).then(nw.lit(float(step.below)))
    made = sheet.scratch("band", earned)
    for reached, points in step.steps:
        made = sheet.scratch(
            "band", nw.when(reaches(x, float(reached))).then(nw.lit(float(points))).otherwise(nw.col(made))
        )
    yield from ()
    return made


@normalisation(FormulaStep)
def formula(sheet: Sheet, column: str, step: FormulaStep, lower: bool) -> Making:
    """Any formula of x and n, the number of units in scope."""
    names = column_names(step.expression)
    scope = sheet.scope(step.over)
    rename = {"x": column}
    if "n" in names:
        counts = yield from _record_count(sheet, own(sheet, column), scope)
        rename["n"] = sheet.scratch("n", sheet.attach(scope, counts))
    there = ~nw.col(column).is_null()
    made = sheet.scratch("formula", nw.when(there).then(finite(number_column(step.expression, Columns({}, rename)))))
    risky = any(
        (isinstance(part, Function) and part.name in ("ln", "exp", "sqrt"))
        or (isinstance(part, Arithmetic) and part.operator == "/")
        for part in walk(step.expression)
    )
    if risky:
        sheet.note("undefined_value", nw.col(made).is_null() & there)
    return made


def _record_count(sheet: Sheet, counted: str, scope: Scope) -> Generator[Wave, dict[Ask, Answer], Answer]:
    count = Ask("count", counted, scope)
    answers = yield from sheet.ask(count)
    for number, n in answers[count].items():
        sheet.record(scope, number, n, "count", n)
    return answers[count]


def _number_before(sheet: Sheet, column: str, counted: str, scope: Scope, *, descending: bool) -> str:
    """How many units of the scope come strictly before x when sorted; missing stays missing."""
    x = nw.col(column)
    key = sheet.scratch("order", -x if descending else x + 0.0)
    gone = sheet.scratch("gone", whole(x.is_null()))
    mine = sheet.scratch("mine", whole(~nw.col(counted).is_null()))
    running = nw.col(mine).cum_sum().over(scope.index, order_by=[gone, key, ROW])
    upto = sheet.scratch("upto", running.cast(nw.Int64) - nw.col(mine))
    least = sheet.scratch("least", nw.col(upto).min().over(scope.index, gone, key))
    return sheet.scratch("before", nw.when(~x.is_null()).then(nw.col(least).cast(nw.Float64)))


def _level(
    sheet: Sheet, column: str, which: str, level: Level, *, positive: bool = False
) -> Generator[Wave, dict[Ask, Answer], nw.Expr]:
    """A benchmark or goalpost as a column: a number, or a statistic of this round or the last."""
    if isinstance(level, Fraction):
        sheet.context.record.benchmarks.append(Benchmark(sheet.subject, sheet.step, "all", None, "constant", level))
        return nw.lit(float(level))
    scope = sheet.scope(level.over)
    if level.previous:
        found = _previous(sheet, which, scope, (yield from _asking(sheet, scope)))
    else:
        found = yield from statistic(sheet, column, level, scope)
    values: dict[int, Fraction | None] = {}
    for number, (n, raw) in sorted(found.items()):
        value = None if raw is None else raw * level.times
        if value is not None and level.precision is not None:
            slack = Fraction(0) if level.name == "ratio_of_sums" else abs(value) * Fraction(ROUNDING_SLACK)
            value = half_up(value + (slack if value > 0 else -slack), level.precision)
        name = f"previous:{level.name}" if level.previous else level.name
        sheet.record(scope, number, n, name, value, level.precision)
        if positive and value is not None and value <= 0:
            message = f"在{scope.shown(number)}的基准值是{float(value):g}，不大于0，无从相比。"
            sheet.warn("benchmark_not_positive", message, "该组此项按缺失处理规则计分。")
            value = None
        values[number] = value
    return sheet.attach(scope, values)


Found = Mapping[int, tuple[int, Fraction | None]]


def statistic(sheet: Sheet, column: str, asked: Statistic, scope: Scope) -> Generator[Wave, dict[Ask, Answer], Found]:
    """A statistic per scope: how many units counted, and the exact value."""
    counted = own(sheet, column)
    count = Ask("count", counted, scope)
    if asked.name == "ratio_of_sums":
        ratio = sheet.context.ratios[sheet.node.id]
        asks = [Ask("sum", one.column, scope, where=ratio.where, whole=one.whole) for one in (ratio.above, ratio.below)]
        answers = yield from sheet.ask(*asks, count)
        return {
            number: (int(n or 0), _over(_times(answers[asks[0]][number], ratio.factor), answers[asks[1]][number]))
            for number, n in answers[count].items()
        }
    kinds = {"mean": "sum", "median": "median", "quantile": "smallest", "min": "min", "max": "max"}
    ask = Ask(kinds[asked.name], counted, scope, asked.q)
    answers = yield from sheet.ask(ask, count)
    return {
        number: (int(n or 0), _over(answers[ask][number], n) if asked.name == "mean" else answers[ask][number])
        for number, n in answers[count].items()
    }


def _asking(sheet: Sheet, scope: Scope) -> Generator[Wave, dict[Ask, Answer], list[int]]:
    """The scopes that have units for which the node exists."""
    applies = sheet.context.applies.get(sheet.node.id)
    if applies is None:
        return list(range(len(scope.labels)))
    count = Ask("count", sheet.scratch("asking", nw.when(nw.col(applies)).then(nw.lit(1.0))), scope)
    answers = yield from sheet.ask(count)
    return [number for number, n in sorted(answers[count].items()) if n]


def _previous(sheet: Sheet, which: str, scope: Scope, asking: list[int]) -> Found:
    """Last round's statistic for the scopes of this round that ask for it, matched by their labels."""
    known = sheet.context.previous.get((sheet.subject, sheet.step, which), {})
    found = {}
    for number in asking:
        found[number] = known.get(scope.labels[number], (0, None))
        if found[number][1] is None:
            message = f"在{scope.shown(number)}没有上一轮的数据，定不出基准值。"
            sheet.warn("no_previous", message, "请用 --previous 给出上一轮数据；缺的组按缺失处理规则计分。")
    return found


def _over(above: Fraction | None, below: Fraction | None) -> Fraction | None:
    return above / below if above is not None and below else None


def _times(value: Fraction | None, factor: Fraction) -> Fraction | None:
    return None if value is None else value * factor


def _square_root(value: Fraction) -> Fraction:
    """To 40 digits beyond the size of the number."""
    shift = 2 * max(160 - (value.numerator.bit_length() - value.denominator.bit_length()) // 2, 0)
    return Fraction(isqrt((value.numerator << shift) // value.denominator), 1 << (shift // 2))


def _flat(sheet: Sheet, scope: Scope, number: int, n: int) -> None:
    if n == 1:
        sheet.warn("scope_of_one", f"在{scope.shown(number)}只有一个单位，无从比较。", "按缺失处理规则计分。")
    else:
        sheet.warn("no_spread", f"在{scope.shown(number)}各单位的值全部相同，无从比较。", "按缺失处理规则计分。")
