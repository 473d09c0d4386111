"""Formulas and conditions: parsed with Python's own grammar, worked out exactly, three-valued.

Values are Quantity, str, date, bool, tuple (a list for `in`) or None, which is missing and, in conditions, unknown.
"""

import ast
import datetime
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from . import arithmetic
from .measures import PURE, Measure, measure

Note = Callable[[str], None]  # told the code of a finding


@dataclass(frozen=True)
class Quantity:
    """A number and its unit; a bare number (a literal, a constant) has no unit yet."""

    number: Fraction
    unit: Measure | None = None

    def into(self, unit: Measure) -> Fraction:
        """The number in another unit; a bare number takes it."""
        return self.number if self.unit is None else self.number * self.unit.in_terms_of(unit)


def number_of(formula: object, names: Mapping[str, Any], note: Note, unit: Measure | None = None) -> Fraction | None:
    """A formula's number: in the unit asked for, else in whatever unit it comes out."""
    value = value_of(formula, names, note)
    if value is None:
        return None
    if not isinstance(value, Quantity):
        raise ValueError(f"{formula!r} is not a number")
    return value.number if unit is None else value.into(unit)


def holds(condition: object, names: Mapping[str, Any], note: Note) -> bool:
    """Conditions are three-valued as in SQL and hold only if true."""
    return value_of(condition, names, note) is True


def value_of(formula: object, names: Mapping[str, Any], note: Note) -> Any:
    """A formula is text; a number or a truth value in YAML stands for itself."""
    return _value(parsed(formula), names, note) if isinstance(formula, str) else constant(formula)


def constant(value: object) -> Any:
    """A constant of the scheme as formulas see it: numbers bare, ISO dates dates, lists tuples."""
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        return Quantity(Fraction(value))
    if isinstance(value, list):
        return tuple(constant(item) for item in value)
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value) if len(value) == 10 else value
        except ValueError:
            return value
    return value


@cache
def parsed(text: str) -> ast.expr:
    """The tree of a formula, its number literals read as decimals from the source and never as floats."""
    text = text.strip()
    tree = ast.parse(text, mode="eval").body
    for part in ast.walk(tree):
        if isinstance(part, ast.Constant) and isinstance(part.value, int | float) and not isinstance(part.value, bool):
            source = ast.get_source_segment(text, part) or ""
            part.value = Quantity(Fraction(Decimal(source)))  # type: ignore[assignment]
    return tree


def numerator_and_denominator(text: str) -> tuple[ast.expr, ast.expr]:
    """The two sides of the indicator's own `a / b`."""
    tree = parsed(text)
    if not (isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div)):
        raise ValueError(f"{text} is not a / b")
    return tree.left, tree.right


def part_of(tree: ast.expr, names: Mapping[str, Any]) -> Quantity:
    """One side of a ratio that is known to be present."""
    value = _value(tree, names, lambda code: None)
    assert isinstance(value, Quantity)
    return value


def uses(text: str, name: str) -> bool:
    """Whether a formula names it."""
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(parsed(text)))


# --- the grammar; "nothing else parses" ---


def _value(tree: ast.expr, names: Mapping[str, Any], note: Note) -> Any:
    match tree:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return names[name]
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return tuple(_value(item, names, note) for item in items)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            truth = _value(inner, names, note)
            return None if truth is None else not truth
        case ast.UnaryOp(op=sign, operand=inner):
            inside = _value(inner, names, note)
            if inside is None or isinstance(sign, ast.UAdd):
                return inside
            return Quantity(-inside.number, inside.unit)
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, _value(left, names, note), _value(right, names, note), note)
        case ast.BoolOp(op=op, values=parts):
            return _logic(op, [_value(part, names, note) for part in parts])
        case ast.Compare(left=first, ops=ops, comparators=others):
            sides = [_value(side, names, note) for side in [first, *others]]
            return _logic(ast.And(), [_comparison(op, sides[i], sides[i + 1]) for i, op in enumerate(ops)])
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _function(name, [_value(argument, names, note) for argument in arguments], note)
    raise ValueError(f"does not parse: {ast.dump(tree)}")


