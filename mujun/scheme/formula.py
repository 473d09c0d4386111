"""Understand a formula: parse it, check names, kinds and units, put conversions in. Evaluates nothing."""

from __future__ import annotations

import ast
import datetime
import difflib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

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
from mujun.scheme.units import PURE, Unit, conversion, shown

LONGEST = 2000
_OPERATORS: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS: dict[type, str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_FUNCTIONS = ("missing", "coalesce", "min", "max", "abs", "ln", "exp", "sqrt", "full_years")
_ALLOWED = "可用：+ - * /、比较、and or not、in、" + "、".join(f"{name}()" for name in _FUNCTIONS) + "。"

Literal = Number | Text | Date


@frozen
class Named:
    """A column that formulas may use. A `unit` of None is a bare number: it takes the other side's unit."""

    kind: Kind
    unit: Unit | None = None


@frozen
class Typed:
    """An understood formula: what it holds and in which unit."""

    expression: Expression
    kind: Kind
    unit: Unit | None = None


@frozen
class Names:
    """What a formula may speak of."""

    columns: Mapping[str, Named]
    constants: Mapping[str, Literal | tuple[Literal, ...]] = field(factory=dict)


class FormulaError(Exception):
    """What is wrong with a formula, for the person who wrote it."""


def understand(text: str, names: Names) -> Typed:
    """Parse and check a formula. Raises FormulaError, whose text says what is wrong and what to do."""
    if len(text) > LONGEST:
        raise FormulaError(f"公式长于{LONGEST}字。请拆成几项。")
    try:
        tree = ast.parse(text.strip(), mode="eval")
        return _Reader(text.strip(), names).read(tree.body)
    except SyntaxError as error:
        column = f"（第{error.offset}字附近）" if error.offset else ""
        raise FormulaError(f"公式“{text}”写法不对{column}。{_ALLOWED}") from None
    except (RecursionError, MemoryError, ValueError):
        raise FormulaError(f"公式“{text[:60]}”太复杂或含有不能用的字符。请拆成几项。") from None


def understand_condition(text: str, names: Names) -> Expression:
    """A formula that must come out true, false or missing."""
    typed = understand(text, names)
    if typed.kind is not Kind.BOOLEAN:
        raise FormulaError(f"“{text}”是{typed.kind.label}，不是条件。请写成比较，例如 land > 0。")
    return typed.expression


def understand_number(text: str, names: Names, target: Unit | None) -> Expression:
    """A formula that must come out as a number in the unit `target`; None asks for no unit in particular."""
    typed = understand(text, names)
    if typed.kind is not Kind.NUMBER:
        raise FormulaError(f"“{text}”是{typed.kind.label}，此处要数值。")
    if target is None or typed.unit is None:
        return typed.expression
    factor = conversion(typed.unit, target)
    if factor is None:
        raise FormulaError(f"“{text}”得出的单位是{shown(typed.unit)}，与所写单位{shown(target)}不符。请改公式或单位。")
    return _scaled(typed.expression, factor)


def _scaled(expression: Expression, factor: Fraction) -> Expression:
    if factor == 1:
        return expression
    if isinstance(expression, Number):
        return Number(expression.value * factor)
    return Scale(expression, factor)


class _Reader:
    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names

    def read(self, node: ast.expr) -> Typed:
        match node:
            case ast.Constant():
                return self.constant(node)
            case ast.Name(id=name):
                return self.name(name)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
                return self.sign(node, operand)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Typed(Negation(self.condition(operand)), Kind.BOOLEAN)
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
                return self.arithmetic(node)
            case ast.BoolOp(op=operator, values=values):
                parts = tuple(self.condition(value) for value in values)
                return Typed(Conjunction(isinstance(operator, ast.And), parts), Kind.BOOLEAN)
            case ast.Compare():
                return self.comparison(node)
            case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]) if function in _FUNCTIONS:
                return self.call(function, arguments)
            case _:
                raise FormulaError(f"公式“{self.text}”里的“{self.source(node)}”不能用。{_ALLOWED}")

    def source(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.text, node) or self.text

    def constant(self, node: ast.Constant) -> Typed:
        if isinstance(node.value, bool):
            return Typed(Truth(node.value), Kind.BOOLEAN)
        if isinstance(node.value, str):
            return Typed(Text(node.value), Kind.TEXT)
        if isinstance(node.value, int | float):
            try:
                return Typed(Number(Fraction(Decimal(self.source(node)))), Kind.NUMBER)
            except ArithmeticError:
                pass
        raise FormulaError(f"公式“{self.text}”里的“{self.source(node)}”不是十进制数。")

    def name(self, name: str) -> Typed:
        if name in self.names.columns:
            named = self.names.columns[name]
            return Typed(Column(name, named.kind), named.kind, named.unit)
        literal = self.names.constants.get(name)
        if isinstance(literal, tuple):
            raise FormulaError(f"“{name}”是一组值，只能写在 in 的后面。")
        if literal is not None:
            return Typed(literal, _kind_of(literal))
        known = [*self.names.columns, *self.names.constants]
        near = difflib.get_close_matches(name, known, 1)
        hint = f"是不是“{near[0]}”？" if near else f"可用：{'、'.join(known[:12])}{'等' if len(known) > 12 else ''}。"
        raise FormulaError(f"公式“{self.text}”里没有叫“{name}”的数据项。{hint}")

    def sign(self, node: ast.UnaryOp, operand: ast.expr) -> Typed:
        inner = self.number(operand)
        if isinstance(node.op, ast.UAdd):
            return inner
        if isinstance(inner.expression, Number):
            return Typed(Number(-inner.expression.value), Kind.NUMBER, inner.unit)
        return Typed(Negative(inner.expression), Kind.NUMBER, inner.unit)

    def number(self, node: ast.expr) -> Typed:
        typed = self.read(node)
        if typed.kind is not Kind.NUMBER:
            raise FormulaError(f"公式“{self.text}”里的“{self.source(node)}”是{typed.kind.label}，不能参加计算。")
        return typed

    def condition(self, node: ast.expr) -> Expression:
        typed = self.read(node)
        if typed.kind is not Kind.BOOLEAN:
            raise FormulaError(f"公式“{self.text}”里的“{self.source(node)}”是{typed.kind.label}，不是条件。")
        return typed.expression

    def arithmetic(self, node: ast.BinOp) -> Typed:
        left, right = self.number(node.left), self.number(node.right)
        operator = _OPERATORS[type(node.op)]
        if operator in "*/":
            return self.product(node, operator, left, right)
        if (left.unit is None) != (right.unit is None):
            bare, other = (left, right) if left.unit is None else (right, left)
            assert other.unit is not None
            if other.unit != PURE:
                shown_bare = self.source(node.left if bare is left else node.right)
                raise FormulaError(
                    f"公式“{self.text}”：单位是{shown(other.unit)}的数不能与没有单位的“{shown_bare}”相加减。"
                )
        left, right = self.same_unit(node, left, right)
        unit = left.unit if left.unit is not None else right.unit
        return Typed(Arithmetic(operator, left.expression, right.expression), Kind.NUMBER, unit)

    def product(self, node: ast.BinOp, operator: str, left: Typed, right: Typed) -> Typed:
        if operator == "/" and isinstance(right.expression, Number) and right.expression.value == 0:
            raise FormulaError(f"公式“{self.text}”里除以0。")
        if isinstance(left.expression, Number) and isinstance(right.expression, Number):
            a, b = left.expression.value, right.expression.value
            return Typed(Number(a * b if operator == "*" else a / b), Kind.NUMBER)
        expression = Arithmetic(operator, left.expression, right.expression)
        if left.unit is None and right.unit is None:
            return Typed(expression, Kind.NUMBER)
        above, below = left.unit or PURE, right.unit or PURE
        return Typed(expression, Kind.NUMBER, above * below if operator == "*" else above / below)

    def same_unit(self, node: ast.expr, left: Typed, right: Typed) -> tuple[Typed, Typed]:
        """The right side in the unit of the left. A bare number takes the other's unit."""
        if left.unit is None or right.unit is None:
            return left, right
        factor = conversion(right.unit, left.unit)
        if factor is None:
            raise FormulaError(
                f"公式“{self.text}”里的“{self.source(node)}”把单位{shown(left.unit)}与{shown(right.unit)}放在一起。请核对单位。"
            )
        return left, Typed(_scaled(right.expression, factor), Kind.NUMBER, left.unit)

    def comparison(self, node: ast.Compare) -> Typed:
        parts: list[Expression] = []
        left_node = node.left
        for operator, right_node in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, ast.In | ast.NotIn):
                parts.append(self.membership(left_node, right_node, isinstance(operator, ast.NotIn)))
            elif type(operator) in _COMPARISONS:
                parts.append(self.compare(node, left_node, _COMPARISONS[type(operator)], right_node))
            else:
                raise FormulaError(f"公式“{self.text}”里的比较写法不能用。{_ALLOWED}")
            left_node = right_node
        return Typed(parts[0] if len(parts) == 1 else Conjunction(True, tuple(parts)), Kind.BOOLEAN)

    def compare(self, node: ast.Compare, left_node: ast.expr, operator: str, right_node: ast.expr) -> Expression:
        left, right = self.read(left_node), self.read(right_node)
        if left.kind is not right.kind:
            raise FormulaError(f"公式“{self.text}”拿{left.kind.label}与{right.kind.label}相比。请核对两边的数据项。")
        if left.kind is Kind.BOOLEAN and operator not in ("==", "!="):
            raise FormulaError(f"公式“{self.text}”：是否之间不能比大小。")
        if left.kind is Kind.NUMBER:
            left, right = self.same_unit(node, left, right)
        return Comparison(operator, left.expression, right.expression, left.kind)

    def membership(self, item_node: ast.expr, list_node: ast.expr, negated: bool) -> Expression:
        item = self.read(item_node)
        values = self.listing(list_node)
        for value in values:
            if _kind_of(value) is not item.kind:
                raise FormulaError(
                    f"公式“{self.text}”：in 两边的种类不同（{item.kind.label}与{_kind_of(value).label}）。"
                )
        return Membership(item.expression, values, item.kind, negated)

    def listing(self, node: ast.expr) -> tuple[Literal, ...]:
        if isinstance(node, ast.Name):
            literal = self.names.constants.get(node.id)
            if isinstance(literal, tuple):
                return literal
        if isinstance(node, ast.List | ast.Tuple):
            values = [self.read(element).expression for element in node.elts]
            if all(isinstance(value, Number | Text | Date) for value in values):
                return tuple(value for value in values if isinstance(value, Number | Text | Date))
        raise FormulaError(f"公式“{self.text}”：in 后面须是 constants 里的一组值，或写成 ['甲', '乙']。")

    def call(self, name: str, nodes: list[ast.expr]) -> Typed:
        counts = {"missing": (1, 1), "abs": (1, 1), "ln": (1, 1), "exp": (1, 1), "sqrt": (1, 1), "full_years": (2, 2)}
        least, most = counts.get(name, (2, 20))
        if not least <= len(nodes) <= most:
            raise FormulaError(f"公式“{self.text}”：{name}() 须有{least}{'个' if least == most else '个以上'}参数。")
        if name == "missing":
            return Typed(Function(name, (self.read(nodes[0]).expression,), Kind.BOOLEAN), Kind.BOOLEAN)
        if name == "full_years":
            return self.full_years(nodes)
        if name in ("ln", "exp", "sqrt"):
            return self.pure(name, nodes[0])
        if name == "abs":
            inner = self.number(nodes[0])
            return Typed(Function(name, (inner.expression,), Kind.NUMBER), Kind.NUMBER, inner.unit)
        return self.alike(name, nodes)

    def full_years(self, nodes: list[ast.expr]) -> Typed:
        dates = [self.read(node) for node in nodes]
        if any(date.kind is not Kind.DATE for date in dates):
            raise FormulaError(f"公式“{self.text}”：full_years(起, 止) 的两个参数都须是日期。")
        return Typed(Function("full_years", tuple(date.expression for date in dates), Kind.NUMBER), Kind.NUMBER)

    def pure(self, name: str, node: ast.expr) -> Typed:
        inner = self.number(node)
        factor = Fraction(1) if inner.unit is None else conversion(inner.unit, PURE)
        if factor is None:
            assert inner.unit is not None
            raise FormulaError(f"公式“{self.text}”：{name}() 只能用于没有单位的数，这里是{shown(inner.unit)}。")
        return Typed(Function(name, (_scaled(inner.expression, factor),), Kind.NUMBER), Kind.NUMBER, PURE)

    def alike(self, name: str, nodes: list[ast.expr]) -> Typed:
        """coalesce takes anything of one kind; min and max take numbers. All in the first known unit."""
        parts = [self.read(node) for node in nodes] if name == "coalesce" else [self.number(node) for node in nodes]
        if len({part.kind for part in parts}) > 1:
            raise FormulaError(f"公式“{self.text}”：{name}() 的参数须是同一种类。")
        unit = next((part.unit for part in parts if part.unit is not None), None)
        if unit is not None:
            first = Typed(parts[0].expression, parts[0].kind, unit)
            parts = [self.same_unit(node, first, part)[1] for node, part in zip(nodes, parts, strict=True)]
        kind = parts[0].kind
        return Typed(Function(name, tuple(part.expression for part in parts), kind), kind, unit)


def _kind_of(literal: Literal) -> Kind:
    return {Number: Kind.NUMBER, Text: Kind.TEXT, Date: Kind.DATE}[type(literal)]


def read_constant(value: object) -> Literal | tuple[Literal, ...] | None:
    """A constant of the scheme: a number, a date (2019-04-09), a text, or a list of them."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | Decimal):
        return Number(Fraction(value))
    if isinstance(value, str):
        try:
            return Date(datetime.date.fromisoformat(value)) if len(value) == 10 else Text(value)
        except ValueError:
            return Text(value)
    if isinstance(value, list):
        items = [read_constant(item) for item in value]
        if items and all(isinstance(item, Number | Text | Date) for item in items):
            return tuple(item for item in items if isinstance(item, Number | Text | Date))
    return None
