"""Findings: what is wrong, where, why and how to mend it.

They are values, gathered and reported together, never raised.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from attrs import frozen


class Severity(StrEnum):
    """An error blocks publication and ends a command with exit code 1; a warning and a note inform."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "提醒", "info": "说明"}[self.value]


@frozen
class Finding:
    """One finding. `cell` is an address such as F17; `line` counts from 1; empty text means "does not apply"."""

    severity: Severity
    code: str
    message: str
    mend: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int | None = None
    unit: str = ""
    variable: str = ""

    @property
    def place(self) -> str:
        """Where: `manufacturing.yaml:14` or `税务.xlsx!填报!F17`."""
        if self.line is not None:
            return f"{self.file}:{self.line}"
        return "!".join(part for part in (self.file, self.sheet, self.cell) if part)

    def __str__(self) -> str:
        return " ".join(part for part in (self.place, self.message + self.mend) if part)


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that keep a result from being published."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


class CannotGoOn(Exception):
    """A file cannot be read or a scheme cannot be used at all. Carries every finding; commands end with exit code 2."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
