"""Turn an understood formula into a column expression. Ratios stay exact until one division at the end.

A decimal column is computed with as whole numbers (its mantissas, below 2^53), so 0.3 / 0.1 is 3 and equal ratios are
equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd

import narwhals as nw
from attrs import evolve, field, frozen
from narwhals import Expr

from mujun.dataset import column_name
from mujun.engine.numbers import divide, divide_by, finite, holds
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

LARGEST_EXPONENT = 700.0


@frozen
class Columns:
    """The columns of a table: `decimals` names the number columns with a mantissa column (`mantissa:<name>`).

    `rename` says what the names in a formula are called in the table, where they are not variables or derived columns.
    """

    decimals: Mapping[str, int | None]
    rename: Mapping[str, str] = field(factory=dict)

    def called(self, name: str) -> str:
        return self.rename.get(name, column_name(name))

    def col(self, name: str) -> Expr:
        return nw.col(self.called(name))


def mantissa(name: str) -> str:
    return f"mantissa:{name}"


@frozen
class Quotient:
    """above / below × factor.

    Without `above` it is the number `factor`. `plain` is the finished double if there is one. `column` is the name of
    `above` where that is a column of the table; it is `whole` where its decimals are known.
    """

    above: Expr | None
    below: Expr | None
    factor: Fraction
    plain: Expr | None = None
    column: str = ""
    whole: bool = False

    def value(self) -> Expr:
        """The nearest double, missing where the divisor is zero."""
        if self.plain is not None:
            return self.plain
        if self.above is None:
            return nw.lit(float(self.factor))
        above = _times(self.above, self.factor.numerator)
        if self.below is None:
            return divide_by(above, float(self.factor.denominator))
        return divide(above, _times(self.below, self.factor.denominator))

    def finite_value(self) -> Expr:
        """As `value`; what is too large for a double is missing too, as a number over zero is."""
        if self.plain is not None or self.above is None or self.below is None:
            return finite(self.value())
        return finite(_times(self.above, self.factor.numerator) / _times(self.below, self.factor.denominator))

    def scaled(self, factor: Fraction) -> Quotient:
        return self if factor == 1 else evolve(self, factor=self.factor * factor, plain=None)


def number(expression: Expression, columns: Columns) -> Expr:
    """A number formula as a column of doubles."""
    return quotient(expression, columns).value()


def quotient(expression: Expression, columns: Columns) -> Quotient:
    """A number formula, not yet divided."""
    match expression:
        case Number(value):
            return Quotient(None, None, value)
        case Column(name):
            decimals = columns.decimals.get(name)
            held = mantissa(name) if decimals else columns.called(name)
            factor = Fraction(1, 10 ** (decimals or 0))
            return Quotient(nw.col(held), None, factor, columns.col(name), held, decimals is not None)
        case Scale(operand, factor):
            return quotient(operand, columns).scaled(factor)
        case Negative(operand):
            return quotient(operand, columns).scaled(Fraction(-1))
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, quotient(left, columns), quotient(right, columns))
        case Function(name, arguments):
            return _function(name, arguments, columns)
        case _:
            raise TypeError(f"not a number: {expression}")


def _times(column: Expr, factor: int) -> Expr:
    return column if factor == 1 else column * float(factor)


def _product(left: Quotient, right: Quotient) -> Quotient:
    def both(a: Expr | None, b: Expr | None) -> Expr | None:
        if a is None or b is None:
            return b if a is None else a
        return a * b

    above = both(left.above, right.above)
    below = both(left.below, right.below)
    return Quotient(above, below, left.factor * right.factor)


def _ratio(left: Quotient, right: Quotient) -> Quotient:
    if right.above is None:
        return left.scaled(1 / right.factor)
    if right.below is None:
        divisor, factor = right.above, right.factor
    else:
        divisor, factor = right.value(), Fraction(1)
    above = nw.lit(1.0) + divisor * 0.0 if left.above is None else left.above
    below = divisor if left.below is None else left.below * divisor
    return Quotient(above, below, left.factor / factor)


def _sum(left: Quotient, right: Quotient) -> Quotient:
    if left.above is None and right.above is None:
        return Quotient(None, None, left.factor + right.factor)
    if left.below is not None and right.below is not None:
        left = Quotient(left.value(), None, Fraction(1))
    common = _common(left.factor, right.factor)
    below = left.below if left.below is not None else right.below
    above = _term(left, common, right.below) + _term(right, common, left.below)
    return Quotient(above, below, common)


def _term(part: Quotient, common: Fraction, other_below: Expr | None) -> Expr:
    """A summand in steps of `common`, over the other's divisor where the other has one."""
    times = float(part.factor / common)
    column = nw.lit(times) if part.above is None else part.above * times
    return column if other_below is None else column * other_below


def _common(left: Fraction, right: Fraction) -> Fraction:
    """The largest step that both factors are whole multiples of."""
    a, b = left.numerator * right.denominator, right.numerator * left.denominator
    return Fraction(gcd(a, b) or 1, left.denominator * right.denominator)


def _arithmetic(operator: str, left: Quotient, right: Quotient) -> Quotient:
    match operator:
        case "*":
            return _product(left, right)
        case "/":
            return _ratio(left, right)
        case "+":
            return _sum(left, right)
        case _:
            return _sum(left, right.scaled(Fraction(-1)))


