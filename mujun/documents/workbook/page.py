"""What every sheet has: title, warnings, heads, page set-up, protection; and how one cell is written."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from mujun.documents.workbook.cells import HEAD_ROWS
from mujun.documents.workbook.styles import Styles

_OLDEST = date(1900, 3, 1)
"""Before it Excel and LibreOffice count days differently."""
_MOST_LINES = 9
_LINE = 10.5


class FormulaSheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes formulas as they are: looking for functions of later Excels in each takes most of the time,
    and would find them in quoted labels.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("{").removesuffix("}").removeprefix("=")


def title(sheet: Any, heading: str, marks: str, hint: str, styles: Styles) -> None:
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, heading, styles.title)
    sheet.write_string(1, 0, marks, styles.warning)
    if hint:
        sheet.write_string(2, 0, hint, styles.note)


def set_up_page(sheet: Any, head_rows: int, frozen_columns: int, pages_wide: int = 1) -> None:
    """Frozen panes, landscape A4, the head on every page."""
    sheet.freeze_panes(head_rows, frozen_columns)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(pages_wide, 0)
    sheet.repeat_rows(0, head_rows - 1)
    if pages_wide > 1:
        sheet.repeat_columns(0, frozen_columns - 1)
        sheet.print_across()
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&L&A&C第 &P 页，共 &N 页")


def protect(sheet: Any) -> None:
    """Without a password: it guards against slips, not against people."""
    allowed = ("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")
    sheet.protect("", dict.fromkeys(allowed, True))


def write_heads(sheet: Any, heads: list[tuple[str, str, float, bool]], styles: Styles) -> None:
    """Head and note of each column (head, note, width, helper); columns grow until their notes can be read."""
    widths = [_wide_enough(note, wide) for _, note, wide, _ in heads]
    head_lines = max((_lines(head, wide * 0.95) for (head, *_), wide in zip(heads, widths, strict=True)), default=1)
    note_lines = max((_note_lines(one[1], wide) for one, wide in zip(heads, widths, strict=True)), default=0)
    sheet.set_row(HEAD_ROWS - 2, max(20, 14 * head_lines + 6))
    sheet.set_row(HEAD_ROWS - 1, max(14, _LINE * note_lines + 5))
    for place, wide in enumerate(widths):
        sheet.set_column(place, place, wide)
    for place, (head, _, _, helper) in enumerate(heads):
        sheet.write_string(HEAD_ROWS - 2, place, head, styles.helper_head if helper else styles.head)
    for place, (_, note, _, _) in enumerate(heads):
        sheet.write_string(HEAD_ROWS - 1, place, note, styles.basis)


def _wide_enough(note: str, wide: float) -> float:
    while _note_lines(note, wide) > _MOST_LINES and wide < 40:
        wide += 2
    return wide


def _note_lines(note: str, wide: float) -> int:
    return _lines(note, wide * 1.15)


def _lines(shown: str, room: float) -> int:
    """A Chinese character takes two places."""
    return ceil(sum(1 if character.isascii() else 2 for character in shown) / room)


def write_cell(
    sheet: Any, row: int, place: int, formula: str | None, value: Any, style: Any, array: bool = False
) -> None:
    """A formula with the value that previews show, or a plain value."""
    if formula is None:
        write_value(sheet, row, place, value, style)
    elif array:
        sheet.write_array_formula(row, place, row, place, f"{{={formula}}}", style, "" if value is None else value)
    else:
        sheet.write_formula(row, place, formula, style, "" if value is None else serial(value))


def write_value(sheet: Any, row: int, place: int, value: Any, style: Any) -> None:
    """Text stays text, whatever it begins with; nothing is an empty cell."""
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, style)
    elif isinstance(value, date):
        if value >= _OLDEST:
            sheet.write_datetime(row, place, value, style)
        else:
            sheet.write_string(row, place, value.isoformat(), style)
    else:
        sheet.write_number(row, place, value, style)


def serial(value: Any) -> Any:
    """A date as the number that a formula gives."""
    return (value - date(1899, 12, 30)).days if isinstance(value, date) else value
