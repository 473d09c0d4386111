"""Put what stands on the desk into 原始数据, 基准 and 计算. Decides nothing."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from mujun.documents.workbook.cells import CALC, FIRST, HEAD_ROWS, NO, RAW, YES, Column
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.styles import Styles, width
from mujun.scheme.model import Classify, Variable

_MARK_HEADS = (
    ("指标", 24),
    ("用途", 20),
    ("范围", 28),
    ("统计方法", 26),
    ("单位数", 9),
    ("统计值", 16),
    ("采用值", 16),
    ("依据", 70),
)
_OLDEST = date(1900, 3, 1)
"""Before it Excel and LibreOffice count days differently."""
RAW_STATE = 2
"""The column of 原始数据 that says whether a unit takes part."""


def plan_raw(desk: Desk) -> list[tuple[Variable | Classify, Column]]:
    """Where each variable and classification stands in 原始数据."""
    scheme = desk.scheme
    wanted = [one for one in scheme.derived if isinstance(one, Classify)]
    planned: list[Variable | Classify] = [*wanted, *scheme.variables.values()]
    return [(one, Column(RAW, place)) for place, one in enumerate(planned, RAW_STATE + 1)]


def title(sheet: Any, heading: str, marks: str, styles: Styles) -> None:
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, heading, styles.title)
    sheet.write_string(1, 0, marks, styles.warning)


def set_up_page(sheet: Any, head_rows: int, frozen_columns: int) -> None:
    """Frozen panes, landscape A4, one page wide, the head on every page."""
    sheet.freeze_panes(head_rows, frozen_columns)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head_rows - 1)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&L&A&C第 &P 页，共 &N 页")


def protect(sheet: Any) -> None:
    """Without a password: it guards against slips, not against people."""
    allowed = ("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")
    sheet.protect("", dict.fromkeys(allowed, True))


def write_raw(sheet: Any, desk: Desk, planned: list[tuple[Variable | Classify, Column]], styles: Styles) -> None:
    """One row per unit; green cells may be changed."""
    heads = [(f"{desk.scheme.unit_label}代码", "", "key"), ("名称", "", "name"), ("参评", "不参评的写明原因", "wide")]
    for place, (head, note, style) in enumerate(heads):
        _head(sheet, place, head, note, styles, helper=False)
        sheet.set_column(place, place, {"wide": 16}.get(style, width(style)))
    for one, column in planned:
        _raw_head(sheet, one, column.index, styles)
    reason = desk.here.get("because", desk.here[""])[0]
    keys, names = desk.get("key"), desk.get("name")
    for unit in range(desk.size):
        row = FIRST + unit
        sheet.write_string(row - 1, 0, keys[unit], styles.cell("key"))
        sheet.write_string(row - 1, 1, names[unit] or "", styles.cell("name"))
        state, because = desk.here[""][0].cell(row, RAW), reason.cell(row, RAW)
        shown = YES if desk.here[""][1][unit] else desk.get("excluded_because")[unit] or NO
        formula = f'=IF({state}="{YES}","{YES}",{because})'
        sheet.write_formula(row - 1, RAW_STATE, formula, styles.cell("text"), shown)
    for one, column in planned:
        _raw_column(sheet, desk, one, column.index, styles)


def _head(sheet: Any, place: int, head: str, note: str, styles: Styles, *, helper: bool) -> None:
    sheet.write_string(HEAD_ROWS - 2, place, head, styles.helper_head if helper else styles.head)
    sheet.write_string(HEAD_ROWS - 1, place, note, styles.basis)


def _raw_head(sheet: Any, one: Variable | Classify, place: int, styles: Styles) -> None:
    if isinstance(one, Classify):
        _head(sheet, place, one.label, "由代码归类（固定值，改代码不会重归）", styles, helper=True)
        sheet.set_column(place, place, 18)
        return
    unit = f"（{one.unit_text}）" if one.unit_text else ""
    default = "" if one.default is None else f"空格按{_default_in_words(one)}计"
    note = "；".join(part for part in (one.source and f"来源：{one.source}", default) if part)
    _head(sheet, place, f"{one.label}{unit}", note, styles, helper=False)
    sheet.set_column(place, place, 12)


def _default_in_words(one: Variable) -> str:
    if isinstance(one.default, bool):
        return YES if one.default else NO
    return str(one.default)


def _raw_column(sheet: Any, desk: Desk, one: Variable | Classify, place: int, styles: Styles) -> None:
    values = desk.get(f"column:{one.id}")
    open_ = isinstance(one, Variable)
    kind = "text" if isinstance(one, Classify) else one.kind.value
    style = styles.cell({"text": "raw_text", "date": "date"}.get(kind, "plain"), open_=open_)
    for unit, value in enumerate(values):
        row = FIRST + unit - 1
        if value is None:
            sheet.write_blank(row, place, None, style)
        elif isinstance(value, bool):
            sheet.write_string(row, place, YES if value else NO, style)
        elif isinstance(value, str):
            sheet.write_string(row, place, value, style)
        elif isinstance(value, date):
            _write_date(sheet, row, place, value, style)
        else:
            sheet.write_number(row, place, value, style)


def _write_date(sheet: Any, row: int, place: int, value: date, style: Any) -> None:
    if value >= _OLDEST:
        sheet.write_datetime(row, place, value, style)
    else:
        sheet.write_string(row, place, value.isoformat(), style)


def write_marks(sheet: Any, desk: Desk, styles: Styles) -> None:
    """One row per statistic and scope."""
    for place, (head, wide) in enumerate(_MARK_HEADS):
        _head(sheet, place, head, "", styles, helper=False)
        sheet.set_column(place, place, wide)
    for row, mark in enumerate(desk.marks, HEAD_ROWS):
        for place, shown in enumerate((mark.subject, mark.use, mark.scope, mark.method)):
            sheet.write_string(row, place, shown, styles.cell("name"))
        cells = ((4, mark.count, mark.counted, "whole"), (5, mark.raw, mark.raw_value, "plain"))
        for place, formula, value, style in (*cells, (6, mark.used, mark.used_value, mark.style)):
            _write(sheet, row, place, formula, value, styles.cell(style), array=mark.array and place < 6)
        sheet.write_string(row, 7, mark.basis, styles.cell("name"))


def _write(
    sheet: Any, row: int, place: int, formula: str | None, value: Any, style: Any, *, array: bool = False
) -> None:
    if formula is None:
        _write_value(sheet, row, place, value, style)
    elif array:
        sheet.write_array_formula(row, place, row, place, f"{{={formula}}}", style, "" if value is None else value)
    else:
        sheet.write_formula(row, place, f"={formula}", style, "" if value is None else value)


def _write_value(sheet: Any, row: int, place: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, style)
    elif isinstance(value, date):
        _write_date(sheet, row, place, value, style)
    else:
        sheet.write_number(row, place, value, style)


def write_calculation(sheet: Any, desk: Desk, styles: Styles) -> None:
    """One row per unit, one column per step of the sum, live."""
    place = 0
    for section, some in groupby(desk.columns, key=lambda one: one.section):
        count = len(list(some))
        sheet.write_string(HEAD_ROWS - 3, place, section, styles.section)
        for other in range(place + 1, place + count):
            sheet.write_blank(HEAD_ROWS - 3, other, None, styles.section)
        place += count
    sheet.set_row(HEAD_ROWS - 2, 46)
    sheet.set_row(HEAD_ROWS - 1, 62)
    for place, column in enumerate(desk.columns):
        _head(sheet, place, column.head, column.note, styles, helper=column.helper)
        sheet.set_column(place, place, width(column.style))
        style = styles.cell(column.style, helper=column.helper)
        for unit, value in enumerate(column.values):
            row = FIRST + unit
            formula = None if column.formula is None else column.formula(unit, row)
            shown = serial(value) if formula is not None else value
            _write(sheet, row - 1, place, formula, shown, style)


def serial(value: Any) -> Any:
    """A date as the number that a formula gives."""
    return (value - date(1899, 12, 30)).days if isinstance(value, date) else value


__all__ = ["CALC", "plan_raw", "protect", "set_up_page", "title", "write_calculation", "write_marks", "write_raw"]
