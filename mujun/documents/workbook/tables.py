"""归类, 基准 and 计算: what stands on the desk, row by row. Decides nothing."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from mujun.documents.workbook.cells import ANY_ROW, FIRST, HEAD_ROWS
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.page import write_cell, write_heads
from mujun.documents.workbook.styles import Styles, width

_CLASS_HEADS = (("归为哪一栏", 20), ("代码开头", 14), ("类别", 30))
_MARK_HEADS = (
    ("指标", 40),
    ("用途", 20),
    ("范围", 28),
    ("统计方法", 26),
    ("单位数", 9),
    ("统计值", 16),
    ("采用值", 16),
    ("依据", 100),
)
_PRINTED_WIDTH = 250
"""How much of 计算 goes on one page across."""


def write_classes(sheet: Any, desk: Desk, styles: Styles) -> None:
    """How codes begin and the classes they belong to."""
    write_heads(sheet, [(head, "", wide, False) for head, wide in _CLASS_HEADS], styles)
    for row, one in enumerate(desk.classes, FIRST - 1):
        for place, (shown, style) in enumerate(zip(one, ("name", "code", "name"), strict=True)):
            sheet.write_string(row, place, shown, styles.cell(style))


def write_marks(sheet: Any, desk: Desk, styles: Styles) -> None:
    """One row per statistic and scope."""
    write_heads(sheet, [(head, "", wide, False) for head, wide in _MARK_HEADS], styles)
    for row, mark in enumerate(desk.marks, FIRST - 1):
        for place, shown in enumerate((mark.subject, mark.use, mark.scope, mark.method)):
            sheet.write_string(row, place, shown, styles.cell("name"))
        cells = ((4, mark.count, mark.counted, "whole"), (5, mark.raw, mark.raw_value, "plain"))
        for place, formula, value, style in (*cells, (6, mark.used, mark.used_value, mark.style)):
            if formula is None and value is None and place == 6:
                formula = '""'  # a missing one must be looked up as empty, not as 0
            write_cell(sheet, row, place, formula, value, styles.cell(style), array=mark.array and place < 6)
        sheet.write_string(row, 7, mark.basis, styles.cell("basis"))


def pages_wide(desk: Desk) -> int:
    """On how many pages across 计算 can be read."""
    return 1 + int(sum(width(column.style) for column in desk.columns) // _PRINTED_WIDTH)


def write_calculation(sheet: Any, desk: Desk, styles: Styles) -> None:
    """One row per unit, one column per step of the sum, live."""
    place = 0
    for section, some in groupby(desk.columns, key=lambda one: one.section):
        count = len(list(some))
        sheet.write_string(HEAD_ROWS - 3, place, section, styles.section)
        for other in range(place + 1, place + count):
            sheet.write_blank(HEAD_ROWS - 3, other, None, styles.section)
        place += count
    write_heads(sheet, [(one.head, one.note, width(one.style), one.helper) for one in desk.columns], styles)
    formats = [styles.cell(one.style, helper=one.helper) for one in desk.columns]
    units = range(desk.size)
    for _, block in groupby(units, key=lambda unit: desk.group_labels[unit]):
        members = list(block)
        formulas = [_once(one.formula, members[0]) for one in desk.columns]
        for unit in members:
            shown = str(FIRST + unit)
            for place, (one, parts) in enumerate(zip(desk.columns, formulas, strict=True)):
                formula = None if parts is None else shown.join(parts)
                write_cell(sheet, FIRST + unit - 1, place, formula, one.values[unit], formats[place])


def _once(formula: Any, unit: int) -> list[str] | None:
    """A block's formula, cut where the row goes."""
    return None if formula is None else formula(unit, ANY_ROW).split(str(ANY_ROW))
