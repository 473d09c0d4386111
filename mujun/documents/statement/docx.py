"""A statement as a document to print, sign and seal: A4, office faces, a box to tick for each value."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from mujun.documents.statement.content import Item, Statement
from mujun.documents.statement.layout import (
    BODY,
    HEI,
    KAI,
    TITLE,
    add_page_number,
    declare_fonts,
    fill_cell,
    set_up_page,
    set_widths,
    write_run,
)
from mujun.documents.statement.wording import (
    AGREED,
    DISPUTED,
    SIGNING,
    annexes,
    closing,
    facts,
    opening,
    source_lines,
    title,
    title_lines,
)
from mujun.intake.marked import fix_dates

_HEADS = ("序号", "数据项", "数值", "来源", "核对", "应为、证据")
_WIDTHS = (12, 27, 25, 42, 20, 30)
"""Millimetres; together the 156 of the printed area."""
_PART_HEADS = ("记录", "数量", "乘以", "计入", "来源")
_PART_WIDTHS = (34, 24, 26, 24, 48)


def write_statement_docx(path: Path, statement: Statement) -> None:
    """Title, whom it is about, what to do, the values by office, signature and seal; then the records behind them."""
    document = Document()
    created = datetime.combine(statement.made_on, time())
    properties = document.core_properties
    properties.title, properties.subject, properties.author = title(statement), statement.name, ""
    properties.created = properties.modified = created
    properties.comments = statement.mark
    set_up_page(document, statement.mark)
    add_page_number(document)
    _write_head(document, statement)
    _write_items(document, statement)
    _write_signing(document, statement)
    _write_annexes(document, statement)
    declare_fonts(document)
    made = io.BytesIO()
    document.save(made)
    half = path.with_name(f".{path.name}.half")
    half.write_bytes(fix_dates(made.getvalue(), created))
    half.replace(path)


def _write_head(document: Any, statement: Statement) -> None:
    for text in title_lines(statement):
        heading = document.add_paragraph()
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write_run(heading, text, TITLE, 20)
    heading.paragraph_format.space_after = Pt(10)
    for label, text in facts(statement):
        line = document.add_paragraph()
        write_run(line, f"{label}：", HEI, 14)
        write_run(line, text, BODY, 14)
    body = document.add_paragraph()
    body.paragraph_format.first_line_indent = Pt(28)
    body.paragraph_format.space_before = body.paragraph_format.space_after = Pt(6)
    write_run(body, opening(statement), BODY, 14)


def _write_items(document: Any, statement: Statement) -> None:
    table = _table(document, _HEADS)
    numbers = {id(item): number for number, item in annexes(statement).items()}
    number = 0
    for section in statement.sections:
        office = table.add_row().cells
        fill_cell(office[0].merge(office[-1]), [f"{section.office}提供（{len(section.items)}项）"], HEI)
        for item in section.items:
            number += 1
            _write_item(table.add_row().cells, number, item, numbers.get(id(item)))
    set_widths(table, _WIDTHS)


def _write_item(cells: Any, number: int, item: Item, annex: int | None) -> None:
    fill_cell(cells[0], [str(number)], centre=True)
    fill_cell(cells[1], [item.label])
    fill_cell(cells[2], [item.shown, item.unit_text] if item.unit_text else [item.shown], right=True)
    fill_cell(cells[3], source_lines(item, annex), size=9)
    fill_cell(cells[4], [f"□{AGREED}", f"□{DISPUTED}"])
    fill_cell(cells[5], [""])


def _write_signing(document: Any, statement: Statement) -> None:
    for place, line in enumerate((*SIGNING, closing(statement))):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(14)
        paragraph.paragraph_format.keep_with_next = place < len(SIGNING)
        write_run(paragraph, line, BODY, 14 if place < len(SIGNING) else 10.5)


def _write_annexes(document: Any, statement: Statement) -> None:
    for number, item in annexes(statement).items():
        heading = document.add_paragraph()
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.space_before = Pt(12)
        heading.paragraph_format.page_break_before = number == 1
        write_run(heading, f"附表{number}　{item.label}", HEI, 14)
        line = document.add_paragraph()
        write_run(line, f"{item.rule}；合计{item.shown}{item.unit_text}。", KAI, 12)
        table = _table(document, _PART_HEADS)
        for part in item.parts:
            cells = table.add_row().cells
            texts = (part.record, part.quantity, part.factor, part.amount)
            for place, text in enumerate(texts):
                fill_cell(cells[place], [text], right=place in (1, 3))
            fill_cell(cells[4], list(map(str, part.sources)), size=9)
        set_widths(table, _PART_WIDTHS)


def _table(document: Any, heads: tuple[str, ...]) -> Any:
    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        fill_cell(cell, [text], HEI, centre=True)
    return table
