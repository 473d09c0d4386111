"""Turn what a check found into findings with their cells, in the order of the file. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from mujun.collection.model import Check
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.report import MOST


@frozen
class Found:
    """One thing found about one unit's value of one variable. Without a cell in this file it is told of the unit."""

    unit: str
    variable: str
    message: str
    mend: str


def tell(context: Context, check: Check, found: Sequence[Found]) -> list[Finding]:
    """A finding for each, of the check's severity and under its id; beyond a thousand, how many there are."""
    ordered = sorted(found, key=lambda one: (context.row(one.unit), one.variable))
    findings = [finding(context, check, one, context.cell(one.unit, one.variable)) for one in ordered[:MOST]]
    if len(found) > MOST:
        message = f"“{check.label}”共{len(found):,}处，以上只列了前{MOST:,}处。"
        findings.append(finding(context, check, Found("", "", message, "请先检查整列。"), ""))
    return findings


def finding(context: Context, check: Check, found: Found, cell: str) -> Finding:
    return Finding(
        check.severity,
        check.id,
        found.message,
        found.mend,
        context.places.file,
        context.places.sheet,
        cell,
        unit=found.unit,
        variable=found.variable,
    )
