"""Normalisation steps as columns: what a unit is measured against, then its place on the scale."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import define

from mujun.documents.workbook.areas import Area
from mujun.documents.workbook.cells import SLACK, Column, literal
from mujun.documents.workbook.desk import Desk, Family
from mujun.documents.workbook.families import level_family, statistic_family
from mujun.documents.workbook.language import Language, Name
from mujun.documents.workbook.meaning import worth
from mujun.scheme.expression import Kind, column_names
from mujun.scheme.model import (
    Bands,
    BenchmarkRatio,
    FormulaStep,
    Level,
    MinMax,
    Node,
    PercentileRank,
    Rank,
    Step,
    ZScore,
)

Values = Sequence[float | None]
TURNING = (BenchmarkRatio, MinMax, ZScore, PercentileRank, Rank)


@define
class Work:
    """An indicator or dimension being normalised: the column that goes on, and which values count in statistics."""

    desk: Desk
    node: Node
    subject: str
    label: str
    column: Column
    values: Values
    own: Column | None
    """The unit's own value, where an imputed one must not count."""
    own_values: Values
    ratio: tuple[Column, Column] | None
    step: int = 0

    @property
    def basis(self) -> str:
        return self.desk.basis(self.node.normalise_basis, self.node.basis)

    def counted(self) -> Column:
        """The values that statistics see."""
        if self.own is None:
            return self.column
        own, column = self.own, self.column
        values = [x if mine is not None else None for x, mine in zip(self.values, self.own_values, strict=True)]

        def formula(unit: int, row: int) -> str:
            return f'IF({own.cell(row)}="","",{column.cell(row)})'

        return self.desk.add(f"{self.label}·计入统计", formula, values, note="插补的不计", helper=True)

    def counted_values(self) -> list[float | None]:
        if self.own is None:
            return list(self.values)
        return [x if mine is not None else None for x, mine in zip(self.values, self.own_values, strict=True)]

    def go_on(self, head: str, formula: Callable[[int, int], str], values: Values, note: str = "") -> None:
        self.column = self.desk.add(f"{self.label}·{head}", formula, values, note=note or self.basis)
        self.values = values


def put_steps(work: Work, steps: Sequence[Step], start: int = 0) -> None:
    """All steps, one after the other."""
    lower = work.node.direction == "lower"
    for position, step in enumerate(steps, start):
        work.step = position
        match step:
            case BenchmarkRatio():
                _benchmark_ratio(work, step, lower)
            case MinMax():
                _min_max(work, step, lower)
            case ZScore():
                _z_score(work, step, lower)
            case PercentileRank():
                _place(work, step.over, lower, percentile=True)
            case Rank():
                _place(work, step.over, not lower, percentile=False)
            case Bands():
                _bands(work, step)
            case FormulaStep():
                _formula(work, step)
        lower = lower and not isinstance(step, TURNING)


def _used(work: Work, what: str, level: Level) -> tuple[Column, list[float | None]]:
    """The benchmark or goalpost of the unit's scope, in a column of its own."""
    counted = work.column if isinstance(level, Fraction) or level.previous else work.counted()
    family = level_family(work.desk, work.subject, work.label, work.step, what, level, counted, work.basis, work.ratio)
    return _attached(work, what, family)


def _attached(work: Work, what: str, family: Family) -> tuple[Column, list[float | None]]:
    values = [family.of(unit) for unit in range(work.desk.size)]
    column = work.desk.add(f"{work.label}·{what}", _lookup(family), values, note=work.basis)
    return column, values


def _lookup(family: Family) -> Callable[[int, int], str]:
    if family.area.rows is not None:
        return family.cell
    return lambda unit, row: f'IFERROR({family.cell(unit, row)},"")'


def _clip(shown: str, low: Fraction | None, high: Fraction | None) -> str:
    if low is not None:
        shown = f"MAX({literal(low)},{shown})"
    return shown if high is None else f"MIN({literal(high)},{shown})"


