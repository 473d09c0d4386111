"""版头 (mark, number, red line) and the signature with its day."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt, Twips

from mujun.documents.content.wording import chinese_day
from mujun.documents.gongwen.docx.elements import element, insert_after, set_indent
from mujun.documents.gongwen.docx.styles import CHARACTER
from mujun.documents.gongwen.docx.text import add_line
from mujun.documents.gongwen.measure import mark_type, right_indents
from mujun.documents.gongwen.norm import (
    LINE_TWIPS,
    MARK_BELOW_TOP,
    RED,
    RED_LINE_BELOW_NUMBER,
)
from mujun.documents.gongwen.parts import Letterhead, Signature

_EIGHTHS_PER_MM = 8 * 72 / 25.4
_POINTS_PER_MM = 72 / 25.4
_RED_LINE = 1.0
"""Millimetres: the standard gives no weight for the red line."""


def add_letterhead(document: Any, part: Letterhead, line_below: bool = True) -> None:
    """The mark fills its line: a long name is set narrower, as print shops do."""
    size, scale = mark_type(part.mark)
    line = add_line(document, "mark", part.mark)
    run = line.runs[0]
    run.font.size = Pt(size)
    if scale < 100:
        insert_after(run._r.rPr, element("w:w", val=scale), "w:kern", "w:position", "w:sz", "w:szCs")
    layout = line.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size)
    layout.space_before = Mm(MARK_BELOW_TOP)
    number = add_line(document, "number", part.number)
    if line_below:
        border = element("w:pBdr")
        weight, space = round(_RED_LINE * _EIGHTHS_PER_MM), round(RED_LINE_BELOW_NUMBER * _POINTS_PER_MM)
        border.append(element("w:bottom", val="single", sz=weight, space=space, color=RED))
        number._p.get_or_add_pPr().insert_element_before(
            border, "w:shd", "w:tabs", "w:wordWrap", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )


def add_signature(document: Any, part: Signature) -> None:
    """署名 over 成文日期, centred on one axis; the day at least four characters from the right."""
    left, right = part.brackets[0], part.brackets[-1]
    sealed = f"{left}{part.sealed_by}代章{right}" if part.sealed_by else ""
    day = chinese_day(part.dated) if part.dated else "　　年　月　日"
    lines = [("issuer", part.issuer), *([("sealed", sealed)] if sealed else []), ("dated", day)]
    for place, ((style, text), indent) in enumerate(zip(lines, right_indents([one for _, one in lines]), strict=True)):
        line = add_line(document, style, text)
        set_indent(line._p.get_or_add_pPr(), CHARACTER, right=indent)
        if place == 0:
            line.paragraph_format.space_before = Twips(2 * LINE_TWIPS)
    if part.seal:
        line = add_line(document, "seal", "〔样章位置：正式印发时在署名和日期上用印，此处不放印章图样〕")
        set_indent(line._p.get_or_add_pPr(), CHARACTER, right=0)
