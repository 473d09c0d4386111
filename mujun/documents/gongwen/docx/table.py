"""Tables: head on every page, rows that do not break, figures to the right. Counts nothing."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell

from mujun.documents.gongwen.docx.elements import element, insert_after, twips
from mujun.documents.gongwen.docx.text import add_line, add_text
from mujun.documents.gongwen.norm import HEI, STYLES
from mujun.documents.gongwen.parts import Table

_ALIGN = {"l": WD_ALIGN_PARAGRAPH.LEFT, "c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}
_PADDING = {"top": 30, "left": 60, "bottom": 30, "right": 60}
_KEPT_WHOLE = 16
"""Rows: a table no longer than this does not break across two pages."""


def add_table(document: Any, part: Table) -> None:
    if part.caption:
        add_line(document, "caption", part.caption)
    table = document.add_table(1, len(part.heads))
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), part.widths, strict=True):
        column.set(qn("w:w"), str(twips(width)))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _frame(table)
    style = document.styles[STYLES["cell"]]
    aligns = part.aligns or "l" * len(part.heads)
    whole = len(part.rows) <= _KEPT_WHOLE
    _fill_row(table, table.rows[0]._tr, part.heads, "c" * len(part.heads), style, HEI, part, keep=True)
    for place, row in enumerate(part.rows):
        last = place == len(part.rows) - 1
        face = HEI if (part.total and last) or len(row) == 1 else ""
        made = table.add_row()._tr
        _fill_row(table, made, row, aligns, style, face, part, keep=not last and (whole or len(row) == 1))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    space = document.add_paragraph(style=STYLES["code"])
    space.paragraph_format.line_spacing = Pt(8)


def _fill_row(
    table: Any, row: Any, texts: tuple[str, ...], aligns: str, style: Any, face: str, part: Table, *, keep: bool
) -> None:
    """A row of one text spans the table."""
    cells = list(row.tc_lst)
    widths = [twips(width) for width in part.widths]
    if len(texts) == 1 < len(cells):
        for cell in cells[1:]:
            row.remove(cell)
        cells[0].grid_span, widths = len(cells), [sum(widths)]
    for cell, text, align, width in zip(cells, texts, aligns, widths, strict=False):
        cell.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(width))
        cell.tcPr.tcW.set(qn("w:type"), "dxa")
        _fill(_Cell(cell, table), text, align, style, face, part.size, keep)
    row.get_or_add_trPr().append(element("w:cantSplit"))


def _fill(cell: Any, text: str, align: str, style: Any, face: str, size: float, keep: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, piece in enumerate(text.split("\n")):
        line = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        line._p.style = style.style_id
        line.alignment = _ALIGN[align]
        if keep:
            line.paragraph_format.keep_with_next = True
        add_text(line, piece, face).font.size = Pt(size)


def _frame(table: Any) -> None:
    properties = table._tbl.tblPr
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz=4, space=0, color="000000"))
    insert_after(properties, borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    margins = element("w:tblCellMar")
    for side, width in _PADDING.items():
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    insert_after(properties, margins, "w:tblLook")
