"""Gather what is wrong with a register, each finding with its cell. Thousands of one kind are cut and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from attrs import evolve, field, frozen

from mujun.findings import Finding, Severity
from mujun.register.divisions import DivisionKind, Divisions

MOST = 1_000
"""Findings of one kind that are told one by one."""


@frozen
class Places:
    """Where a register stands: its file, its sheet, and the letters of its columns."""

    file: str = ""
    sheet: str = ""
    letters: Mapping[str, str] = field(factory=dict)

    def cell(self, row: int, column: str) -> str:
        letters = self.letters.get(column) or self.letters.get("code") or ""
        return f"{letters}{row}" if letters else f"第{row}行"


@frozen
class Told:
    places: Places
    findings: list[Finding] = field(factory=list)
    _counts: Counter[str] = field(factory=Counter)

    def error(self, code: str, message: str, mend: str, row: int, column: str = "code", unit: str = "") -> None:
        self.add(Finding(Severity.ERROR, code, message, mend, unit=unit), row, column)

    def warning(self, code: str, message: str, mend: str, row: int, column: str = "code", unit: str = "") -> None:
        self.add(Finding(Severity.WARNING, code, message, mend, unit=unit), row, column)

    def add(self, finding: Finding, row: int, column: str, unit: str = "") -> None:
        """The finding, at its place; after a thousand of a kind, only that there are more."""
        self._counts[finding.code] += 1
        if self._counts[finding.code] > MOST + 1:
            return
        places = self.places
        if self._counts[finding.code] == MOST + 1:
            message = f"同类问题超过{MOST:,}处，以下不再逐条列出。"
            self.findings.append(evolve(finding, message=message, mend="请先检查整列。", file=places.file))
            return
        cell = places.cell(row, column)
        self.findings.append(
            evolve(finding, file=places.file, sheet=places.sheet, cell=cell, unit=finding.unit or unit)
        )

    def division(self, divisions: Divisions, text: str, day: date, row: int, unit: str) -> None:
        """A county that was not so called on that day, or that nobody knows."""
        match = divisions.resolve(text, day)
        if match.kind is DivisionKind.SAME:
            return
        if match.division is not None:
            message = f"县（市、区）“{text}”在{day}应为{match.division.name}：{match.explanation}。"
            self.warning("division_vintage", message, f"请核对后改为“{match.division.name}”。", row, "county", unit)
            return
        if match.proposals:
            named = "、".join(one.name for one in match.proposals)
            message = f"县（市、区）“{text}”在{day}已不存在，可能是{named}：{match.explanation}。"
            self.error("division_ambiguous", message, "请按单位实际所在填写其中一个。", row, "county", unit)
            return
        message = f"不认识县（市、区）“{text}”。"
        self.error("division_unknown", message, "请填全称，如“上城区”“苍南县”。", row, "county", unit)
