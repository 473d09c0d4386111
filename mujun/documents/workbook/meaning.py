"""What the workbook's formulas come to before anybody recalculates them: values for the previews. Ranks nothing."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from math import exp, log, sqrt
from typing import Any

from mujun.scheme import expression as e
from mujun.scheme.expression import Expression

Row = Mapping[str, Any]
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_COUNTED: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {"min": min, "max": max, "abs": abs, "ln": log, "exp": exp, "sqrt": sqrt}


def worth(expression: Expression, row: Row) -> Any:
    """The value for one unit, None where it is missing."""
    try:
        return _worth(expression, row)
    except (ZeroDivisionError, ValueError, OverflowError):
        return None


def _worth(expression: Expression, row: Row) -> Any:
    match expression:
        case e.Number(value):
            return float(value)
        case e.Text(value) | e.Date(value) | e.Truth(value):
            return value
        case e.Column(name):
            return row[name]
        case e.Scale(operand, factor):
            inner = worth(operand, row)
            return None if inner is None else inner * factor.numerator / factor.denominator
        case e.Negative(operand):
            inner = worth(operand, row)
            return None if inner is None else -inner
        case e.Arithmetic(sign, left, right):
            a, b = worth(left, row), worth(right, row)
            return None if a is None or b is None else _COUNTED[sign](a, b)
        case e.Comparison(sign, left, right, _):
            a, b = worth(left, row), worth(right, row)
            return None if a is None or b is None else _COMPARED[sign](a, b)
        case e.Membership(item, values, _, negated):
            inner = worth(item, row)
            return None if inner is None else (inner in [worth(value, row) for value in values]) is not negated
        case e.Conjunction(every, parts):
            known = [worth(part, row) for part in parts]
            return (not every) if (not every) in known else None if None in known else every
        case e.Negation(operand):
            inner = worth(operand, row)
            return None if inner is None else not inner
        case e.Function(name, arguments):
            return _function(name, [worth(argument, row) for argument in arguments])
    raise TypeError(f"not a formula: {expression}")


def _function(name: str, parts: list[Any]) -> Any:
    if name == "missing":
        return parts[0] is None
    if name == "coalesce":
        return next((part for part in parts if part is not None), None)
    if None in parts:
        return None
    if name == "full_years":
        return _full_years(*parts)
    return _FUNCTIONS[name](*parts)


def _full_years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
