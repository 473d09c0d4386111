"""Open one sheet of an XLSX workbook. Numbers become the text a spreadsheet shows in full: 15 significant digits."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import polars as pl
import python_calamine
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from mujun.intake.cells import MOST_COLUMNS, TOP, Cells, address, refusal, text_columns, too_many_columns
from mujun.intake.package import broken, open_package
from mujun.intake.sheet_scan import Scan, scan_sheet, sheet_entries

MOST_CELLS = 25_000_000
"""Of the rectangle that holds all values of a sheet."""

_ROWS = 20_000
_DIGITS = ".15g"
_Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_Result = TypeVar("_Result")


def open_workbook(path: Path, sheet: str | None) -> Cells:
    """The named sheet, or the first that can be seen."""
    package = open_package(path)
    entries = sheet_entries(package)
    workbook = _careful(path, lambda: CalamineWorkbook.from_path(str(path)))
    name, others = _choose(path, workbook, sheet)
    scan = scan_sheet(package, entries.get(name, ""))
    _check_extent(path, name, scan)
    cells = _careful(path, lambda: _read(workbook.get_sheet_by_name(name)))
    columns = _with_specials(list(text_columns(cells)), scan)
    top = _top(columns)
    return Cells(path.name, name, top, tuple(columns), other_sheets=others)


def _careful(path: Path, action: Callable[[], _Result]) -> _Result:
    """The reader's own errors, and its panics, mean that the file is damaged."""
    try:
        return action()
    except python_calamine.PasswordError as error:
        mend = "请用 WPS 或 Excel 打开，取消打开密码后另存。"
        raise refusal(path.name, "encrypted", "文件加了密码，读不了。", mend) from error
    except CalamineError as error:
        raise broken(path) from error
    except pl.exceptions.PanicException as error:
        raise broken(path) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # each Rust library has a class of its own
            raise
        raise broken(path) from error


def _choose(path: Path, workbook: CalamineWorkbook, sheet: str | None) -> tuple[str, tuple[str, ...]]:
    known = [meta for meta in workbook.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
    names = [meta.name for meta in known]
    if not names:
        raise refusal(path.name, "no_sheet", "工作簿里没有工作表。", "请核对是不是拿错了文件。")
    if sheet is None:
        visible = [meta.name for meta in known if meta.visible is SheetVisibleEnum.Visible]
        sheet = (visible or names)[0]
    if sheet not in names:
        message = f"没有叫“{sheet}”的工作表。"
        raise refusal(path.name, "no_such_sheet", message, f"文件里有：{'、'.join(names)}。")
    return sheet, tuple(name for name in names if name != sheet)


def _check_extent(path: Path, sheet: str, scan: Scan) -> None:
    if scan.width > MOST_COLUMNS:
        raise too_many_columns(path.name, sheet, scan.width)
    if scan.width * scan.height > MOST_CELLS:
        corner = address(scan.height, scan.width - 1)
        message = f"表格从A1到{corner}共{scan.width * scan.height:,}格，超过{MOST_CELLS:,}格，没有读。"
        raise refusal(path.name, "too_many_cells", message, "请删去表外的零星内容，或另存为 CSV。", sheet)


def _read(sheet: CalamineSheet) -> Iterator[list[list[str | None]]]:
    before: list[str | None] = [None] * (sheet.start[1] if sheet.start else 0)
    rows: list[list[str | None]] = []
    for row in sheet.iter_rows():
        rows.append([*before, *map(_text, row)])
        if len(rows) == _ROWS:
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
    changes: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), text in scan.special.items():
        changes[column][row - 1] = text
    for row, column in scan.percent:
        shown = columns[column][row - 1] if column < len(columns) and row <= len(columns[column]) else None
        if shown is not None and (row, column) not in scan.special:
            changes[column][row - 1] = format(float(shown) * 100, _DIGITS) + "%"
    height = max([len(column) for column in columns] + [row for row, _ in scan.special], default=0)
    while changes and len(columns) <= max(changes):
        columns.append(pl.Series(values=[], dtype=pl.String))
    columns = [column.extend_constant(None, height - len(column)) for column in columns]
    for place, texts in changes.items():
        columns[place] = columns[place].scatter(list(texts), list(texts.values()))
    return columns


def _top(columns: list[pl.Series]) -> tuple[tuple[str, ...], ...]:
    first = [column.head(TOP).fill_null("").to_list() for column in columns]
    return tuple(zip(*first, strict=True))
