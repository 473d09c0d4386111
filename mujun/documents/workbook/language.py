"""A scheme's formulas and conditions as spreadsheet formulas. An empty cell is missing, and missing in is missing out.

A number formula gives a number or an error; `value` turns errors into an empty text. A condition has two forms, where
it
is surely true and where it is surely false, so that it is three-valued as in SQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import fields, frozen

from mujun.documents.workbook.cells import CALC, NO, YES, Column, all_of, any_of, literal, text
from mujun.scheme import expression as e
from mujun.scheme.expression import Expression, Kind

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_SIGNS = {"==": "=", "!=": "<>"}
_SUM, _PRODUCT, _WHOLE = 1, 2, 3
Strength = int


class NotLive(Exception):
    """A spreadsheet cannot say this exactly; the column must hold values."""


@frozen
class Name:
    """What a name in a formula stands for: a column of the row, or a fixed piece of formula."""

    column: Column | None
    kind: Kind
    default: Fraction | str | bool | None = None
    fixed: str = ""


@frozen
class Language:
    """Formulas for one row at a time, as written in the sheet `home`."""

    names: Mapping[str, Name]
    home: str = CALC

    def value(self, expression: Expression, row: int) -> str:
        """The formula's value, or an empty text."""
        needed = self._needed(expression)
        shown = self.number(expression, row, frozenset(needed))
        guarded = shown
        if needed:
            guarded = f'IF({self._there(needed, row)},{shown},"")'
        return f'IFERROR({guarded},"")' if _may_fail(expression) or "NA()" in shown else guarded

    def number(self, expression: Expression, row: int, sure: frozenset[str] = frozenset()) -> str:
        """A number, or an error where it is missing. The columns in `sure` are known to be there."""
        return self._number(expression, row, sure)[0]

    def _needed(self, *expressions: Expression) -> list[str]:
        """The columns without which there is no value."""
        names = dict.fromkeys(name for one in expressions for name in _strict(one))
        return [name for name in names if self.names[name].default is None and self.names[name].column is not None]

    def _there(self, names: list[str], row: int) -> str:
        cells = [self._cell(name, row) for name in names]
        return f"ISNUMBER({cells[0]})" if len(cells) == 1 else f"COUNT({','.join(cells)})={len(cells)}"

    def _cell(self, name: str, row: int) -> str:
        known = self.names[name]
        return known.fixed if known.column is None else known.column.cell(row, self.home)

    def _number(self, expression: Expression, row: int, sure: frozenset[str]) -> tuple[str, Strength]:
        match expression:
            case e.Number(value):
                shown = literal(value)
                return shown, _SUM if shown.startswith("-") else _WHOLE
            case e.Date(value):
                return f"DATE({value.year},{value.month},{value.day})", _WHOLE
            case e.Column(name):
                return self._leaf(name, row, sure), _WHOLE
            case e.Scale(operand, factor):
                return self._scaled(self._number(operand, row, sure), factor)
            case e.Negative(operand):
                inner = self._number(operand, row, sure)
                return f"-{_within(inner, _WHOLE)}", _SUM
            case e.Arithmetic(operator, left, right):
                strength = _SUM if operator in "+-" else _PRODUCT
                a, b = self._number(left, row, sure), self._number(right, row, sure)
                return f"{_within(a, strength)}{operator}{_within(b, strength + 1)}", strength
            case e.Function(name, arguments):
                return self._function(name, arguments, row, sure), _WHOLE
        raise NotLive(str(expression))

    def _leaf(self, name: str, row: int, sure: frozenset[str]) -> str:
        cell, known = self._cell(name, row), self.names[name]
        if known.default is not None:
            return f"IF(ISNUMBER({cell}),{cell},{_default(known)})"
        return cell if name in sure or known.column is None else f"IF(ISNUMBER({cell}),{cell},NA())"

    def _scaled(self, inner: tuple[str, Strength], factor: Fraction) -> tuple[str, Strength]:
        shown = _within(inner, _PRODUCT)
        if factor.numerator != 1:
            shown += f"*{factor.numerator}"
        if factor.denominator != 1:
            shown += f"/{factor.denominator}"
        return shown, _PRODUCT

    def _function(self, name: str, arguments: tuple[Expression, ...], row: int, sure: frozenset[str]) -> str:
        parts = [self.number(argument, row, sure) for argument in arguments]
        if name == "coalesce":
            result = parts[-1]
            for part in reversed(parts[:-1]):
                result = f"IFERROR({part},{result})"
            return result
        if name == "full_years":
            start, end = parts
            days = [f"MONTH({date})*100+DAY({date})" for date in (start, end)]
            return f"(YEAR({end})-YEAR({start})-IF({days[1]}<{days[0]},1,0))"
        called = {"min": "MIN", "max": "MAX", "abs": "ABS", "ln": "LN", "exp": "EXP", "sqrt": "SQRT"}[name]
        return f"{called}({','.join(parts)})"

    def text(self, expression: Expression, row: int) -> str:
        """A text, empty where it is missing."""
        match expression:
            case e.Text(value):
                return text(value)
            case e.Column(name):
                cell, known = self._cell(name, row), self.names[name]
                return cell if known.default is None else f'IF({cell}="",{_default(known)},{cell})'
            case e.Function("coalesce", arguments):
                result = self.text(arguments[-1], row)
                for argument in reversed(arguments[:-1]):
                    part = self.text(argument, row)
                    result = f'IF({part}<>"",{part},{result})'
                return result
        raise NotLive(str(expression))

    def true(self, expression: Expression, row: int) -> str:
        """Where the condition is surely true: TRUE or FALSE, never an error."""
        return self._sure(expression, row, True)

    def untrue(self, expression: Expression, row: int) -> str:
        """Where the condition is surely false."""
        return self._sure(expression, row, False)

    def _sure(self, expression: Expression, row: int, wanted: bool) -> str:
        match expression:
            case e.Truth(value):
                return "TRUE" if value is wanted else "FALSE"
            case e.Column(name):
                cell, default = self._cell(name, row), self.names[name].default
                if default is wanted:
                    return f"{cell}<>{text(NO if wanted else YES)}"
                return f"{cell}={text(YES if wanted else NO)}"
            case e.Negation(operand):
                return self._sure(operand, row, not wanted)
            case e.Conjunction(every, parts):
                join = all_of if every is wanted else any_of
                return join(*(self._sure(part, row, wanted) for part in parts))
            case e.Membership(item, values, kind, negated):
                asked = tuple(e.Comparison("==", item, value, kind) for value in values)
                return self._sure(e.Conjunction(False, asked), row, wanted is not negated)
            case e.Comparison(operator, left, right, kind):
                return self._compare(operator if wanted else _OPPOSITE[operator], left, right, kind, row)
            case e.Function("missing", (argument,)):
                missing = self._missing(argument, row)
                return missing if wanted else f"NOT({missing})"
            case e.Function("coalesce", arguments):
                result = self._sure(arguments[-1], row, wanted)
                for part in reversed(arguments[:-1]):
                    unknown = f"NOT({self._sure(part, row, not wanted)})"
                    result = any_of(self._sure(part, row, wanted), all_of(unknown, result))
                return result
        raise NotLive(str(expression))

    def _compare(self, operator: str, left: Expression, right: Expression, kind: Kind, row: int) -> str:
        if kind is Kind.BOOLEAN:
            same = [all_of(self._sure(left, row, way), self._sure(right, row, way)) for way in (True, False)]
            unlike = [all_of(self._sure(left, row, way), self._sure(right, row, not way)) for way in (True, False)]
            return any_of(*(same if operator == "==" else unlike))
        if kind is Kind.TEXT:
            return self._compare_texts(operator, left, right, row)
        needed = self._needed(left, right)
        a, b = (self._number(side, row, frozenset(needed)) for side in (left, right))
        compared = f"{a[0]}{_SIGNS.get(operator, operator)}{b[0]}"
        result = all_of(self._there(needed, row), compared) if needed else compared
        fails = _may_fail(left) or _may_fail(right) or "NA()" in compared
        return f"IFERROR({result},FALSE)" if fails else result

    def _compare_texts(self, operator: str, left: Expression, right: Expression, row: int) -> str:
        if operator not in _SIGNS:
            raise NotLive("texts in order")
        a, b = self.text(left, row), self.text(right, row)
        there = [f'{shown}<>""' for side, shown in ((left, a), (right, b)) if not isinstance(side, e.Text)]
        equal = f"EXACT({a},{b})"
        for side in (left, right):
            if isinstance(side, e.Text) and side.value.upper() == side.value.lower():
                equal = f"{a}={b}"
        if operator == "!=":
            return all_of(*there, f"NOT({equal})")
        literal_there = any(isinstance(side, e.Text) and side.value for side in (left, right))
        return equal if literal_there else all_of(*there, equal)

    def _missing(self, argument: Expression, row: int) -> str:
        kind = kind_of(argument)
        if kind is Kind.TEXT:
            return f'{self.text(argument, row)}=""'
        if kind is Kind.BOOLEAN:
            return f"NOT({any_of(self._sure(argument, row, True), self._sure(argument, row, False))})"
        if isinstance(argument, e.Column) and self.names[argument.name].default is None:
            return f"NOT(ISNUMBER({self._cell(argument.name, row)}))"
        return f"ISERROR({self.number(argument, row)})"


