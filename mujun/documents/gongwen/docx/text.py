"""Text of a document: title, recipients, headings, paragraphs, annexes, codes, pictures. No letterhead, no table."""

from __future__ import annotations

import io
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm, Twips

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
    layout = document.paragraphs[-1].paragraph_format
    layout.keep_with_next = layout.widow_control = True


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
    line = add_line(document, "picture")
    shape = line.add_run().add_picture(io.BytesIO(part.png), Mm(part.side), Mm(part.side))
    shape._inline.docPr.set("descr", part.says)


def add_large(document: Any, part: Large) -> None:
    add_line(document, "name", part.text)
