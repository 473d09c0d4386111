"""Read how a value becomes a score: imputation, treatment, normalisation steps, missing rules, weights."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from mujun.scheme.expression import Arithmetic, Column, Expression, Function, Kind, Negative, Number, Scale
from mujun.scheme.fields import Fields, Source, as_number, one_of
from mujun.scheme.formula import FormulaError, Named, Names, understand_number
from mujun.scheme.model import (
    Bands,
    BenchmarkRatio,
    Clip,
    FormulaStep,
    Impute,
    Level,
    MinMax,
    Missing,
    PercentileRank,
    Rank,
    Scope,
    Statistic,
    Step,
    Weight,
    Winsorise,
    ZScore,
)
from mujun.yaml_source import YamlMapping, YamlSequence

METHODS = ("benchmark_ratio", "min_max", "z_score", "percentile_rank", "rank", "bands")
STATISTICS = ("ratio_of_sums", "mean", "median", "quantile", "min", "max")
MISSING_RULES = ("error", "zero", "group_mean", "skip", "exclude")
_STEP_COLUMNS = {"x": Named(Kind.NUMBER), "n": Named(Kind.NUMBER)}
_FIFTY = Context(prec=50)


def read_scope(fields: Fields, key: str, names: Names) -> Scope:
    """`group` (None), `all` (()) or a list of columns."""
    value = fields.raw(key)
    if value is None or value == "group":
        return None
    if value == "all":
        return ()
    columns = tuple(str(item) for item, _ in fields.sequence(key))
    for column in columns:
        named = names.columns.get(column)
        if named is None:
            fields.error(
                key, "unknown_name", f"{fields.what}的“{key}”里没有叫“{column}”的列。", "可写 group、all 或列名。"
            )
        elif named.kind not in (Kind.TEXT, Kind.BOOLEAN):
            message = f"{fields.what}按“{column}”分，而它是{named.kind.label}。"
            fields.error(key, "wrong_kind", message, "只能按文本或是否分。")
    return columns


def read_impute(fields: Fields, names: Names) -> Impute | None:
    inner = fields.nested("impute", f"{fields.what}的 impute")
    if inner is None:
        return None
    method = inner.choice("method", ("mean", "median", "value"), "mean")
    by, value = read_scope(inner, "by", names), inner.number("value")
    if method == "value" and value is None:
        inner.error("value", "missing_key", f"{inner.what}用 value 时须写 value。")
    inner.done()
    return Impute(method, by, value)


def read_treat(fields: Fields) -> Clip | Winsorise | None:
    inner = fields.nested("treat", f"{fields.what}的 treat")
    if inner is None:
        return None
    treatment: Clip | Winsorise
    if inner.choice("method", ("clip", "winsorise"), "clip") == "clip":
        treatment = Clip(inner.number("low"), inner.number("high"))
    else:
        lower, upper = inner.share("lower"), inner.share("upper")
        treatment = Winsorise(Fraction(0) if lower is None else lower, Fraction(1) if upper is None else upper)
        if treatment.lower > treatment.upper:
            inner.error("lower", "out_of_range", f"{inner.what}的 lower 大于 upper。")
    inner.done()
    return treatment


def read_missing(fields: Fields, names: Names) -> Missing:
    value = fields.raw("missing")
    if value is None:
        return Missing()
    if isinstance(value, YamlMapping):
        inner = Fields.of(fields.source, value, fields.line("missing"), f"{fields.what}的 missing")
        by = read_scope(inner, "mean_by", names)
        if not inner.has("mean_by"):
            inner.error("", "missing_key", f"{inner.what}须是一个词或 {{mean_by: [列]}}。", one_of(MISSING_RULES))
        inner.done()
        return Missing("mean_by", by)
    if value not in MISSING_RULES:
        fields.error("missing", "unknown_choice", f"{fields.what}的 missing 不能是“{value}”。", one_of(MISSING_RULES))
        return Missing()
    return Missing(str(value))


def read_weight(fields: Fields, names: Names) -> Weight:
    value = fields.raw("weight")
    number = as_number(value)
    if value is None or number is not None:
        weight = Fraction(1) if number is None else number
        if weight < 0:
            fields.error("weight", "negative_weight", f"{fields.what}的权重是负数。", "权重不能小于0。")
        return Weight(weight)
    inner = Fields.of(fields.source, value, fields.line("weight"), f"{fields.what}的权重")
    column = inner.text("by")
    named = names.columns.get(column)
    if named is None or named.kind is not Kind.TEXT:
        inner.error("by", "unknown_name", f"{inner.what}按“{column}”分，而没有这个文本列。")
    values = {}
    for key in inner.mapping:
        if key != "by":
            number = inner.number(key)
            values[key] = Fraction(0) if number is None else number
            if values[key] < 0:
                inner.error(key, "negative_weight", f"{inner.what}“{key}”是负数。", "权重不能小于0。")
    return Weight(values.pop("default", None), Column(column, Kind.TEXT), values)


def read_normalise(source: Source, value: Any, line: int, what: str, names: Names) -> tuple[Step, ...]:
    """One step or a list of steps."""
    if value is None:
        return ()
    items = list(zip(value, value.lines, strict=True)) if isinstance(value, YamlSequence) else [(value, line)]
    steps = [_step(Fields.of(source, item, at, f"{what}的 normalise"), names) for item, at in items]
    return tuple(step for step in steps if step is not None)


def _step(fields: Fields, names: Names) -> Step | None:
    if fields.has("formula"):
        text = fields.text("formula")
        expression = fields.formula("formula", Names(_STEP_COLUMNS, names.constants), None)
        over = read_scope(fields, "over", names)
        fields.done()
        return None if expression is None else FormulaStep(expression, text, over)
    method = fields.text("method")
    if method not in METHODS:
        fields.error("method", "unknown_method", f"没有叫“{method}”的无量纲化方法。", one_of(METHODS))
        return None
    step = _METHODS[method](fields, names)
    fields.done()
    return step


def _benchmark_ratio(fields: Fields, names: Names) -> Step | None:
    benchmark = _level(fields, "benchmark", names)
    floor, cap = fields.number("floor"), fields.number("cap")
    if floor is not None and cap is not None and floor > cap:
        fields.error("floor", "out_of_range", f"{fields.what}的 floor 大于 cap。")
    if benchmark is None:
        if not fields.has("benchmark"):
            fields.error(
                "", "missing_key", f"{fields.what}缺少 benchmark。", "请写一个数，或 {statistic: ratio_of_sums}。"
            )
        return None
    if isinstance(benchmark, Fraction) and benchmark <= 0:
        fields.error("benchmark", "out_of_range", f"{fields.what}的基准值须大于0。")
    return BenchmarkRatio(benchmark, floor, cap)


def _min_max(fields: Fields, names: Names) -> Step:
    low, high = _level(fields, "low", names), _level(fields, "high", names)
    if isinstance(low, Fraction) and isinstance(high, Fraction) and low >= high:
        fields.error("low", "out_of_range", f"{fields.what}的 low 须小于 high。")
    to = [as_number(value) for value, _ in fields.sequence("to")] or [Fraction(0), Fraction(1)]
    if len(to) != 2 or to[0] is None or to[1] is None:
        fields.error("to", "wrong_kind", f"{fields.what}的 to 须是两个数，例如 [0, 100]。")
        to = [Fraction(0), Fraction(1)]
    assert to[0] is not None
    assert to[1] is not None
    over = read_scope(fields, "over", names)
    low = Statistic("min", over) if low is None else low
    high = Statistic("max", over) if high is None else high
    return MinMax(low, high, (to[0], to[1]), fields.boolean("clip"))


def _bands(fields: Fields, names: Names) -> Step:
    steps: list[tuple[Fraction, Fraction]] = []
    for value, line in fields.sequence("steps"):
        pair = [as_number(item) for item in value] if isinstance(value, list) else []
        if len(pair) != 2 or pair[0] is None or pair[1] is None:
            fields.source.error(line, "wrong_kind", f"{fields.what}的每一步须是 [达到, 得]，例如 [1.5, 2]。")
        else:
            steps.append((pair[0], pair[1]))
    if not steps:
        fields.error("steps", "missing_key", f"{fields.what}缺少 steps。")
    if [reached for reached, _ in steps] != sorted({reached for reached, _ in steps}):
        fields.error("steps", "out_of_range", f"{fields.what}的 steps 须从小到大，不得重复。")
    return Bands(tuple(steps), fields.number("below", Fraction(0)) or Fraction(0))


_METHODS = {
    "benchmark_ratio": _benchmark_ratio,
    "min_max": _min_max,
    "z_score": lambda fields, names: ZScore(read_scope(fields, "over", names)),
    "percentile_rank": lambda fields, names: PercentileRank(read_scope(fields, "over", names)),
    "rank": lambda fields, names: Rank(read_scope(fields, "over", names)),
    "bands": _bands,
}


def _level(fields: Fields, key: str, names: Names) -> Level | None:
    value = fields.raw(key)
    number = as_number(value)
    if value is None or number is not None:
        return number
    if isinstance(value, str):
        try:
            return constant(understand_number(value, Names({}, names.constants), None))
        except (FormulaError, ArithmeticError) as error:
            reason = str(error) if isinstance(error, FormulaError) else f"“{value}”算不出数。"
            fields.error(key, "bad_formula", f"{fields.what}的“{key}”：{reason}")
            return None
    inner = Fields.of(fields.source, value, fields.line(key), f"{fields.what}的“{key}”")
    name = inner.text("statistic")
    if name not in STATISTICS:
        inner.error("statistic", "unknown_choice", f"{inner.what}没有叫“{name}”的统计量。", one_of(STATISTICS))
        name = "mean"
    q = inner.share("q")
    if q is not None and name != "quantile":
        inner.error("q", "unknown_key", f"{inner.what}只有 quantile 才有 q。")
    if q == 0:
        inner.error("q", "out_of_range", f"{inner.what}的 q 须大于0。")
    statistic = Statistic(
        name=name,
        over=read_scope(inner, "over", names),
        q=Fraction(1, 2) if q is None or q == 0 else q,
        times=inner.number("times") or Fraction(1),
        precision=inner.decimals("precision"),
        previous=inner.choice("from", ("current", "previous"), "current") == "previous",
    )
    inner.done()
    return statistic


def _fifty(function: Callable[[Decimal], Decimal]) -> Callable[[list[Fraction]], Fraction]:
    """A function of decimals as one of exact numbers, to 50 digits."""
    return lambda values: Fraction(
        function(_FIFTY.divide(Decimal(values[0].numerator), Decimal(values[0].denominator)))
    )


_OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_CONSTANT_FUNCTIONS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "min": min,
    "max": max,
    "abs": lambda values: abs(values[0]),
    "ln": _fifty(_FIFTY.ln),
    "exp": _fifty(_FIFTY.exp),
    "sqrt": _fifty(_FIFTY.sqrt),
}


def constant(expression: Expression) -> Fraction:
    """The value of a formula without columns; ln, exp and sqrt to 50 digits.

    Raises ArithmeticError where there is none.
    """
    match expression:
        case Number(value):
            return value
        case Scale(operand, factor):
            return constant(operand) * factor
        case Negative(operand):
            return -constant(operand)
        case Arithmetic(sign, left, right):
            return _OPERATIONS[sign](constant(left), constant(right))
        case Function(name, arguments) if name in _CONSTANT_FUNCTIONS:
            return _CONSTANT_FUNCTIONS[name]([constant(argument) for argument in arguments])
    raise ArithmeticError("not a constant")