def _arithmetic(op: ast.operator, left: Any, right: Any, note: Note) -> Quantity | None:
    """Missing in, missing out; x / 0 is missing and a finding."""
    if left is None or right is None:
        return None
    if isinstance(op, ast.Add | ast.Sub):
        unit = _common_unit([left, right], bare_takes_it=False)
        sign = 1 if isinstance(op, ast.Add) else -1
        return Quantity(left.into(unit or PURE) + sign * right.into(unit or PURE), unit)
    if isinstance(op, ast.Mult | ast.Div):
        sign = 1 if isinstance(op, ast.Mult) else -1
        both_bare = left.unit is None and right.unit is None
        unit = None if both_bare else (left.unit or PURE).times(right.unit or PURE, sign)
        if sign == 1:
            return Quantity(left.number * right.number, unit)
        if right.number == 0:
            note("division_by_zero")
            return None
        return Quantity(left.number / right.number, unit)
    raise ValueError(f"does not parse: {op}")


def _common_unit(sides: list[Quantity], bare_takes_it: bool) -> Measure | None:
    """The first unit there is; in `+` and `-` a bare number is refused beside a quantity."""
    unit = next((side.unit for side in sides if side.unit is not None), None)
    if not bare_takes_it and unit is not None and unit.powers and any(side.unit is None for side in sides):
        raise ValueError("a bare number beside a quantity")
    return unit


def _logic(op: ast.boolop, truths: list[bool | None]) -> bool | None:
    """Three-valued `and` and `or`; every part is worked out, so every finding is found."""
    decisive = isinstance(op, ast.Or)
    if decisive in truths:
        return decisive
    return None if None in truths else not decisive


_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def _comparison(op: ast.cmpop, left: Any, right: Any) -> bool | None:
    """A bare number takes the other side's unit; an unknown side leaves it unknown."""
    if isinstance(op, ast.In | ast.NotIn):
        found = _logic(ast.Or(), [_comparison(ast.Eq(), left, item) for item in right])
        return found if found is None or isinstance(op, ast.In) else not found
    if left is None or right is None:
        return None
    if isinstance(left, Quantity):
        unit = _common_unit([left, right], bare_takes_it=True) or PURE
        left, right = left.into(unit), right.into(unit)
    elif type(left) is not type(right):
        raise ValueError(f"{left!r} beside {right!r}")
    return _COMPARISONS[type(op)](left, right)


def _function(name: str, arguments: list[Any], note: Note) -> Any:
    if name == "missing":
        return arguments[0] is None
    if name == "coalesce":
        chosen = next((argument for argument in arguments if argument is not None), None)
        return _with_unit(chosen, arguments)
    if any(argument is None for argument in arguments):
        return None
    if name in ("min", "max"):
        unit = _common_unit(arguments, bare_takes_it=True)
        numbers = [argument.into(unit or PURE) for argument in arguments]
        return Quantity(min(numbers) if name == "min" else max(numbers), unit)
    if name == "abs":
        return Quantity(abs(arguments[0].number), arguments[0].unit)
    if name == "full_years":
        return Quantity(_full_years(*arguments), measure("年"))
    inside = arguments[0].into(PURE)  # ln, exp and sqrt take and give pure numbers
    result = {"ln": arithmetic.ln, "exp": arithmetic.exp, "sqrt": arithmetic.sqrt}[name](inside)
    if result is None:
        note("undefined_value")
        return None
    return Quantity(result, arguments[0].unit and PURE)


def _with_unit(chosen: Any, arguments: list[Any]) -> Any:
    """`coalesce(tax, 0)`: the 0 takes the unit beside it."""
    if isinstance(chosen, Quantity) and chosen.unit is None:
        return Quantity(chosen.number, _common_unit([a for a in arguments if isinstance(a, Quantity)], True))
    return chosen


def _full_years(start: datetime.date, end: datetime.date) -> Fraction:
    """Birthdays passed: 29 February has its next one on 1 March."""
    return Fraction(end.year - start.year - ((end.month, end.day) < (start.month, start.day)))
