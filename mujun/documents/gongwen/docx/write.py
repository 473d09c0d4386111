"""Put the parts of a document one after the other into a package. Decides nothing about what they say."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.shared import Twips

from mujun.documents.gongwen.docx.head import add_letterhead, add_signature
from mujun.documents.gongwen.docx.imprint import add_imprint
from mujun.documents.gongwen.docx.page import (
    add_marks,
    add_page_numbers,
    declare_fonts,
    set_up_certificate,
    set_up_page,
)
from mujun.documents.gongwen.docx.styles import add_styles
from mujun.documents.gongwen.docx.table import add_table
from mujun.documents.gongwen.docx.text import (
    add_annex,
    add_annex_note,
    add_code,
    add_heading,
    add_large,
    add_paragraph,
    add_picture,
    add_recipients,
    add_title,
    keep_with_signature,
)
from mujun.documents.gongwen.norm import LINE_TWIPS
from mujun.documents.gongwen.parts import (
    Annex,
    AnnexNote,
    Code,
    Form,
    Gongwen,
    Heading,
    Large,
    Letterhead,
    Paragraph,
    Part,
    Picture,
    Recipients,
    Signature,
    Table,
    Title,
)
from mujun.intake.marked import fix_dates


def write_docx(gongwen: Gongwen) -> bytes:
    """The document as a package. Its form stands in the property `category`, for the checker."""
    document = Document()
    add_styles(document)
    certificate = gongwen.form is Form.CERTIFICATE
    if certificate:
        set_up_certificate(document, gongwen.foot)
    else:
        set_up_page(document)
        add_page_numbers(document)
    add_marks(document, gongwen.marks, both=not certificate)
    headed = False
    for part in gongwen.parts:
        _add(document, part, headed)
        if headed and gongwen.form is Form.MINUTES:
            document.paragraphs[-1].paragraph_format.space_before = Twips(2 * LINE_TWIPS)
        headed = isinstance(part, Letterhead)
    if gongwen.imprint is not None:
        add_imprint(document, gongwen.imprint)
    declare_fonts(document)
    created = datetime.combine(gongwen.made_on, time())
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = gongwen.title, "", ""
    properties.category, properties.comments = gongwen.form.value, "　".join(gongwen.marks)
    properties.created = properties.modified = created
    properties.language = "zh-CN"
    made = io.BytesIO()
    document.save(made)
    return fix_dates(made.getvalue(), created)


def _add(document: Any, part: Part, headed: bool) -> None:
    match part:
        case Letterhead():
            add_letterhead(document, part)
        case Title():
            add_title(document, part, 2 if headed else 0)
        case Recipients():
            add_recipients(document, part)
        case Heading():
            add_heading(document, part)
        case Paragraph():
            add_paragraph(document, part)
        case AnnexNote():
            add_annex_note(document, part)
        case Signature():
            keep_with_signature(document)
            add_signature(document, part)
        case Annex():
            add_annex(document, part)
        case Table():
            add_table(document, part)
        case Code():
            add_code(document, part)
        case Picture():
            add_picture(document, part)
        case Large():
            add_large(document, part)
