"""What a look at a file found: as it is kept; and as its sender reads it, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import asdict, field, frozen

from mujun.findings import Finding, Severity, blocking
from mujun.intake.submit import Submitted

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_MOST_SHOWN = 200
_MOST_MARKED = 250_000


@frozen
class Found:
    """Of one file. `open` want a reason; `waived` have one: code, reason, how many. `receipt`: number, who.

    `again` says that it had been brought in before.
    """

    units: int = 0
    cells: int = 0
    findings: tuple[Finding, ...] = ()
    open: tuple[Finding, ...] = ()
    waived: tuple[tuple[str, str, int], ...] = ()
    unreadable: bool = False
    receipt: tuple[str, str] | None = None
    again: bool = False

    def as_json(self) -> dict[str, Any]:
        said = asdict(self, recurse=False)
        return said | {name: [asdict(one) for one in said[name]] for name in ("findings", "open")}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Found:
        return cls(
            units=said["units"],
            cells=said["cells"],
            findings=_findings(said["findings"]),
            open=_findings(said["open"]),
            waived=tuple((code, why, count) for code, why, count in said["waived"]),
            unreadable=said["unreadable"],
            receipt=None if said["receipt"] is None else (said["receipt"][0], said["receipt"][1]),
            again=said["again"],
        )

    def markable(self, name: str) -> bool:
        """Whether the sender gets his own workbook back with the cells marked."""
        if self.unreadable or not self.findings or Path(name).suffix.lower() == ".parquet":
            return False
        return self.cells <= _MOST_MARKED


def found_in(one: Submitted) -> Found:
    receipt = None if one.receipt is None else (one.receipt.number, one.receipt.by)
    waived = tuple((waiver.code, waiver.why, waiver.findings) for waiver in one.waivers)
    again = one.receipt is not None and one.receipt.again
    return Found(one.units, one.cells, one.findings, one.open, waived, one.unreadable, receipt, again)


def not_read(findings: Iterable[Finding]) -> Found:
    return Found(findings=tuple(findings), unreadable=True)


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
    receipt: tuple[str, str] | None = None
    markable: bool = False
    open_now: frozenset[Finding] = field(factory=frozenset)

    @property
    def ready(self) -> bool:
        """Nothing stands against it but reasons still to be written."""
        return not self.unreadable and not self.errors


def told_of(one: Found, name: str, reasons: Mapping[str, str]) -> Checked:
    if one.unreadable:
        return Checked(unreadable=one.findings)
    counts = Counter(finding.severity for finding in one.findings)
    ordered = sorted(one.findings, key=lambda finding: (_ORDER[finding.severity], finding not in one.open))
    asked = Counter(finding.code for finding in one.open)
    examples = {finding.code: finding.message for finding in reversed(one.open)}
    return Checked(
        units=one.units,
        cells=one.cells,
        errors=len(blocking(one.findings)),
        warnings=counts[Severity.WARNING],
        notes=counts[Severity.INFO],
        shown=tuple(ordered[:_MOST_SHOWN]),
        more=max(0, len(ordered) - _MOST_SHOWN),
        asked=(
            *(Asked(code, examples[code], count, reasons.get(code, "")) for code, count in asked.items()),
            *(Asked(code, "", count, reasons.get(code, why)) for code, why, count in one.waived if code not in asked),
        ),
        receipt=one.receipt,
        markable=one.markable(name),
        open_now=frozenset(one.open),
    )


def _findings(said: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(**{**one, "severity": Severity(one["severity"])}) for one in said)
