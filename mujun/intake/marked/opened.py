"""The workbook to mark: the sender's own, or a new one of the same cells. What reading refuses is never opened."""

from __future__ import annotations

import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from attrs import frozen
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake.cells import Cells
from mujun.intake.column import as_text
from mujun.intake.open import open_cells
from mujun.intake.package import open_package

MOST_ROWS = 1_048_575
"""One less than a sheet holds."""
MOST_CELLS = 2_000_000
"""Of the read sheet; beyond, opening a workbook to mark it would take the memory of a small machine."""
NEVER = datetime(1980, 1, 1)
_DRAWN = ("xl/drawings/drawing", "xl/charts/", "xl/media/")


@frozen
class Opened:
    """`sheet` is the name of the sheet that was read; `notes` are what the sender has to be told about the copy."""

    workbook: Any
    sheet: str
    modified: datetime
    notes: tuple[str, ...] = ()


def open_to_mark(original: Path, sheet: str | None) -> Opened:
    """Raises CannotGoOn for whatever reading refuses, and for what is too large to be marked."""
    cells = open_cells(original, sheet)
    if cells.height * len(cells.columns) > MOST_CELLS or cells.height > MOST_ROWS:
        raise CannotGoOn([_too_large(cells)])
    if original.suffix.lower() != ".xlsx":
        kind = original.suffix.lower().removeprefix(".").upper()
        note = f"您报的是 {kind} 文件，这一份是用它的各格原样另存的 .xlsx，请在这一份上改。"
        return Opened(_same_cells(cells), _title(cells, original), NEVER, (note,))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what it leaves out; told below in the sender's words
            workbook = openpyxl.load_workbook(original, rich_text=True)
    except Exception:  # it is stricter than the reader, in ways of its own, and the sender has to get an answer
        note = "您的工作簿里有不合规范的格式，这一份是用读到的各格另存的，没有原来的格式。"
        return Opened(_same_cells(cells), _title(cells, original), NEVER, (note,))
    return Opened(workbook, cells.sheet, workbook.properties.modified or NEVER, _left_out(original))


def _left_out(original: Path) -> tuple[str, ...]:
    if any(name.startswith(_DRAWN) for name in open_package(original).entries):
        return ("原表中的图片、图表和形状没有带到这一份里，数据、公式和格式都在；需要的请看原文件。",)
    return ()


def _title(cells: Cells, original: Path) -> str:
    return "".join(sign for sign in cells.sheet or original.stem if sign not in "[]:*?/\\'")[:31] or "填报"


def _same_cells(cells: Cells) -> Any:
    """Texts stay texts: a code keeps its zeros, a number its digits."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.title = _title(cells, Path(cells.file))
    workbook.properties.created = NEVER
    below = 0 if cells.first_row == 1 else 1
    for place, text in enumerate(cells.top[0] if below and cells.top else (), start=1):
        write_text(page.cell(1, place), text)
    for place, column in enumerate(cells.columns, start=1):
        texts = as_text(column)
        for row, text in enumerate([] if texts is None else texts.to_list(), start=1 + below):
            if text is not None:
                write_text(page.cell(row, place), text)
        page.column_dimensions[openpyxl.utils.get_column_letter(place)].width = 18
    return workbook


def write_text(cell: Any, text: str) -> None:
    """A text, whatever it looks like: `=1+1` is no formula here. What XML cannot hold is left out."""
    cell.value = without_controls(text)
    cell.data_type = "s"
    cell.number_format = "@"


def without_controls(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _too_large(cells: Cells) -> Finding:
    message = f"表格有{cells.height:,}行、{len(cells.columns)}列，太大，没有逐格标注。"
    mend = "请照核对意见的清单改正；或分成几个文件报送。"
    return Finding(Severity.WARNING, "too_large_to_mark", message, mend, file=cells.file, sheet=cells.sheet)
