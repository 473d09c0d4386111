"""The named styles of a document: face, size, line and indent of each kind of paragraph. Writes no text."""

from __future__ import annotations

from typing import Any

from attrs import frozen
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt, RGBColor, Twips

from mujun.documents.gongwen.docx.elements import element, insert_after, set_faces, set_indent
from mujun.documents.gongwen.norm import (
    CHARACTER_SPACING,
    FANG,
    HEI,
    KAI,
    LATIN,
    LINE_TWIPS,
    RED,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    SIZE_5,
    SIZE_SMALL_4,
    SONG,
    SONG_TITLE,
    STYLES,
    TITLE_LINE_TWIPS,
)

_LEFT, _CENTRE, _RIGHT, _BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
CHARACTER = SIZE_3 + CHARACTER_SPACING / 20
"""Points: one of the 28 characters of a line."""


@frozen
class _Style:
    face: str = FANG
    size: float = SIZE_3
    align: Any = _BOTH
    line: int | None = LINE_TWIPS
    first_line: float = 0
    left: float = 0
    right: float = 0
    before: int = 0
    colour: str = ""
    latin: str = LATIN
    grid: bool = True
    keep: bool = False
    outline: int | None = None


_STYLES = {
    "mark": _Style(SONG_TITLE, SIZE_2, _CENTRE, None, colour=RED, grid=False),
    "number": _Style(align=_CENTRE, before=2 * LINE_TWIPS),
    "title": _Style(SONG_TITLE, SIZE_2, _CENTRE, TITLE_LINE_TWIPS, grid=False, keep=True),
    "note": _Style(KAI, align=_CENTRE),
    "to": _Style(align=_LEFT),
    "body": _Style(first_line=2),
    "line": _Style(),
    "heading1": _Style(HEI, align=_LEFT, first_line=2, keep=True, outline=0),
    "heading2": _Style(KAI, first_line=2, keep=True, outline=1),
    "heading3": _Style(first_line=2, outline=2),
    "annexes": _Style(),
    "issuer": _Style(align=_RIGHT, keep=True),
    "sealed": _Style(align=_RIGHT, keep=True),
    "dated": _Style(align=_RIGHT),
    "seal": _Style(KAI, SIZE_SMALL_4, _RIGHT, colour="666666", keep=True),
    "annex": _Style(HEI, align=_LEFT, keep=True),
    "copies": _Style(size=SIZE_4, line=480, align=_LEFT, grid=False),
    "printed": _Style(size=SIZE_4, line=480, left=1, right=1, align=_LEFT, grid=False),
    "page": _Style(SONG, SIZE_4, line=360, latin=SONG, grid=False),
    "flag": _Style(HEI, SIZE_SMALL_4, _RIGHT, None, grid=False),
    "caption": _Style(HEI, SIZE_SMALL_4, _LEFT, grid=False, keep=True, line=480),
    "cell": _Style(size=SIZE_SMALL_4, line=None, align=_LEFT, grid=False),
    "code": _Style(size=SIZE_5, line=300, align=_LEFT, grid=False),
    "picture": _Style(line=None, align=_CENTRE, grid=False),
    "name": _Style(SONG_TITLE, 26.0, _CENTRE, None, grid=False),
}


def add_styles(document: Any) -> None:
    """All styles, whether used or not, so that every document of ours has the same list."""
    _set_normal(document)
    for key, style in _STYLES.items():
        _add(document, STYLES[key], style)


def _set_normal(document: Any) -> None:
    """三号仿宋, as the standard has it where nothing else is said."""
    normal = document.styles["Normal"]
    normal.font.size = Pt(SIZE_3)
    normal.paragraph_format.space_after = Pt(0)
    set_faces(normal.element.get_or_add_rPr(), FANG, LATIN)
    normal.element.get_or_add_pPr().insert_element_before(element("w:overflowPunct", val=0), "w:spacing")
    normal.element.rPr.append(element("w:lang", val="en-US", eastAsia="zh-CN"))


def _add(document: Any, name: str, style: _Style) -> None:
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    made.font.size = Pt(style.size)
    set_faces(made.element.get_or_add_rPr(), style.face, style.latin)
    if style.size == SIZE_3:
        insert_after(made.element.rPr, element("w:spacing", val=CHARACTER_SPACING), "w:w", "w:kern", "w:sz", "w:szCs")
    if style.colour:
        made.font.color.rgb = RGBColor.from_string(style.colour)
    layout = made.paragraph_format
    layout.alignment, layout.widow_control, layout.keep_with_next = style.align, False, style.keep
    layout.space_before = Twips(style.before)
    if style.line is not None:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Twips(style.line)
    properties = made.element.get_or_add_pPr()
    indents = {"firstLine": style.first_line, "left": style.left, "right": style.right}
    width = CHARACTER if style.size == SIZE_3 else style.size
    set_indent(properties, width, **{side: count for side, count in indents.items() if count})
    if not style.grid:
        properties.insert_element_before(
            element("w:snapToGrid", val=0), "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"
        )
    if style.outline is not None:
        properties.append(element("w:outlineLvl", val=style.outline))
