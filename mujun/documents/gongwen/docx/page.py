"""The page: paper, type area, the grid of 22 lines by 28 characters, page numbers outside, marks above. No content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from mujun.documents.gongwen.docx.elements import add_field, element, insert_after, set_indent
from mujun.documents.gongwen.norm import (
    BOTTOM,
    DASH,
    LEFT,
    LINE_TWIPS,
    PAGE,
    PAGE_NUMBER_BELOW,
    RIGHT,
    SIZE_4,
    STAND_INS,
    STYLES,
    TOP,
)

FOOTER_LINE = 360 / 1440 * 25.4
"""Millimetres: the line of a page number, in whose middle the dashes run."""
_LANDSCAPE_MARGIN = 22.0


def set_up_page(document: Any) -> None:
    """A4, 156 by 225 millimetres of type, a grid of 22 lines. Each style sees to its 28 characters."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = Mm(20)
    section.footer_distance = Mm(BOTTOM - PAGE_NUMBER_BELOW - FOOTER_LINE / 2)
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_TWIPS))


def set_up_certificate(document: Any, foot: str) -> None:
    """A4 lying, with a frame round the page and a line at its foot."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE[1]), Mm(PAGE[0])
    section.top_margin = section.bottom_margin = Mm(_LANDSCAPE_MARGIN)
    section.left_margin = section.right_margin = Mm(_LANDSCAPE_MARGIN + 8)
    section.header_distance = Mm(14)
    frame = element("w:pgBorders", offsetFrom="page")
    for side in ("top", "left", "bottom", "right"):
        frame.append(element(f"w:{side}", val="thinThickSmallGap", sz=24, space=24, color="C00000"))
    insert_after(section._sectPr, frame, "w:lnNumType", "w:pgNumType", "w:cols")
    section.footer_distance = Mm(12)
    line = section.footer.paragraphs[0]
    line.style = document.styles[STYLES["code"]]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(foot)


def add_marks(document: Any, marks: Sequence[str], both: bool) -> None:
    """示例数据, 试算, 拟稿: at the head of every page."""
    section = document.sections[0]
    headers = (section.header, section.even_page_header) if both else (section.header,)
    for header in headers:
        header.is_linked_to_previous = False
        line = header.paragraphs[0]
        line.style = document.styles[STYLES["flag"]]
        if marks:
            line.add_run("　".join(marks))


def add_page_numbers(document: Any) -> None:
    """— 1 — on the right of odd pages, on the left of even ones, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.style = document.styles[STYLES["page"]]
        line.alignment = align
        set_indent(line._p.get_or_add_pPr(), SIZE_4, **{side: 1})
        line.add_run(f"{DASH} ")
        add_field(line.add_run(), "PAGE")
        line.add_run(f" {DASH}")


def declare_fonts(document: Any) -> None:
    """Name the stand-ins in the font table, so that a machine without a face chooses its kin."""
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for face, other in STAND_INS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")
