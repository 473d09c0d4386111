"""Tables: head on every page, rows that do not break, figures to the right. Counts nothing."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from mujun.documents.gongwen.docx.elements import element, insert_after
from mujun.documents.gongwen.docx.text import add_line, add_text
from mujun.documents.gongwen.norm import HEI, STYLES
from mujun.documents.gongwen.parts import Table

_ALIGN = {"l": WD_ALIGN_PARAGRAPH.LEFT, "c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}
_PADDING = 60


def add_table(document: Any, part: Table) -> None:
    if part.caption:
        add_line(document, "caption", part.caption)
    table = document.add_table(1, len(part.heads))
    table.autofit = False
    _frame(table)
    for cell, text in zip(table.rows[0].cells, part.heads, strict=True):
        _fill(document, cell, text, HEI, "c", part.size)
    aligns = part.aligns or "l" * len(part.heads)
    for place, row in enumerate(part.rows):
        cells = table.add_row().cells
        last = part.total and place == len(part.rows) - 1
        if len(row) == 1:
            _fill(document, cells[0].merge(cells[-1]), row[0], HEI, "l", part.size)
            continue
        for cell, text, align in zip(cells, row, aligns, strict=True):
            _fill(document, cell, text, HEI if last else "", align, part.size)
    _set_widths(table, part.widths)
    space = document.add_paragraph(style=STYLES["code"])
    space.paragraph_format.line_spacing = Pt(8)


def _fill(document: Any, cell: Any, text: str, face: str, align: str, size: float) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, piece in enumerate(text.split("\n")):
        line = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        line.style = document.styles[STYLES["cell"]]
        line.alignment = _ALIGN[align]
        run = add_text(line, piece, face)
        run.font.size = Pt(size)


def _frame(table: Any) -> None:
    properties = table._tbl.tblPr
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz=4, space=0, color="000000"))
    insert_after(properties, borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    margins = element("w:tblCellMar")
    for side, width in (("top", 30), ("left", _PADDING), ("bottom", 30), ("right", _PADDING)):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    insert_after(properties, margins, "w:tblLook")


def _set_widths(table: Any, widths: tuple[float, ...]) -> None:
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(round(width * 1440 / 25.4)))
    for row in table.rows:
        if len(row._tr.tc_lst) == len(widths):
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
