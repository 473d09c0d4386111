"""One table as a workbook: what a page lists, with the same rows. Text stays text whatever it begins with.

Decides nothing about who may have it.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from attrs import frozen

_CREATED = datetime.datetime(2019, 4, 9)
"""Same input, same bytes."""
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


@frozen
class Column:
    """`number`: cells that hold a number are written as one; empty ones stay empty."""

    head: str
    width: int = 14
    number: str = ""


def workbook_of_rows(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[str | int | float | None]], note: str = ""
) -> bytes:
    """`number` of a column is its format, such as 0.0000."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _SAFE)
    book.set_properties({"title": title, "created": _CREATED})
    base = {"font_name": "宋体", "font_size": 11}
    head, text = book.add_format({**base, "bold": True, "bottom": 1}), book.add_format(base)
    numbers = {one.number: book.add_format({**base, "num_format": one.number}) for one in columns if one.number}
    sheet = book.add_worksheet("名单")
    sheet.write_string(0, 0, title, book.add_format({**base, "font_size": 16, "bold": True}))
    sheet.write_string(1, 0, note, text)
    for place, column in enumerate(columns):
        sheet.write_string(3, place, column.head, head)
        sheet.set_column(place, place, column.width)
    for line, row in enumerate(rows, start=4):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is None or value == "":
                continue
            if column.number:
                sheet.write_number(line, place, float(value), numbers[column.number])
            else:
                sheet.write_string(line, place, str(value), text)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return buffer.getvalue()
