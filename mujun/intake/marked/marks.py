"""A mark on a cell: a fill and a comment. Errors are solid with a thick frame, warnings hatched, also in print."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side

from mujun.findings import Finding, Severity
from mujun.intake.calamine_sheet import FINDINGS_SHEET

SHEET = FINDINGS_SHEET
AUTHOR = FINDINGS_SHEET
ERROR_FILL = PatternFill("solid", fgColor="FFF4B9AE")
WARNING_FILL = PatternFill("lightUp", fgColor="FFC8952B", bgColor="FFFFF4D6")

_FRAME = Side("medium", color="FFB3261E")
_THICK = Border(left=_FRAME, right=_FRAME, top=_FRAME, bottom=_FRAME)
_SHOWN = 8
_LONGEST = 600
_BEFORE = "\n【原批注】\n"


Made = dict[tuple[Severity, tuple[int, ...]], Any]
"""Marked styles by what a cell had before: cells of one look are marked alike, and each style is made once."""


def mark_cell(page: Any, address: str, findings: Sequence[Finding], made: Made, with_comment: bool) -> None:
    """`findings` are those of this cell, the worst first; a comment of the sender's own stays below ours."""
    cell = _anchor(page, address)
    worst = findings[0].severity
    before = (worst, tuple(cell._style or ()))
    if before not in made:
        cell.fill = ERROR_FILL if worst is Severity.ERROR else WARNING_FILL
        if worst is Severity.ERROR:
            cell.border = _THICK
        made[before] = copy(cell._style)
    cell._style = copy(made[before])
    if with_comment:
        own = _BEFORE + cell.comment.text if cell.comment is not None else ""
        comment = Comment(_text(findings) + own, AUTHOR)
        comment.width, comment.height = 320, 60 + 44 * min(len(findings), _SHOWN)
        cell.comment = comment


def remove_marks(workbook: Any) -> None:
    """What an earlier round of checks left: its sheet, its comments, its colours. The sender's own comments stay."""
    if SHEET in workbook.sheetnames:
        del workbook[SHEET]
    for page in workbook.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    _unmark(cell)


def is_ours(cell: Any) -> bool:
    """Whether a cell has one of our fills, by its parts: a style that was read never equals one that was made."""
    return (cell.fill.fill_type, cell.fill.fgColor.rgb) in [
        (fill.fill_type, fill.fgColor.rgb) for fill in (ERROR_FILL, WARNING_FILL)
    ]


def _unmark(cell: Any) -> None:
    _, _, own = cell.comment.text.partition(_BEFORE)
    cell.comment = Comment(own, "") if own else None
    if is_ours(cell):
        cell.fill = PatternFill()
    left = cell.border.left
    if left is not None and left.color is not None and (left.style, left.color.rgb) == (_FRAME.style, _FRAME.color.rgb):
        cell.border = Border()


def _anchor(page: Any, address: str) -> Any:
    """Of a merged range only the first cell can be marked."""
    cell = page[address]
    for merged in page.merged_cells.ranges:
        if cell.coordinate in merged:
            return page.cell(merged.min_row, merged.min_col)
    return cell


def _text(findings: Sequence[Finding]) -> str:
    told = [f"【{one.severity.label}】{one.message}{one.mend}"[:_LONGEST] for one in findings[:_SHOWN]]
    if len(findings) > _SHOWN:
        told.append(f"……这一格共{len(findings)}条，其余见“{SHEET}”。")
    return "\n".join(told)
