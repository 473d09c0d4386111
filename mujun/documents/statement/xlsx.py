"""A statement as a workbook: answers are chosen from a list, everything else is locked."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from mujun.documents.statement.content import Item, Statement
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
)

_HEADS = (
    ("序号", 6),
    ("提供部门", 12),
    ("数据项", 24),
    ("数值", 16),
    ("单位", 12),
    ("来源", 58),
    ("核对（下拉选）", 14),
    ("应为", 16),
    ("证据（附件名称）", 26),
)
_ANSWERS = 6
"""Column, from 0, where the unit's own cells begin."""
_PARTS = (("附表", 8), ("数据项", 24), ("记录", 24), ("数量", 16), ("乘以", 18), ("计入", 16), ("来源", 58))


def write_statement_xlsx(path: Path, statement: Statement) -> None:
    """The statement, and a sheet of the records that values were worked out from."""
    half = path.with_name(f".{path.name}.half")
    workbook = xlsxwriter.Workbook(str(half), {"strings_to_formulas": False, "strings_to_urls": False})
    created = datetime.combine(statement.made_on, time())
    workbook.set_properties({"title": title(statement), "subject": statement.name, "created": created})
    styles = _Styles(workbook)
    _write_sheet(workbook.add_worksheet("一企一单"), statement, styles)
    if annexes(statement):
        _write_parts(workbook.add_worksheet("附表"), statement, styles)
    workbook.close()
    half.replace(path)


class _Styles:
    def __init__(self, workbook: Any) -> None:
        base = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter"}
        cell = {**base, "border": 1, "border_color": "#B8B4A8", "text_wrap": True}
        self.title = workbook.add_format({**base, "font_name": "黑体", "font_size": 16, "align": "center"})
        self.mark = workbook.add_format({**base, "font_color": "#8A6D1D", "align": "center"})
        self.plain = workbook.add_format({**base, "text_wrap": True})
        self.label = workbook.add_format({**base, "font_name": "黑体"})
        self.head = workbook.add_format({**cell, "font_name": "黑体", "bg_color": "#E4E9E4", "align": "center"})
        self.text = workbook.add_format(cell)
        self.centre = workbook.add_format({**cell, "align": "center"})
        self.value = workbook.add_format({**cell, "align": "right", "num_format": "@"})
        self.answer = workbook.add_format({**cell, "locked": False, "num_format": "@", "bg_color": "#FFF8E1"})


def _write_sheet(sheet: Any, statement: Statement, styles: _Styles) -> None:
    last = len(_HEADS) - 1
    for place, (_, width) in enumerate(_HEADS):
        sheet.set_column(place, place, width)
    sheet.merge_range(0, 0, 0, last, title(statement), styles.title)
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, last, statement.mark, styles.mark)
    row = 2
    for label, text in facts(statement):
        sheet.merge_range(row, 0, row, 1, label, styles.label)
        sheet.merge_range(row, 2, row, last, text, styles.plain)
        row += 1
    sheet.merge_range(row, 0, row, last, opening(statement), styles.plain)
    sheet.set_row(row, 34)
    head = row + 1
    for place, (text, _) in enumerate(_HEADS):
        sheet.write_string(head, place, text, styles.head)
    row = _write_items(sheet, head + 1, statement, styles)
    for offset, line in enumerate((*SIGNING, closing(statement))):
        sheet.merge_range(row + 1 + offset, 0, row + 1 + offset, last, line, styles.plain)
        sheet.set_row(row + 1 + offset, 26)
    sheet.freeze_panes(head + 1, 0)
    _print_set_up(sheet, head, statement)


def _write_items(sheet: Any, row: int, statement: Statement, styles: _Styles) -> int:
    numbers = {id(item): number for number, item in annexes(statement).items()}
    first, number = row, 0
    for section in statement.sections:
        for item in section.items:
            number += 1
            source = "\n".join(source_lines(item, numbers.get(id(item))))
            sheet.write_number(row, 0, number, styles.centre)
            for place, (text, style) in enumerate(_cells(section.office, item, source, styles), start=1):
                sheet.write_string(row, place, text, style)
            for place in range(_ANSWERS, len(_HEADS)):
                sheet.write_blank(row, place, None, styles.answer)
            lines = sum(1 + len(line) // 30 for line in source.split("\n"))
            sheet.set_row(row, max(20, 15 * lines + 4))
            row += 1
    choose = {"validate": "list", "source": [AGREED, DISPUTED], "input_title": "核对"}
    sheet.data_validation(
        first,
        _ANSWERS,
        row - 1,
        _ANSWERS,
        choose | {"input_message": f"选“{AGREED}”或“{DISPUTED}”；有异议的请填后面两栏。"},
    )
    return row


def _cells(office: str, item: Item, source: str, styles: _Styles) -> list[tuple[str, Any]]:
    texts = [(office, styles.centre), (item.label, styles.text), (item.shown, styles.value)]
    return [*texts, (item.unit_text, styles.centre), (source, styles.text)]


def _write_parts(sheet: Any, statement: Statement, styles: _Styles) -> None:
    for place, (text, width) in enumerate(_PARTS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, text, styles.head)
    row = 1
    for number, item in annexes(statement).items():
        for part in item.parts:
            sources = "\n".join(map(str, part.sources))
            texts = (f"附表{number}", item.label, part.record, part.quantity, part.factor, part.amount, sources)
            for place, text in enumerate(texts):
                sheet.write_string(row, place, text, styles.value if place in (3, 5) else styles.text)
            sheet.set_row(row, 15 * sum(1 + len(line) // 30 for line in sources.split("\n")) + 4)
            row += 1
    sheet.freeze_panes(1, 0)
    _print_set_up(sheet, 0, statement)


def _print_set_up(sheet: Any, head: int, statement: Statement) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    name = statement.name.replace("&", "&&")
    sheet.set_footer(f"&L{name}&R第 &P 页，共 &N 页")
