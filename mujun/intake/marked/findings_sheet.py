"""The sheet 核对意见 in front: how many, what, where, how to mend, with a link to each cell. Marks nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import copy
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink

from mujun.findings import Finding, Severity
from mujun.intake.marked.marks import ERROR_FILL, SHEET, WARNING_FILL
from mujun.intake.marked.opened import Opened, without_controls, write_text
from mujun.intake.marked.where import addresses_of, sheet_of

MOST_LISTED = 20_000
_HEADS = (("序号", 7), ("程度", 8), ("位置", 18), ("单位", 24), ("问题", 62), ("怎样改", 52))
_LINE = Border(bottom=Side("thin", color="FFB8B4A8"))
_HEAD_ROW = 7
_WRAP = Alignment(wrap_text=True, vertical="top")
_TOP = Alignment(vertical="top")

_ASKS = "请说明理由"
"""How findings that pass only with a reason end."""


def write_findings(opened: Opened, findings: Sequence[Finding], marked: int, most_comments: int) -> None:
    """`marked` is how many cells were marked; findings come the worst first."""
    page = opened.workbook.create_sheet(SHEET, 0)
    _write_top(page, opened, findings, marked, most_comments)
    for place, (head, width) in enumerate(_HEADS, start=1):
        cell = page.cell(_HEAD_ROW, place)
        write_text(cell, head)
        cell.font, cell.border = Font("黑体", 11), _LINE
        page.column_dimensions[cell.column_letter].width = width
    styles = _styles(page)
    for number, finding in enumerate(findings[:MOST_LISTED], start=1):
        _write_finding(page, number, finding, opened, styles)
    page.freeze_panes = f"A{_HEAD_ROW + 1}"
    page.auto_filter.ref = f"A{_HEAD_ROW}:F{_HEAD_ROW + min(len(findings), MOST_LISTED)}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    page.oddFooter.right.text = "第 &P 页，共 &N 页"
    for other in opened.workbook.worksheets:
        other.sheet_view.tabSelected = other is page
    opened.workbook.active = 0


def _write_top(page: Any, opened: Opened, findings: Sequence[Finding], marked: int, most_comments: int) -> None:
    counts = Counter(finding.severity for finding in findings)
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    reasons = sum(_ASKS in finding.mend for finding in findings)
    accepted = f"没有错误；其中{reasons:,}处要说明理由，说明了就能接收。" if reasons else "没有错误，可以接收。"
    verdict = f"错误{errors:,}处，必须改正后再报。" if errors else accepted
    asked = f"提醒{warnings:,}处，请核对；没有问题的可以不改" if warnings else ""
    asked += "，写着“请说明理由”的，入库时在网页上写明，或写在回信里。" if reasons else "。" if asked else ""
    noted = f"说明{counts[Severity.INFO]:,}条，供了解。" if counts[Severity.INFO] else ""
    more = [f"清单只列前{MOST_LISTED:,}条，共{len(findings):,}条。"] if len(findings) > MOST_LISTED else []
    more += [f"只在前{most_comments:,}格写了批注，其余只标颜色，说明见下表。"] if marked > most_comments else []
    _line(page, 1, SHEET, Font("黑体", 16))
    _line(page, 2, verdict + asked + noted, Font("黑体", 12))
    _line(page, 3, f"各表中标了{marked:,}格，点“位置”可跳到那一格。改好后保存本文件直接再报，这一页不用删。")
    _line(page, 4, "".join([*opened.notes, *more]))
    for column, fill, text in ((1, ERROR_FILL, "红底、粗框：错误"), (4, WARNING_FILL, "斜纹底：提醒")):
        page.cell(5, column).fill = fill
        write_text(page.cell(5, column + 1), text)
        page.cell(5, column + 1).font = Font("宋体", 11)


def _line(page: Any, row: int, text: str, font: Font | None = None) -> None:
    write_text(page.cell(row, 1), text)
    page.cell(row, 1).font = font or Font("宋体", 11)


def _styles(page: Any) -> dict[str, Any]:
    """Each style made once: making them anew for every cell takes longer than all the rest."""
    fills = {Severity.ERROR: ERROR_FILL, Severity.WARNING: WARNING_FILL, Severity.INFO: PatternFill()}
    styles: dict[str, Any] = {}
    cell = page.cell(_HEAD_ROW + 1, 1)
    cell.alignment, cell.font, cell.border = _TOP, Font("宋体", 11), _LINE
    styles["number"] = copy(cell._style)
    cell.alignment, cell.number_format = _WRAP, "@"
    styles["text"] = copy(cell._style)
    for severity, fill in fills.items():
        cell.fill = fill
        styles[severity] = copy(cell._style)
    cell.font = Font("宋体", 11, color="FF1F4E9E", underline="single")
    styles["link"] = copy(cell._style)
    return styles


def _write_finding(page: Any, number: int, finding: Finding, opened: Opened, styles: dict[str, Any]) -> None:
    row = _HEAD_ROW + number
    sheet, cells = sheet_of(finding, opened), addresses_of(finding)
    whole = f"第{finding.line}行" if finding.line else "整个文件"
    place = f"{sheet}!{cells[0]}" + ("等" if len(cells) > 1 else "") if sheet and cells else whole
    texts = (finding.severity.label, place, finding.unit, finding.message, finding.mend)
    page.cell(row, 1).value = number
    page.cell(row, 1)._style = styles["number"]
    for column, text in enumerate(texts, start=2):
        cell = page.cell(row, column)
        cell.value = without_controls(text)
        cell.data_type = "s"
        cell._style = styles["text"]
    page.cell(row, 2)._style = styles[finding.severity]
    if sheet and cells:
        link = page.cell(row, 3)
        quoted = sheet.replace("'", "''")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{cells[0]}", display=place)
        link._style = styles["link"]
    lines = max(len(finding.message) / 32, len(finding.mend) / 27, 1)
    page.row_dimensions[row].height = 15 * (int(lines) + (lines % 1 > 0)) + 3