def clipped(x: float | None, low: Fraction | None, high: Fraction | None) -> float | None:
    if x is None:
        return None
    x = x if low is None or x >= low else float(low)
    return x if high is None or x <= high else float(high)


def _benchmark_ratio(work: Work, step: BenchmarkRatio, lower: bool) -> None:
    x, before = work.column, work.values
    level, levels = _used(work, "基准值", step.benchmark)

    def formula(unit: int, row: int) -> str:
        mine, base = x.cell(row), level.cell(row)
        ratio = f"{base}/{mine}" if lower else f"{mine}/{base}"
        done = f'IF({base}<=0,"",{_clip(ratio, step.floor, step.cap)})'
        return f'IF(COUNT({mine},{base})<2,"",{_unless_zero(mine, done) if lower else done})'

    def made(value: float | None, base: float | None) -> float | None:
        if value is None or base is None or base <= 0 or (lower and value == 0):
            return None
        return clipped(base / value if lower else value / base, step.floor, step.cap)

    work.go_on("除以基准" if not lower else "基准除以值", formula, list(map(made, before, levels)))


def _unless_zero(cell: str, done: str) -> str:
    return f'IF({cell}=0,"",{done})'


def _min_max(work: Work, step: MinMax, lower: bool) -> None:
    x, before = work.column, work.values
    low, lows = _used(work, "下限", step.low)
    high, highs = _used(work, "上限", step.high)
    start, end = step.to

    def formula(unit: int, row: int) -> str:
        mine, least, most = (column.cell(row) for column in (x, low, high))
        share = f"({most}-{mine})/({most}-{least})" if lower else f"({mine}-{least})/({most}-{least})"
        if step.clip:
            share = f"MIN(1,MAX(0,{share}))"
        if start != 0 or end != 1:
            share = f"{share}*{literal(end - start)}+{literal(start)}"
        return f'IF(COUNT({mine},{least},{most})<3,"",IF({most}<={least},"",{share}))'

    def made(value: float | None, least: float | None, most: float | None) -> float | None:
        if value is None or least is None or most is None or most <= least:
            return None
        share = (most - value if lower else value - least) / (most - least)
        share = min(1.0, max(0.0, share)) if step.clip else share
        return share * float(end - start) + float(start)

    work.go_on("在上下限之间", formula, list(map(made, before, lows, highs)))


def _z_score(work: Work, step: ZScore, lower: bool) -> None:
    x, before, counted = work.column, work.values, work.counted()
    made = {}
    for what, name, kind in (("平均数", "mean", "mean"), ("标准差", "standard_deviation", "deviation")):
        family = statistic_family(
            work.desk, work.subject, work.label, work.step, what, name, counted, step.over, work.basis, kind=kind
        )
        made[what] = _attached(work, what, family)
    (mean, means), (deviation, deviations) = made["平均数"], made["标准差"]

    def formula(unit: int, row: int) -> str:
        mine, middle, spread = (column.cell(row) for column in (x, mean, deviation))
        way = f"({middle}-{mine})" if lower else f"({mine}-{middle})"
        return f'IF(COUNT({mine},{middle},{spread})<3,"",IF({spread}=0,"",{way}/{spread}))'

    def score(value: float | None, middle: float | None, spread: float | None) -> float | None:
        if value is None or middle is None or not spread:
            return None
        return (middle - value if lower else value - middle) / spread

    work.go_on("标准分", formula, list(map(score, before, means, deviations)))


def put_key(desk: Desk, label: str, column: Column, values: Values) -> Column:
    """The number at 14 significant digits, so that COUNTIF, which reads 15, takes equal for equal."""

    def formula(unit: int, row: int) -> str:
        x = column.cell(row)
        return f'IF({x}="","",IF({x}=0,0,ROUND({x},13-INT(LOG10(ABS({x}))))))'

    # The cached values are cut as well: "&" writes 15 digits, and an uncut number would be larger than itself.
    cut = [None if x is None else float(f"{x:.13e}") for x in values]
    return desk.add(f"{label}·比较用", formula, cut, note="取14位有效数字，免受二进制尾差影响", helper=True)


