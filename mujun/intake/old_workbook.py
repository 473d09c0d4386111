"""Open one sheet of an old Excel workbook, XLS: the container first, then what is inside, then the cells.

What such a file does not say: whether a formula was ever worked out. It always holds a result, 0 if nobody did.
"""

from __future__ import annotations

from pathlib import Path

from mujun.findings import CannotGoOn
from mujun.intake.calamine_sheet import choose_sheet, read_sheet
from mujun.intake.cells import Cells, Progress, refusal, silent
from mujun.intake.compound import Compound, open_compound
from mujun.intake.file_name import visible
from mujun.intake.kind import SAVE_ANEW, password_needed
from mujun.intake.old_scan import OldWorkbook, read_globals, scan_old_sheet
from mujun.intake.parts import forbidden

_WORKBOOK = "Workbook"
_ENCRYPTED = {"encryptedpackage", "encryptioninfo", "encryption"}
_PROGRAMS = {"_vba_project_cur", "_vba_project", "vba", "macros"}
_EMBEDDED = ("mbd", "\1ole10native", "objectpool", "ctls")
"""Beginnings of names. A stream called \1Ole is nothing special: LibreOffice always writes one."""


def open_old_workbook(path: Path, sheet: str | None, progress: Progress = silent) -> Cells:
    """The named sheet, or the first that can be seen."""
    compound = open_compound(path, _WORKBOOK)
    names = {name.lower() for name in compound.names}
    if names & _ENCRYPTED:
        raise password_needed(path)
    stream = compound.streams.get(_WORKBOOK)
    if stream is None:
        raise refusal(path.name, "wrong_format", "内容不是 Excel 97 以后的工作簿。", SAVE_ANEW)
    book = read_globals(path, stream)
    if book.encrypted:
        raise password_needed(path)
    _check(compound, book)
    chosen = choose_sheet(path, sheet)
    scan = scan_old_sheet(path, stream, book, chosen.name, lambda done, end: progress(50 * done // end, 100))
    cells = read_sheet(chosen, scan, lambda done, end: progress(50 + 50 * done // end, 100))
    progress(100, 100)
    return cells


def _check(compound: Compound, book: OldWorkbook) -> None:
    found: dict[str, str] = {}
    for name in compound.names:
        if name.lower() in _PROGRAMS:
            found.setdefault("macro", name)
        elif name.lower().startswith(_EMBEDDED):
            found.setdefault("embedded_object", visible(name))
    if book.macros:
        found.setdefault("macro", "宏表或 VBA 模块")
    if book.links:
        found.setdefault("external_link", book.links[0])
    if found:
        raise CannotGoOn([forbidden(compound.path, code, part) for code, part in found.items()])
