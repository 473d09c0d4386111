"""Which cells of which sheet a finding is about. Changes nothing."""

from __future__ import annotations

import re

from mujun.findings import Finding
from mujun.intake.marked.opened import Opened

_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_NAMED = re.compile(rf"：({_ADDRESS.pattern}(?:、{_ADDRESS.pattern})*)(?:……)?。")
"""The cells that a finding about a whole column names: “有3格没有数据：F2、F5、F8。”"""


def sheet_of(finding: Finding, opened: Opened) -> str:
    """The sheet that was read, where a finding names none of the workbook's."""
    names: list[str] = opened.workbook.sheetnames
    return finding.sheet if finding.sheet in names else opened.sheet if opened.sheet in names else ""


def addresses_of(finding: Finding) -> list[str]:
    """Its own cell, or those that its message names."""
    if _ADDRESS.fullmatch(finding.cell):
        return [finding.cell]
    named = None if finding.cell else _NAMED.search(finding.message)
    return named[1].split("、") if named else []