def _place(work: Work, over: tuple[str, ...] | None, descending: bool, *, percentile: bool) -> None:
    """How many of the scope come strictly before: over the number of others, or plus one."""
    before, area = work.values, work.desk.area(over)
    own_values = work.counted_values()
    key = put_key(work.desk, work.label, work.column, work.values)
    counted = key
    if work.own is not None:
        held, work.column = work.column, key
        counted = work.counted()
        work.column = held
    family = statistic_family(
        work.desk, work.subject, work.label, work.step, "单位数", "count", counted, over, work.basis, kind="count"
    )
    sign = '">"&' if descending else '"<"&'

    def formula(unit: int, row: int) -> str:
        mine = key.cell(row)
        ahead = area.within(counted, unit, row, sign + mine)
        if not percentile:
            return f'IF({mine}="","",1+{ahead})'
        return f'IF({mine}="","",IFERROR({ahead}/IF({family.cell(unit, row)}>1,{family.cell(unit, row)}-1,0),""))'

    places = number_before(area, before, own_values, descending)
    counts = [family.of(unit) or 0 for unit in range(work.desk.size)]
    values = [
        None if n is None else n + 1 if not percentile else n / (count - 1) if count > 1 else None
        for n, count in zip(places, counts, strict=True)
    ]
    work.go_on("百分位" if percentile else "名次", formula, values)


def number_before(area: Area, values: Values, counted: Values, descending: bool) -> list[int | None]:
    """Per unit, how many counted values of its scope come strictly before its own."""
    members: dict[str, list[float]] = {label: [] for label in area.labels}
    for label, value in zip(area.of_unit, counted, strict=True):
        if value is not None:
            members[label].append(value)
    for some in members.values():
        some.sort()
    found: list[int | None] = []
    for label, value in zip(area.of_unit, values, strict=True):
        some = members[label]
        if value is None:
            found.append(None)
        else:
            found.append(len(some) - bisect_right(some, value) if descending else bisect_left(some, value))
    return found


def _bands(work: Work, step: Bands) -> None:
    x, before = work.column, work.values

    def reached(cell: str, threshold: Fraction) -> str:
        slack = "" if threshold == 0 else f"*(1{'-' if threshold > 0 else '+'}{SLACK})"
        return f"{cell}>={literal(threshold)}{slack}"

    def formula(unit: int, row: int) -> str:
        cell, result = x.cell(row), literal(step.below)
        for threshold, points in step.steps:
            result = f"IF({reached(cell, threshold)},{literal(points)},{result})"
        return f'IF({cell}="","",{result})'

    def made(value: float | None) -> float | None:
        if value is None:
            return None
        earned = step.below
        for threshold, points in step.steps:
            if value + abs(float(threshold)) * 2.0**-44 >= float(threshold):
                earned = points
        return float(earned)

    work.go_on("分档得分", formula, list(map(made, before)))


def _formula(work: Work, step: FormulaStep) -> None:
    x, before = work.column, work.values
    sizes: list[float | None] = [None] * work.desk.size
    names = {"x": Name(x, Kind.NUMBER)}
    if "n" in column_names(step.expression):
        counted = work.counted()
        family = statistic_family(
            work.desk,
            work.subject,
            work.label,
            work.step,
            "单位数",
            "count",
            counted,
            step.over,
            work.basis,
            kind="count",
        )
        column, sizes = _attached(work, "单位数", family)
        names["n"] = Name(column, Kind.NUMBER)
    language = Language(names)

    def formula(unit: int, row: int) -> str:
        return f'IF({x.cell(row)}="","",{language.value(step.expression, row)})'

    values = [
        None if value is None else worth(step.expression, {"x": value, "n": n})
        for value, n in zip(before, sizes, strict=True)
    ]
    work.go_on("换算", formula, values, f"{step.text}；{work.basis}")
