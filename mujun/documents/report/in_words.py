"""Formulas, conditions and steps of a scheme in words: names of columns, Chinese signs. Computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from mujun.rounding import shortest_exact
from mujun.scheme.expression import (
    Arithmetic,
    Column,
    Comparison,
    Conjunction,
    Date,
    Expression,
    Function,
    Kind,
    Membership,
    Negation,
    Negative,
    Number,
    Scale,
    Text,
    Truth,
)
from mujun.scheme.model import (
    Bands,
    BenchmarkRatio,
    FormulaStep,
    Level,
    MinMax,
    Missing,
    PercentileRank,
    Rank,
    Scheme,
    Scope,
    Statistic,
    Step,
)

_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_COMPARED = {"<": "小于", "<=": "不大于", ">": "大于", ">=": "不小于", "==": "是", "!=": "不是"}
_DATED = {"<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
_FUNCTIONS = {"min": "较小者", "max": "较大者", "abs": "绝对值", "ln": "ln", "exp": "exp", "sqrt": "平方根"}
_STATISTICS = {
    "ratio_of_sums": "合计之比", "mean": "平均值", "median": "中位数",
    "quantile": "分位数", "min": "最小值", "max": "最大值",
}  # fmt: skip
_MISSING = {
    "error": "不得缺",
    "zero": "缺了记0分",
    "group_mean": "缺了取本组该项平均得分",
    "mean_by": "缺了取同类该项平均得分",
    "skip": "缺了跳过，分值由其余各项分担",
    "exclude": "缺了不定等级",
}
_MOST_NAMED = 6


def formula(expression: Expression, labels: Mapping[str, str]) -> str:
    """A formula or a condition as one would read it aloud."""
    return _formula(expression, labels, inside=False)


def _formula(expression: Expression, labels: Mapping[str, str], inside: bool = True) -> str:
    def inner(one: Expression) -> str:
        return _formula(one, labels)

    match expression:
        case Number(value):
            return number(value)
        case Text(value):
            return f"“{value}”"
        case Date(day):
            return f"{day.year}年{day.month}月{day.day}日"
        case Truth(true):
            return "是" if true else "否"
        case Column(name):
            return labels.get(name, name)
        case Scale(operand):
            return _formula(operand, labels, inside)
        case Arithmetic(operator, left, right):
            return _bracketed(f"{inner(left)}{_SIGNS.get(operator, operator)}{inner(right)}", inside)
        case Negative(operand):
            return f"－{inner(operand)}"
        case Comparison(operator, left, right, kind):
            words = {**_COMPARED, **_DATED} if kind is Kind.DATE else _COMPARED
            return _bracketed(f"{inner(left)}{words[operator]}{inner(right)}", inside)
        case Membership(item, values, _, negated):
            named = "、".join(_formula(one, labels) for one in values[:_MOST_NAMED])
            named += f"等{len(values)}个" if len(values) > _MOST_NAMED else ""
            return f"{inner(item)}{'不' if negated else ''}属于{named}"
        case Conjunction(every, parts):
            return _bracketed(("，且" if every else "，或").join(inner(one) for one in parts), inside)
        case Negation(Function("missing", (argument, *_))):
            return f"{inner(argument)}填了"
        case Negation(operand):
            return f"并非{inner(operand)}"
        case Function("missing", (argument, *_)):
            return f"{inner(argument)}没有填"
        case Function("full_years", (start, end)):
            return f"从{inner(start)}到{inner(end)}的满年数"
        case Function("coalesce", arguments):
            return "，没有填的按".join(inner(one) for one in arguments)
        case Function(name, arguments):
            return f"{_FUNCTIONS.get(name, name)}（{'，'.join(inner(one) for one in arguments)}）"


def _bracketed(text: str, inside: bool) -> str:
    return f"（{text}）" if inside else text


def number(value: Fraction) -> str:
    return shortest_exact(value)


def step(one: Step, scheme: Scheme, lower: bool) -> str:
    """A normalisation step."""
    match one:
        case BenchmarkRatio(benchmark, floor, cap):
            way = "基准值÷指标值" if lower else "指标值÷基准值"
            edges = [
                f"最低{number(floor)}" if floor is not None else "",
                f"最高{number(cap)}" if cap is not None else "",
            ]
            return "，".join(part for part in (f"{way}，基准值为{_level(benchmark, scheme)}", *edges) if part)
        case MinMax(low, high, (least, most)):
            levels = f"{_level(low, scheme)}得{number(least)}，{_level(high, scheme)}得{number(most)}，其间按比例"
            return f"{levels}{'；之外的按两端计' if one.clip else ''}"
        case PercentileRank():
            return "不如它的单位数÷（单位数－1）"
        case Rank():
            return "换成名次"
        case Bands(steps, below):
            said = "；".join(f"达到{number(least)}得{number(points)}" for least, points in steps)
            return f"{said}；其余得{number(below)}"
        case FormulaStep(text=text):
            return f"按公式{text}换算"
    return "（指标值－平均值）÷标准差"


def _level(level: Level, scheme: Scheme) -> str:
    if not isinstance(level, Statistic):
        return number(level)
    last = "上一轮" if level.previous else ""
    q = f"（{number(level.q)}）" if level.name == "quantile" else ""
    times = f"的{number(level.times)}倍" if level.times != 1 else ""
    return f"{last}{scope(level.over, scheme)}{_STATISTICS[level.name]}{q}{times}"


def scope(over: Scope, scheme: Scheme) -> str:
    """Among whom a statistic or a share is taken."""
    columns = scheme.scope_columns(over)
    if not columns:
        return "全部单位"
    if columns == scheme.group_by:
        return "本组"
    return f"同{'、同'.join(scheme.column_labels.get(name, name) for name in columns)}"


def missing(rule: Missing) -> str:
    return _MISSING[rule.rule]
