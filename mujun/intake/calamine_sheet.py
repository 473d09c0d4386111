"""Read one sheet of a workbook. Numbers become the text a spreadsheet shows in full: 15 significant digits."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import polars as pl
import python_calamine
from attrs import frozen
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from mujun.intake.cells import (
    MOST_COLUMNS,
    TOP,
    Cells,
    Progress,
    Range,
    address,
    refusal,
    silent,
    text_columns,
    too_many_columns,
)
from mujun.intake.kind import password_needed
from mujun.intake.package import broken
from mujun.intake.scan import Scan

MOST_CELLS = 25_000_000
"""Of the rectangle that holds all values of a sheet."""
MOST_EMPTY_CELLS, FULL = 2_000_000, 20
"""A rectangle of more cells has to be filled to a twentieth: one stray cell far out would cost ten seconds."""
MOST_MERGED = 10_000
"""Merged ranges that are told of."""
FINDINGS_SHEET = "核对意见"
"""Put in front of a workbook that was sent back; it is passed over when the mended workbook comes in again."""

_ROWS = 10_000
_DIGITS = ".15g"
_Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_Result = TypeVar("_Result")


@frozen
class Chosen:
    """An open workbook and the sheet to read."""

    path: Path
    workbook: CalamineWorkbook
    name: str
    others: tuple[str, ...]


def choose_sheet(path: Path, sheet: str | None) -> Chosen:
    """The named sheet, or the first that can be seen and is the sender's own."""
    workbook = _careful(path, lambda: CalamineWorkbook.from_path(str(path)))
    known = [meta for meta in workbook.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
    names = [meta.name for meta in known]
    if not names:
        raise refusal(path.name, "no_sheet", "工作簿里没有工作表。", "请核对是不是拿错了文件。")
    if sheet is None:
        visible = [meta.name for meta in known if meta.visible is SheetVisibleEnum.Visible]
        sheet = next((name for name in visible if name != FINDINGS_SHEET), (visible or names)[0])
    if sheet not in names:
        message = f"没有叫“{sheet}”的工作表。"
        raise refusal(path.name, "no_such_sheet", message, f"文件里有：{'、'.join(names)}。")
    return Chosen(path, workbook, sheet, tuple(name for name in names if name != sheet))


def read_sheet(chosen: Chosen, scan: Scan, progress: Progress = silent) -> Cells:
    """All cells. `scan` says how far they reach, and what calamine leaves out."""
    path, name = chosen.path, chosen.name
    _check_extent(path, name, scan)
    page = _careful(path, lambda: chosen.workbook.get_sheet_by_name(name))
    columns = _with_specials(list(_careful(path, lambda: text_columns(_rows(page, progress)))), scan)
    merged = _careful(path, lambda: page.merged_cell_ranges or [])
    return Cells(path.name, name, _top(columns), tuple(columns), other_sheets=chosen.others, merged=_ranges(merged))


def _careful(path: Path, action: Callable[[], _Result]) -> _Result:
    """The reader's own errors, and its panics, mean that the file is damaged."""
    try:
        return action()
    except python_calamine.PasswordError as error:
        raise password_needed(path) from error
    except (CalamineError, OverflowError, ValueError) as error:  # a date beyond the calendar is one too
        raise broken(path) from error
    except pl.exceptions.PanicException as error:
        raise broken(path) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # each Rust library has a class of its own
            raise
        raise broken(path) from error


def _check_extent(path: Path, sheet: str, scan: Scan) -> None:
    if scan.width > MOST_COLUMNS:
        raise too_many_columns(path.name, sheet, scan.width)
    area, mend = scan.width * scan.height, "请删去表外的零星内容，或另存为 CSV。"
    if area > MOST_CELLS:
        message = f"表格从A1到{address(scan.height, scan.width - 1)}共{area:,}格，超过{MOST_CELLS:,}格，没有读。"
        raise refusal(path.name, "too_many_cells", message, mend, sheet)
    if area > MOST_EMPTY_CELLS and area > FULL * scan.filled:
        corner = address(scan.height, scan.width - 1)
        message = f"表格从A1到{corner}共{area:,}格，只有约{scan.filled:,}格有内容，没有读。"
        raise refusal(path.name, "too_many_cells", message, mend, sheet)


def _rows(sheet: CalamineSheet, progress: Progress) -> Iterator[list[list[str | None]]]:
    before: list[str | None] = [None] * (sheet.start[1] if sheet.start else 0)
    rows: list[list[str | None]] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        rows.append([*before, *map(_text, row)])
        if len(rows) == _ROWS:
            progress(number, sheet.total_height)
            yield rows
            rows = []
    if rows:
        yield rows


def _text(value: _Value) -> str | None:
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return format(value, _DIGITS)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def _with_specials(columns: list[pl.Series], scan: Scan) -> list[pl.Series]:
    """Put in what the reader left out: errors, formulas without a result, per cent as shown."""
    while len(columns) < scan.width and any(place >= len(columns) for place in scan.special):
        columns.append(pl.Series(values=[], dtype=pl.String))
    height = max([len(column) for column in columns] + [scan.height if scan.special else 0], default=0)
    columns = [column.extend_constant(None, height - len(column)) for column in columns]
    for place, rows in scan.percent.items():
        if place < len(columns):
            columns[place] = _as_per_cent(columns[place], pl.Series(values=rows, dtype=pl.UInt32) - 1)
    for place, (rows, texts) in scan.special.items():
        columns[place] = columns[place].scatter(pl.Series(values=rows, dtype=pl.UInt32) - 1, texts)
    return columns


def _as_per_cent(column: pl.Series, rows: pl.Series) -> pl.Series:
    """0.25 becomes 25%, in these rows; what is no number stays."""
    rows = rows.filter(rows < len(column))
    shown = column.gather(rows)
    numbers = shown.cast(pl.Float64, strict=False)
    rows, numbers = rows.filter(numbers.is_not_null()), numbers.drop_nulls()
    return column.scatter(rows, [format(number * 100, _DIGITS) + "%" for number in numbers.to_list()])


def _top(columns: list[pl.Series]) -> tuple[tuple[str, ...], ...]:
    first = [column.head(TOP).fill_null("").to_list() for column in columns]
    return tuple(zip(*first, strict=True))


def _ranges(merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Range, ...]:
    return tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in merged[:MOST_MERGED])
