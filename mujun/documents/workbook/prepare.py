"""The first columns of 计算: who a unit is, what it is classed as, whether it takes part. No scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mujun.documents.workbook.cells import NO, YES, Column, all_of, text
from mujun.documents.workbook.classes import put_classes
from mujun.documents.workbook.desk import Desk, Formula
from mujun.documents.workbook.language import Name
from mujun.documents.workbook.meaning import Row, worth
from mujun.scheme.expression import Expression, Kind
from mujun.scheme.model import Choose, Classify, Computed, Node, Rule


def words(known: Sequence[bool | None]) -> list[str]:
    """是 and 否."""
    return ["" if one is None else YES if one else NO for one in known]


def inputs(desk: Desk) -> list[Row]:
    """Every unit's variables and derived columns."""
    prefix = "column:"
    columns = {name.removeprefix(prefix): desk.get(name) for name in desk.frame.columns if name.startswith(prefix)}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def put_identity(desk: Desk) -> None:
    """Key, name, derived columns, and a check that the unit still belongs to its block."""
    desk.section = "单位"
    scheme = desk.scheme
    desk.add(f"{scheme.unit_label}代码", None, desk.get("key"), style="key")
    desk.add("名称", None, desk.get("name"), style="name")
    for derived in scheme.derived:
        if isinstance(derived, Classify):
            put_classes(desk, derived)
        else:
            put_derived(desk, derived)
    if scheme.group_by:
        desk.area(scheme.group_by)
    if scheme.group_by and all(desk.names[name].kind is Kind.TEXT for name in scheme.group_by):
        _put_block_check(desk)


def _put_block_check(desk: Desk) -> None:
    def formula(unit: int, row: int) -> str:
        same = []
        for name, label in zip(desk.scheme.group_by, desk.group_labels[unit], strict=True):
            column = desk.names[name].column
            assert column is not None
            same.append(f"EXACT({column.cell(row)},{text('' if label is None else label)})")
        return f'IF({all_of(*same)},"","组别已变")'

    note = "改动使单位换了组时，本表仍按原组计算，须重新评价"
    desk.add("组别核对", formula, [""] * desk.size, style="text", helper=True, note=note)


def put_derived(desk: Desk, derived: Choose | Computed) -> None:
    """A column made from columns, live."""
    label = desk.scheme.column_labels.get(derived.id, derived.id)
    values = desk.get(f"column:{derived.id}")
    kind = derived.kind if isinstance(derived, Computed) else Kind.TEXT
    style = {Kind.NUMBER: "plain", Kind.DATE: "date"}.get(kind, "text")
    shown: Sequence[Any] = words(values) if kind is Kind.BOOLEAN else values

    def formula(unit: int, row: int) -> str:
        return _derived_formula(desk, derived, kind, row)

    desk.names[derived.id] = Name(desk.add(label, formula, shown, style=style), kind)


def _derived_formula(desk: Desk, derived: Choose | Computed, kind: Kind, row: int) -> str:
    language = desk.language
    if isinstance(derived, Choose):
        result = text(derived.otherwise or "")
        for when, then in reversed(derived.choices):
            result = f"IF({language.true(when, row)},{text(then)},{result})"
        return result
    if kind is Kind.BOOLEAN:
        untrue = language.untrue(derived.expression, row)
        return f'IF({language.true(derived.expression, row)},{text(YES)},IF({untrue},{text(NO)},""))'
    return language.text(derived.expression, row) if kind is Kind.TEXT else language.value(derived.expression, row)


def put_rule(desk: Desk, kind: str, rule: Rule, prefix: str) -> Column:
    """Whether a condition holds, 是 or 否."""
    held = desk.get(f"{kind}:{rule.id}")
    desk.rules[rule.id], _ = put_condition(desk, f"{prefix}：{rule.label}", rule.when, held, desk.basis(rule.basis))
    return desk.rules[rule.id]


def put_condition(
    desk: Desk, head: str, when: Expression, values: Sequence[bool], note: str, also: Formula | None = None
) -> tuple[Column, Sequence[bool]]:
    """A column of 是 and 否; `also` must hold too."""

    def formula(unit: int, row: int) -> str:
        held = desk.language.true(when, row)
        if also is not None:
            held = all_of(also(unit, row), held)
        return f"IF({held},{text(YES)},{text(NO)})"

    return desk.add(head, formula, words(values), note=note, style="text"), values


def put_eligibility(desk: Desk) -> None:
    """Every rule, whether all hold, and why not; then where nodes apply."""
    desk.section = "参评"
    scheme = desk.scheme
    columns = [put_rule(desk, "eligibility", rule, "参评条件") for rule in scheme.eligibility]
    held = [bool(one) for one in desk.get("eligible")]

    def eligible(unit: int, row: int) -> str:
        return f"IF({all_of(*(f'{column.cell(row)}={text(YES)}' for column in columns))},{text(YES)},{text(NO)})"

    def reasons(unit: int, row: int) -> str:
        parts = [
            f'IF({column.cell(row)}={text(YES)},"",{text("；" + rule.label)})'
            for column, rule in zip(columns, scheme.eligibility, strict=True)
        ]
        return f"MID({'&'.join(parts)},2,999)"

    desk.here[""] = (desk.add("参评", eligible, words(held), style="text"), held)
    if columns:
        because = [one or "" for one in desk.get("excluded_because")]
        desk.here["because"] = (desk.add("不参评原因", reasons, because, style="reason"), held)
    _put_applies(desk, scheme.root, desk.here[""], inputs(desk))


def _put_applies(desk: Desk, node: Node, above: tuple[Column, Sequence[bool]], rows: list[Row]) -> None:
    here = above
    if node.applies is not None:
        values = [held and worth(node.applies, row) is True for held, row in zip(above[1], rows, strict=True)]

        def also(unit: int, row: int) -> str:
            return f"{above[0].cell(row)}={text(YES)}"

        here = put_condition(desk, f"适用：{node.label}", node.applies, values, desk.basis(node.basis), also)
    desk.here[node.id] = here
    for child in node.children:
        _put_applies(desk, child, here, rows)
