"""原始数据: one row per unit, green cells may be changed."""

from __future__ import annotations

from typing import Any

from mujun.documents.workbook.cells import FIRST, NO, RAW, YES, Column
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.page import write_cell, write_heads, write_value
from mujun.documents.workbook.styles import Styles, width
from mujun.scheme.model import Scheme, Variable

STATE = 2
"""The column that says whether a unit takes part."""

_WIDTH = 14


def pages_wide(desk: Desk) -> int:
    """On how many pages across the sheet can be read."""
    return 1 + int(len(desk.scheme.variables) * _WIDTH // 200)


def plan_raw(scheme: Scheme) -> list[tuple[Variable, Column]]:
    """Where each variable stands."""
    return [(one, Column(RAW, place)) for place, one in enumerate(scheme.variables.values(), STATE + 1)]


def write_raw(sheet: Any, desk: Desk, styles: Styles) -> None:
    """Key, name, whether it takes part, then every variable as it was read."""
    planned = plan_raw(desk.scheme)
    heads = [(f"{desk.scheme.unit_label}代码", "", width("key"), False), ("名称", "", width("name"), False)]
    heads.append(("参评", "不参评的写明原因", 26, False))
    write_heads(sheet, heads + [(_head(one), _note(one), _WIDTH, False) for one, _ in planned], styles)
    reason = desk.here.get("because", desk.here[""])[0]
    keys, names, because = desk.get("key"), desk.get("name"), desk.get("excluded_because")
    columns = [([_shown(value) for value in desk.get(f"column:{one.id}")], _style(one, styles)) for one, _ in planned]
    for unit in range(desk.size):
        row = FIRST + unit - 1
        sheet.write_string(row, 0, keys[unit], styles.cell("key"))
        sheet.write_string(row, 1, names[unit] or "", styles.cell("name"))
        state = f'IF({desk.here[""][0].cell(row + 1, RAW)}="{YES}","{YES}",{reason.cell(row + 1, RAW)})'
        shown = YES if desk.here[""][1][unit] else because[unit] or NO
        write_cell(sheet, row, STATE, state, shown, styles.cell("name"))
        for place, (values, style) in enumerate(columns, STATE + 1):
            write_value(sheet, row, place, values[unit], style)


def _head(one: Variable) -> str:
    return f"{one.label}（{one.unit_text}）" if one.unit_text else one.label


def _note(one: Variable) -> str:
    default = "" if one.default is None else f"空格按{_shown(one.default)}计"
    return "；".join(part for part in (one.source and f"来源：{one.source}", default) if part)


def _shown(value: Any) -> Any:
    return (YES if value else NO) if isinstance(value, bool) else value


def _style(one: Variable, styles: Styles) -> Any:
    return styles.cell(
        {"text": "raw_text", "boolean": "raw_text", "date": "date"}.get(one.kind.value, "plain"), open_=True
    )
