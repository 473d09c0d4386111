"""The list as a workbook of one sheet. Text is written as text whatever it starts with; numbers as numbers."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import xlsxwriter

from mujun.charts.palette import OCHRE_INK, SOFT, VERMILION
from mujun.documents.lists import print_set_up
from mujun.proof.offline.lists import GROUP, NUMBER
from mujun.proof.published_list import Cell, PublishedList, Status

_HEAD = 3
_WIDE = {"name": 42, "county": 17, "strengths": 62, "rank": 11, "score": 12}
_HEIGHT = 21


def xlsx_bytes(published: PublishedList) -> bytes:
    """Title, state and notes above; then the header and the rows."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    workbook.set_properties({"title": published.title, "created": datetime.datetime(published.year, 1, 1)})
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    colour = OCHRE_INK if published.status is Status.DRAFT else VERMILION  # red is for the official act
    styles = {
        "title": workbook.add_format({**base, "font_size": 16, "bold": True}),
        "state": workbook.add_format({**base, "bold": True, "font_color": colour}),
        "note": workbook.add_format({**base, "font_color": SOFT}),
        "head": workbook.add_format({**base, "bold": True, "bottom": 1, "indent": 1}),
        "head_right": workbook.add_format({**base, "bold": True, "bottom": 1, "align": "right"}),
        "text": workbook.add_format({**base, "indent": 1}),
        **{f"number:{places}": workbook.add_format({**base, "num_format": _shape(places)}) for places in range(10)},
    }
    sheet = workbook.add_worksheet("名单")
    sheet.write_string(0, 0, f"{published.title}名单", styles["title"])
    state = f"{published.standing}　共{published.count}个"
    sheet.write_string(1, 0, f"{state}　{published.document_number}".rstrip(), styles["state"])
    sheet.write_string(2, 0, "".join(published.notes), styles["note"])
    heads = [(GROUP, False, 22), (NUMBER, True, 8)]
    heads += [(one.label, one.is_number, _WIDE.get(one.id, 20)) for one in published.columns]
    sheet.set_row(0, 30)
    sheet.set_row(_HEAD, _HEIGHT)
    for place, (label, is_number, wide) in enumerate(heads):
        sheet.write_string(_HEAD, place, label, styles["head_right" if is_number else "head"])
        sheet.set_column(place, place, wide)
    for row, (group, number, cells) in enumerate(published.numbered(), start=_HEAD + 1):
        sheet.set_row(row, _HEIGHT)
        for place, cell in enumerate((group, number, *cells)):
            _write(sheet, row, place, cell, styles)
    print_set_up(sheet, _HEAD, landscape=False)
    workbook.close()
    return buffer.getvalue()


def _write(sheet: Any, row: int, place: int, cell: Cell, styles: dict[str, Any]) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, place, cell, styles["text"])
    elif cell is not None:
        exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
        places = min(-exponent, 9) if isinstance(exponent, int) else 0
        sheet.write_number(row, place, float(cell), styles[f"number:{max(places, 0)}"])


def _shape(places: int) -> str:
    return "0." + "0" * places if places else "0"
