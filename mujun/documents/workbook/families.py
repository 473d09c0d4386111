"""Rows of 基准: what a step is measured against, per scope. Live where it is a statistic of this round."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, fsum
from statistics import median

from mujun.documents.workbook.areas import Area
from mujun.documents.workbook.cells import SLACK, YES, Column, literal, text
from mujun.documents.workbook.desk import EVERYONE, Desk, Family, Mark
from mujun.scheme.model import Level, Statistic
from mujun.scheme.model import Scope as Over

WORDS = {
    "ratio_of_sums": "合计之比",
    "mean": "平均数",
    "median": "中位数",
    "quantile": "分位数",
    "min": "最小值",
    "max": "最大值",
    "standard_deviation": "标准差（总体）",
    "count": "单位数",
    "mean_score": "平均得分",
    "impute_mean": "平均数",
    "impute_median": "中位数",
    "winsorise_lower": "下分位数",
    "winsorise_upper": "上分位数",
}


def statistic_family(
    desk: Desk,
    subject: str,
    label: str,
    step: int,
    use: str,
    name: str,
    column: Column,
    over: Over,
    basis: str,
    *,
    kind: str = "",
    q: Fraction | None = None,
    times: Fraction = Fraction(1),
    precision: int | None = None,
    ratio: tuple[Column, Column] | None = None,
) -> Family:
    """One live row per scope. `name` is what benchmarks.csv calls it, `kind` how a spreadsheet gets it."""
    area = desk.area(over)
    places, values = {}, {}
    for scope in area.labels:
        place = desk.next_mark
        cell = f"$C{place}"
        if ratio is None:
            raw = area.statistic(kind or name, column, scope, cell, literal(q) if q is not None else "")
            raw = f'IF(E{place}=0,"",{raw})'
        else:
            above, below = (area.statistic("sum", one, scope, cell) for one in ratio)
            raw = f'IF({below}=0,"",{above}/{below})'
        known = desk.known(subject, step, name, area, scope)
        used_value = None if known is None or known.value is None else float(known.value)
        method = WORDS[name] + (f"（{literal(q)}）" if q is not None and name == "quantile" else "")
        places[scope] = desk.mark(
            Mark(
                label,
                use,
                scope,
                method + (f"×{literal(times)}" if times != 1 else "") + _rounded(precision),
                area.statistic("count", column, scope, cell),
                0 if known is None else known.n,
                raw,
                _raw_value(desk, area, scope, kind or name, column, q, ratio, used_value, times, precision),
                used_formula(f"F{place}", times, precision),
                used_value,
                basis,
                area.rows is None,
                "plain" if precision is None else f"fixed:{precision}",
            )
        )
        values[scope] = used_value
    return Family(area, places, values)


def _raw_value(
    desk: Desk,
    area: Area,
    scope: str,
    kind: str,
    column: Column,
    q: Fraction | None,
    ratio: tuple[Column, Column] | None,
    used: float | None,
    times: Fraction,
    precision: int | None,
) -> float | None:
    """The statistic before it was rounded: the engine keeps only what it used."""
    if used is None or precision is None:
        return None if used is None else used / float(times)
    if ratio is not None:
        above, below = (fsum(_members(desk, area, scope, one)) for one in ratio)
        return above / below
    values = sorted(_members(desk, area, scope, column))
    if kind == "mean":
        return fsum(values) / len(values)
    if kind == "median":
        return median(values)
    return values[{"min": 0, "max": -1}.get(kind, max(ceil((q or 0) * len(values)), 1) - 1)]


def _members(desk: Desk, area: Area, scope: str, column: Column) -> list[float]:
    values = desk.columns[column.index].values
    return [value for value, label in zip(values, area.of_unit, strict=True) if label == scope and value is not None]


def used_formula(raw: str, times: Fraction, precision: int | None) -> str:
    """What is used: the statistic, perhaps times a factor, perhaps rounded."""
    shown = raw if times == 1 else f"{raw}*{literal(times)}"
    if precision is not None:
        shown = f"ROUND({shown}*(1+{SLACK}),{precision})"
    return f'IF({raw}="","",{shown})'


def _rounded(precision: int | None) -> str:
    return "" if precision is None else f"，四舍五入到{precision}位"


def level_family(
    desk: Desk,
    subject: str,
    label: str,
    step: int,
    use: str,
    level: Level,
    column: Column,
    basis: str,
    ratio: tuple[Column, Column] | None,
) -> Family:
    """A benchmark or goalpost: a constant, a statistic of this round (live) or of the last (a value)."""
    if isinstance(level, Fraction):
        everyone = desk.area(())
        value = float(level)
        mark = Mark(label, use, EVERYONE, "常数", None, None, None, value, None, value, basis, False)
        return Family(everyone, {EVERYONE: desk.mark(mark)}, {EVERYONE: value})
    if level.previous:
        return _previous_family(desk, subject, label, step, use, level, basis)
    kinds = {"q": level.q} if level.name == "quantile" else {"q": None}
    return statistic_family(
        desk,
        subject,
        label,
        step,
        use,
        level.name,
        column,
        level.over,
        basis,
        times=level.times,
        precision=level.precision,
        ratio=ratio if level.name == "ratio_of_sums" else None,
        **kinds,
    )


def _previous_family(desk: Desk, subject: str, label: str, step: int, use: str, level: Statistic, basis: str) -> Family:
    area = desk.area(level.over)
    places, values = {}, {}
    for scope in area.labels:
        known = desk.known(subject, step, f"previous:{level.name}", area, scope)
        value = None if known is None or known.value is None else float(known.value)
        count = None if known is None else known.n
        method = f"上一轮数据的{WORDS[level.name]}（固定值）"
        mark = Mark(label, use, scope, method, None, count, None, value, None, value, basis, False)
        places[scope], values[scope] = desk.mark(mark), value
    return Family(area, places, values)


def count_marks(desk: Desk, use: str, area: Area, column: Column, counted: list[bool], basis: str) -> Family:
    """How many units of each scope are marked 是."""
    places, values = {}, {}
    for scope in area.labels:
        n = sum(1 for one, label in zip(counted, area.of_unit, strict=True) if one and label == scope)
        formula = area.marked(column, scope, f"$C{desk.next_mark}", text(YES))
        mark = Mark(
            desk.section, use, scope, "单位数", None, None, formula, n, f"F{desk.next_mark}", n, basis, False, "whole"
        )
        places[scope], values[scope] = desk.mark(mark), float(n)
    return Family(area, places, values)
