"""Text of a document: title, recipients, headings, paragraphs, annexes, codes, pictures. No letterhead, no table."""

from __future__ import annotations

import io
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

from mujun.documents.gongwen.docx.elements import element, set_faces, set_indent
from mujun.documents.gongwen.docx.styles import CHARACTER
from mujun.documents.gongwen.norm import FANG, LATIN, LINE_TWIPS, STYLES
from mujun.documents.gongwen.parts import Annex, AnnexNote, Code, Heading, Large, Paragraph, Picture, Recipients, Title


def add_line(document: Any, style: str, text: str = "") -> Any:
    """A paragraph of a named style. Text is text: nothing in it is read as markup."""
    line = document.add_paragraph(style=STYLES[style])
    if text:
        add_text(line, text)
    return line


def add_text(line: Any, text: str, face: str = "") -> Any:
    run = line.add_run(text)
    properties = run._r.get_or_add_rPr()
    if face:
        set_faces(properties, face, LATIN)
    else:
        properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    return run


def add_title(document: Any, part: Title, gap: int) -> None:
    """`gap` blank lines above, one below."""
    for place, text in enumerate(part.lines):
        line = add_line(document, "title", text)
        line.paragraph_format.space_before = Twips(0 if place else gap * LINE_TWIPS)
    if part.note:
        line = add_line(document, "note", f"（{part.note}）")
    line.paragraph_format.space_after = Twips(LINE_TWIPS)


def add_recipients(document: Any, part: Recipients) -> None:
    add_line(document, "to", part.text)


def add_heading(document: Any, part: Heading) -> None:
    if part.run_on:
        line = add_line(document, f"heading{part.level}", part.text)
        line.paragraph_format.keep_with_next = False
        add_text(line, part.run_on, FANG)
    else:
        add_line(document, f"heading{part.level}", part.text)


def add_paragraph(document: Any, part: Paragraph) -> None:
    add_line(document, "body" if part.indented else "line", part.text)


def keep_with_signature(document: Any) -> None:
    """Two lines of the text at least go with the signature: it never stands on a page alone."""
    body, last = document.element.body, document.paragraphs[-1]
    if body[-2].tag != last._p.tag:
        return
    for line in reversed(document.paragraphs[-4:]):
        line.paragraph_format.keep_with_next = line.paragraph_format.widow_control = True
        if line.style.name != STYLES["annexes"]:
            return


def add_annex_note(document: Any, part: AnnexNote) -> None:
    """附件：1. …, one line below the text; a long title goes on under its own first character."""
    for place, title in enumerate(part.titles, 1):
        several = len(part.titles) > 1
        number = f"{place}. " if several else ""
        line = add_line(document, "annexes", f"附件：{number}{title}" if place == 1 else f"{number}{title}")
        hanging = (3 if place == 1 else 0) + (1 if several else 0)
        properties = line._p.get_or_add_pPr()
        set_indent(properties, CHARACTER, left=5 + (1 if several else 0))
        if hanging:
            set_indent(properties, CHARACTER, hanging=hanging)
        if place == 1:
            line.paragraph_format.space_before = Twips(LINE_TWIPS)


def add_annex(document: Any, part: Annex) -> None:
    """On a new page: 附件1 at the top on the left, the title in the third line; without a label the title alone."""
    if part.label:
        line = add_line(document, "annex", part.label)
        line.paragraph_format.page_break_before = True
    add_title(document, Title(part.lines), 1 if part.label else 0)
    if not part.label:
        document.paragraphs[-len(part.lines)].paragraph_format.page_break_before = True


def add_code(document: Any, part: Code) -> None:
    """A hash may break anywhere: it has no words."""
    line = add_line(document, "code", f"{part.label}：{part.text}")
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(
        element("w:wordWrap", val=0), "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def add_picture(document: Any, part: Picture) -> None:
    """In the lower left corner of the type area, over nothing."""
    line = add_line(document, "picture")
    shape = line.add_run().add_picture(io.BytesIO(part.png), Mm(part.side), Mm(part.side))
    inline = shape._inline
    inline.docPr.set("descr", part.says)
    anchor = parse_xml(_ANCHOR)
    anchor.extend(list(inline))
    anchor.insert(4, parse_xml(_NO_WRAP))
    inline.getparent().replace(inline, anchor)


_DRAWING = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_NO_WRAP = f"<wp:wrapNone {_DRAWING}/>"
_ANCHOR = f"""<wp:anchor {_DRAWING} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"
 behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV></wp:anchor>"""


def add_large(document: Any, part: Large) -> None:
    line = add_line(document, "name", part.text)
    line.runs[0].font.size = Pt(part.size)
    line.paragraph_format.space_before = Pt(part.size * 0.6)
    line.paragraph_format.space_after = Pt(part.size * 0.6)
