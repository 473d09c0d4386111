"""Open one sheet of an XLSX workbook: the package first, then what is inside, then the cells."""

from __future__ import annotations

from pathlib import Path

from mujun.intake.calamine_sheet import choose_sheet, read_sheet
from mujun.intake.cells import Cells, Progress, silent
from mujun.intake.package import open_package
from mujun.intake.parts import check_parts
from mujun.intake.sheet_scan import scan_sheet, sheet_entries

_PARTS, _SCAN, _ROWS = 10, 50, 40
"""Of a hundred steps of progress."""


def open_workbook(path: Path, sheet: str | None, progress: Progress = silent) -> Cells:
    """The named sheet, or the first that can be seen."""
    package = open_package(path)
    check_parts(package, lambda done, end: progress(_PARTS * done // end, 100))
    entries = sheet_entries(package)
    chosen = choose_sheet(path, sheet)
    scan = scan_sheet(
        package, entries.get(chosen.name, ""), lambda done, end: progress(_PARTS + _SCAN * done // end, 100)
    )
    cells = read_sheet(chosen, scan, lambda done, end: progress(_PARTS + _SCAN + _ROWS * done // end, 100))
    progress(100, 100)
    return cells