def _aligned(parts: list[Quotient]) -> tuple[list[Expr], Fraction]:
    """All parts in steps of one factor, so that they compare as whole numbers; divided first where they are ratios."""
    if any(part.below is not None for part in parts):
        return [part.value() for part in parts], Fraction(1)
    common = parts[0].factor
    for part in parts[1:]:
        common = _common(common, part.factor)
    common = abs(common) or Fraction(1)
    return [_term(part, common, None) for part in parts], common


def _function(name: str, arguments: tuple[Expression, ...], columns: Columns) -> Quotient:
    if name == "full_years":
        return Quotient(_full_years(*(other(argument, columns) for argument in arguments)), None, Fraction(1))
    parts = [quotient(argument, columns) for argument in arguments]
    if name == "abs":
        part = parts[0]
        above = None if part.above is None else part.above.abs()
        below = None if part.below is None else part.below.abs()
        return Quotient(above, below, abs(part.factor))
    if name in ("ln", "exp", "sqrt"):
        return Quotient(_transcendental(name, parts[0].value()), None, Fraction(1))
    aligned, common = _aligned(parts)
    result = aligned[0]
    for column in aligned[1:]:
        if name == "coalesce":
            result = nw.when(result.is_null()).then(column).otherwise(result)
        else:
            first = result <= column if name == "min" else result >= column
            result = nw.when(first).then(result).otherwise(nw.when(~result.is_null()).then(column))
    return Quotient(result, None, common)


def _transcendental(name: str, x: Expr) -> Expr:
    """Missing outside the domain, and where the result would not be a finite number."""
    if name == "ln":
        return nw.when(x > 0).then(x).log()
    if name == "sqrt":
        return nw.when(x >= 0).then(x).sqrt()
    return nw.when(x <= LARGEST_EXPONENT).then(x).exp()


def _full_years(start: Expr, end: Expr) -> Expr:
    """Completed years from one date to another: the anniversary of 29 February is 1 March in common years."""

    def day_of_year(date: Expr) -> Expr:
        return date.dt.month().cast(nw.Int64) * 100 + date.dt.day().cast(nw.Int64)

    years = end.dt.year().cast(nw.Int64) - start.dt.year().cast(nw.Int64)
    early = nw.when(day_of_year(end) < day_of_year(start)).then(nw.lit(1)).otherwise(nw.lit(0))
    return (years - early).cast(nw.Float64)


def other(expression: Expression, columns: Columns) -> Expr:
    """A text, date or condition as a column."""
    match expression:
        case Column(name):
            return columns.col(name)
        case Text(value) | Date(value) | Truth(value):
            return nw.lit(value)
        case Function("coalesce", arguments):
            result = other(arguments[0], columns)
            for argument in arguments[1:]:
                result = nw.when(result.is_null()).then(other(argument, columns)).otherwise(result)
            return result
        case _:
            return condition(expression, columns)


def _any(expression: Expression, kind: Kind, columns: Columns) -> Expr:
    return number(expression, columns) if kind is Kind.NUMBER else other(expression, columns)


def condition(expression: Expression, columns: Columns) -> Expr:
    """A condition as a three-valued column."""
    match expression:
        case Truth(value):
            return nw.lit(value)
        case Column(name):
            return columns.col(name)
        case Comparison(operator, left, right, kind):
            return _compare(operator, left, right, kind, columns)
        case Membership(item, values, kind, negated):
            return _member(_any(item, kind, columns), values, negated)
        case Conjunction(every, parts):
            result = condition(parts[0], columns)
            for part in parts[1:]:
                result = result & condition(part, columns) if every else result | condition(part, columns)
            return result
        case Negation(operand):
            return ~condition(operand, columns)
        case Function("missing", (argument,)):
            return _is_missing(argument, columns)
        case Function("coalesce", _):
            return other(expression, columns)
        case _:
            raise TypeError(f"not a condition: {expression}")


def certain(expression: Expression, columns: Columns) -> Expr:
    """A condition that holds only if true."""
    return holds(condition(expression, columns))


def _compare(operator: str, left: Expression, right: Expression, kind: Kind, columns: Columns) -> Expr:
    if kind is Kind.NUMBER:
        (a, b), _ = _aligned([quotient(left, columns), quotient(right, columns)])
    else:
        a, b = other(left, columns), other(right, columns)
    match operator:
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case ">=":
            return a >= b
        case "==":
            return a == b
        case _:
            return a != b


def _member(item: Expr, values: tuple[Number | Text | Date, ...], negated: bool) -> Expr:
    literals = [float(value.value) if isinstance(value, Number) else value.value for value in values]
    result = item == literals[0]
    for literal in literals[1:]:
        result = result | (item == literal)
    return ~result if negated else result


def _is_missing(argument: Expression, columns: Columns) -> Expr:
    kind = argument.kind if isinstance(argument, Column | Function) else None
    if isinstance(argument, Comparison | Conjunction | Negation | Membership | Truth | Text | Date):
        return other(argument, columns).is_null()
    if kind is not None and kind is not Kind.NUMBER:
        return other(argument, columns).is_null()
    return number(argument, columns).is_null()
