"""Give the sender his own workbook back, with the cells that something is wrong with marked, the findings in front."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path

from mujun.findings import Finding, Severity
from mujun.intake.marked.findings_sheet import write_findings
from mujun.intake.marked.marks import Made, mark_cell, remove_marks
from mujun.intake.marked.opened import Opened, open_to_mark
from mujun.intake.marked.same_bytes import fix_dates
from mujun.intake.marked.where import addresses_of, sheet_of

MOST_COMMENTS = 5_000
"""Cells that get a comment; beyond, a spreadsheet program takes minutes to open the file. All are coloured."""

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def write_marked(
    original: Path, out: Path, findings: Iterable[Finding], *, sheet: str | None = None, now: date | None = None
) -> Path:
    """The marked copy at `out`. Raises CannotGoOn for what reading refuses: that is never opened.

    `now` is the day it is said to be made; without it, it keeps the original's.
    """
    opened = open_to_mark(original, sheet)
    remove_marks(opened.workbook)
    ordered = sorted(findings, key=lambda finding: _ORDER[finding.severity])
    by_cell = _by_cell(ordered, opened)
    made_styles: Made = {}
    for number, ((name, address), some) in enumerate(by_cell.items()):
        mark_cell(opened.workbook[name], address, some, made_styles, with_comment=number < MOST_COMMENTS)
    write_findings(opened, ordered, len(by_cell), MOST_COMMENTS)
    made = io.BytesIO()
    opened.workbook.calculation.fullCalcOnLoad = True
    opened.workbook.save(made)
    modified = opened.modified if now is None else datetime.combine(now, time())
    half = out.with_name(f".{out.name}.half")
    half.write_bytes(fix_dates(made.getvalue(), modified))
    half.replace(out)
    return out


def _by_cell(findings: Iterable[Finding], opened: Opened) -> dict[tuple[str, str], list[Finding]]:
    """What is wrong with each cell, the worst first; a note marks no cell."""
    cells: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        name = sheet_of(finding, opened)
        for address in addresses_of(finding) if name and finding.severity is not Severity.INFO else ():
            cells.setdefault((name, address), []).append(finding)
    return cells
