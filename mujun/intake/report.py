"""Gather the findings of one sheet. Thousands of one kind in one column become a thousand and their number."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from mujun.findings import Finding, Severity
from mujun.intake.cells import address

MOST = 1_000
"""Findings of one kind in one column that are told one by one."""
SHOWN = 20
"""Cells that a summary names."""


@frozen
class Report:
    file: str
    sheet: str
    findings: list[Finding] = field(factory=list)

    def error(
        self, code: str, message: str, mend: str = "", *, cell: str = "", unit: str = "", variable: str = ""
    ) -> None:
        self._add(Severity.ERROR, code, message, mend, cell, unit, variable)

    def warning(self, code: str, message: str, mend: str = "", *, cell: str = "", variable: str = "") -> None:
        self._add(Severity.WARNING, code, message, mend, cell, "", variable)

    def info(self, code: str, message: str, mend: str = "", *, cell: str = "", variable: str = "") -> None:
        self._add(Severity.INFO, code, message, mend, cell, "", variable)

    def many(
        self, code: str, number: int, what: str, *, severity: Severity = Severity.ERROR, variable: str = ""
    ) -> None:
        """Tell how many there are when not all were told."""
        if number > MOST:
            message = f"{what}共{number:,}处，以上只列了前{MOST:,}处。"
            self._add(severity, code, message, "请先检查整列的格式。", "", "", variable)

    def _add(self, severity: Severity, code: str, message: str, mend: str, cell: str, unit: str, variable: str) -> None:
        finding = Finding(severity, code, message, mend, self.file, self.sheet, cell, unit=unit, variable=variable)
        self.findings.append(finding)


def cells_shown(rows: Sequence[int], column: int) -> str:
    """F2、F5 …… and no more than a reader can take in."""
    shown = "、".join(address(row, column) for row in rows[:SHOWN])
    return shown + ("……" if len(rows) > SHOWN else "")
