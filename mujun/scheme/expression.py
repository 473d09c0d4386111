"""What a formula means once it is understood: a small tree of frozen nodes.

Units are gone: every conversion is a `Scale`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from attrs import fields, frozen


class Kind(StrEnum):
    """What a column or a formula holds."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"

    @property
    def label(self) -> str:
        return {"number": "数值", "text": "文本", "date": "日期", "boolean": "是否"}[self.value]


@frozen
class Number:
    value: Fraction


@frozen
class Text:
    value: str


@frozen
class Date:
    value: datetime.date


@frozen
class Truth:
    value: bool


@frozen
class Column:
    """A variable, a derived column or, after scoring, a node."""

    name: str
    kind: Kind


@frozen
class Scale:
    """A change of unit: the operand times an exact positive factor."""

    operand: Expression
    factor: Fraction


@frozen
class Arithmetic:
    operator: str
    left: Expression
    right: Expression


@frozen
class Negative:
    operand: Expression


@frozen
class Comparison:
    """`kind` is what both sides hold; `operator` one of < <= > >= == !=."""

    operator: str
    left: Expression
    right: Expression
    kind: Kind


@frozen
class Membership:
    item: Expression
    values: tuple[Number | Text | Date, ...]
    kind: Kind
    negated: bool


@frozen
class Conjunction:
    """`and` when `every`, else `or`; three-valued as in SQL."""

    every: bool
    parts: tuple[Expression, ...]


@frozen
class Negation:
    operand: Expression


@frozen
class Function:
    """missing coalesce min max abs ln exp sqrt full_years."""

    name: str
    arguments: tuple[Expression, ...]
    kind: Kind


Expression = (
    Number
    | Text
    | Date
    | Truth
    | Column
    | Scale
    | Arithmetic
    | Negative
    | Comparison
    | Membership
    | Conjunction
    | Negation
    | Function
)


def walk(expression: Expression) -> Iterator[Expression]:
    """The node and all below it."""
    yield expression
    for attribute in fields(type(expression)):
        value = getattr(expression, attribute.name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Expression):
                yield from walk(child)


def column_names(expression: Expression) -> set[str]:
    """Every column that a formula reads."""
    return {node.name for node in walk(expression) if isinstance(node, Column)}


def split_ratio(expression: Expression) -> tuple[Expression, Expression] | None:
    """Numerator and denominator of a formula that is a ratio `a / b`, conversions of unit kept with the numerator."""
    factor = Fraction(1)
    while isinstance(expression, Scale):
        factor *= expression.factor
        expression = expression.operand
    if not (isinstance(expression, Arithmetic) and expression.operator == "/"):
        return None
    numerator = expression.left if factor == 1 else Scale(expression.left, factor)
    return numerator, expression.right
