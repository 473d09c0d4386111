"""How an office document is set: page, faces with their stand-ins, page numbers, cells. Knows no content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from mujun.documents.gongwen.docx.page import declare_fonts
from mujun.documents.gongwen.norm import BOTTOM, DASH, FANG, HEI, KAI, LEFT, PAGE, RIGHT, SONG, SONG_TITLE, TOP

__all__ = [
    "BODY", "HEI", "KAI", "TITLE", "add_page_number", "declare_fonts", "fill_cell", "set_up_page", "set_widths",
    "write_run",
]  # fmt: skip

TITLE, BODY = SONG_TITLE, FANG

_LEAST_HEIGHT = Mm(9)
"""Of a row: room to write by hand."""


def set_up_page(document: Any, mark: str) -> None:
    """A4 with the margins of GB/T 9704: 37 above, 28 left, 26 right, 35 below; the mark at the head of every page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(22)
    section.header_distance = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = Pt(0)
    if mark:
        line = section.header.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write_run(line, mark, HEI, 10.5)


def add_page_number(document: Any) -> None:
    """— 1 —, in the middle, since a statement is printed on one side and stapled."""
    line = document.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write_run(line, f"{DASH} ", SONG, 14)
    run = write_run(line, "", SONG, 14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    write_run(line, f" {DASH}", SONG, 14)


def write_run(paragraph: Any, text: str, face: str, size: float) -> Any:
    """Latin letters and figures keep their face; Chinese takes `face`."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = "Times New Roman" if face != SONG else SONG
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    return run


def fill_cell(
    cell: Any, lines: Sequence[str], face: str = BODY, *, size: float = 10.5, centre: bool = False, right: bool = False
) -> None:
    """A paragraph for each line; a cell holds at least one."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, text in enumerate(lines or [""]):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        if centre:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write_run(paragraph, text, face, size)


def set_widths(table: Any, widths: Sequence[float]) -> None:
    """Column widths in millimetres; the head comes again on every page, and no row breaks across two."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        if len(row._tr.tc_lst) == len(widths):
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        row.height = _LEAST_HEIGHT
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
