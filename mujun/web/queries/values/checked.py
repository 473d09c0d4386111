"""What a dry run found, as a sender reads it: the worst first, what wants a reason asked once a kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from mujun.findings import Finding, Severity, blocking
from mujun.intake.submit import Submitted
from mujun.store import Receipt

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_MOST_SHOWN = 200
_MOST_MARKED = 250_000


@frozen
class Asked:
    """A kind of finding that passes only with a reason."""

    code: str
    example: str
    count: int
    why: str = ""


@frozen
class Checked:
    units: int = 0
    cells: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    shown: tuple[Finding, ...] = ()
    more: int = 0
    asked: tuple[Asked, ...] = ()
    unreadable: tuple[Finding, ...] = ()
    receipt: Receipt | None = None
    markable: bool = False
    open_now: frozenset[Finding] = field(factory=frozenset)

    @property
    def ready(self) -> bool:
        """Nothing stands against it but reasons still to be written."""
        return not self.unreadable and not self.errors


def told_of(one: Submitted, name: str, reasons: Mapping[str, str]) -> Checked:
    if one.unreadable:
        return Checked(unreadable=one.findings)
    counts = Counter(finding.severity for finding in one.findings)
    ordered = sorted(one.findings, key=lambda finding: (_ORDER[finding.severity], finding not in one.open))
    asked = Counter(finding.code for finding in one.open)
    examples = {finding.code: finding.message for finding in reversed(one.open)}
    waived = {waiver.code: waiver for waiver in one.waivers}
    return Checked(
        units=one.units,
        cells=one.cells,
        errors=len(blocking(one.findings)),
        warnings=counts[Severity.WARNING],
        notes=counts[Severity.INFO],
        shown=tuple(ordered[:_MOST_SHOWN]),
        more=max(0, len(ordered) - _MOST_SHOWN),
        asked=(
            *(Asked(code, examples[code], count) for code, count in asked.items()),
            *(Asked(code, "", one.findings, reasons.get(code, one.why)) for code, one in waived.items()),
        ),
        receipt=one.receipt,
        markable=bool(one.findings) and Path(name).suffix.lower() != ".parquet" and one.cells <= _MOST_MARKED,
        open_now=frozenset(one.open),
    )
