"""What stands outside the header: columns without a name, rows that are too long. Passes over nothing in silence."""

from __future__ import annotations

import polars as pl

from mujun.intake.cells import Cells, address, letters
from mujun.intake.column import as_text
from mujun.intake.header import Header
from mujun.intake.report import MOST, Report, cells_shown
from mujun.intake.words import trim


def report_outside(cells: Cells, body: Cells, header: Header, report: Report) -> None:
    """Contents of columns without a header."""
    texts = trim(pl.Series(values=header.texts, dtype=pl.String))
    nameless = texts.is_null().arg_true().to_list()
    beyond = range(header.width, len(body.columns))
    if cells.ragged:
        _report_too_long(body, header, report)
    for place in nameless if cells.ragged else [*nameless, *beyond]:
        filled = None if place >= len(body.columns) else as_text(body.columns[place])
        rows = [] if filled is None else (trim(filled).is_not_null().arg_true() + body.first_row).to_list()
        if rows:
            shown = cells_shown(rows, place)
            message = f"{letters(place)}列没有表头，有{len(rows):,}格内容没有读入：{shown}。"
            report.warning(
                "column_without_header", message, "请补上表头，或删去这些内容。", cell=address(header.row, place)
            )


def _report_too_long(body: Cells, header: Header, report: Report) -> None:
    """Rows with more cells than the header: a comma in a number shifts all that follows, though the last is empty."""
    beyond = body.columns[header.width :]
    if not beyond:
        return
    there, written = beyond[0].is_not_null(), body.columns[0].is_not_null()
    long = there if there.sum() < written.sum() else there & False
    for column in beyond:
        long = long | trim(column).is_not_null()
    for row in long.arg_true().head(MOST).to_list():
        message = f"这一行的格数比表头多：表头只有{header.width}列。后面各格可能错位。"
        mend = "请核对数字或名称里有没有英文逗号：去掉它，或给这一格加上英文双引号。"
        report.error("row_too_long", message, mend, cell=address(row + body.first_row, header.width))
    report.many("row_too_long", len(long.arg_true()), "格数比表头多的行")
