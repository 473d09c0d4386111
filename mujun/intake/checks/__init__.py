"""Checks on values: one check, one function, one file of the same name. What they go by is declared in the plan.

A check takes the context and returns findings: code is the declared check's id, severity is the declared one. To add
one: a rule in mujun/collection/model.py, its keys in read_checks.py, a file here, a test file beside the others, and a
place in CHECKS.
"""

from __future__ import annotations

from collections.abc import Callable

from mujun.findings import Finding, Severity
from mujun.intake.checks.across_offices import across_offices
from mujun.intake.checks.context import Context
from mujun.intake.checks.control_totals import control_totals
from mujun.intake.checks.derivable import derivable
from mujun.intake.checks.duplicates import duplicates
from mujun.intake.checks.in_range import in_range
from mujun.intake.checks.known_codes import known_codes
from mujun.intake.checks.known_units import known_units
from mujun.intake.checks.outliers import outliers
from mujun.intake.checks.sums import sums
from mujun.intake.checks.unit_scale import unit_scale
from mujun.intake.checks.year_on_year import year_on_year

CHECKS: tuple[Callable[[Context], list[Finding]], ...] = (
    known_units,
    known_codes,
    derivable,
    in_range,
    unit_scale,
    across_offices,
    sums,
    control_totals,
    duplicates,
    year_on_year,
    outliers,
)
"""In the order in which a clerk mends: who, what, in which unit, then what does not fit."""


def check_values(context: Context) -> list[Finding]:
    """Everything the declared checks find in what came in.

    A column in another unit of measurement is told once: the warnings that it causes everywhere else are left out.
    """
    findings = [(check, finding) for check in CHECKS for finding in check(context)]
    misread = {finding.variable for check, finding in findings if check is unit_scale}
    return [
        finding
        for check, finding in findings
        if check is unit_scale or finding.severity is Severity.ERROR or finding.variable not in misread
    ]


__all__ = ["CHECKS", "Context", "check_values"]