def kind_of(expression: Expression) -> Kind:
    """What a formula holds."""
    match expression:
        case e.Column(_, kind) | e.Function(_, _, kind):
            return kind
        case e.Text():
            return Kind.TEXT
        case e.Date():
            return Kind.DATE
        case e.Truth() | e.Comparison() | e.Membership() | e.Conjunction() | e.Negation():
            return Kind.BOOLEAN
    return Kind.NUMBER


def _within(shown: tuple[str, Strength], least: Strength) -> str:
    return shown[0] if shown[1] >= least else f"({shown[0]})"


def _default(known: Name) -> str:
    if isinstance(known.default, Fraction):
        return literal(known.default)
    if known.kind is Kind.DATE:
        year, month, day = (int(part) for part in str(known.default).split("-"))
        return f"DATE({year},{month},{day})"
    return text(str(known.default))


def _strict(expression: Expression) -> Iterator[str]:
    """The columns whose absence makes the formula missing: all but those inside coalesce."""
    if isinstance(expression, e.Column):
        yield expression.name
    if isinstance(expression, e.Function) and expression.name == "coalesce":
        return
    for attribute in fields(type(expression)):
        value = getattr(expression, attribute.name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Expression):
                yield from _strict(child)


def _may_fail(expression: Expression) -> bool:
    """Whether the formula can be an error although every column is there."""
    return any(
        (isinstance(part, e.Function) and part.name in ("ln", "exp", "sqrt"))
        or (isinstance(part, e.Arithmetic) and part.operator == "/" and not isinstance(part.right, e.Number))
        for part in e.walk(expression)
    )
