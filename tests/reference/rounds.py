"""One round being evaluated: its units, scopes, findings, and the benchmarks it used."""

from fractions import Fraction
from typing import Any, Optional

from . import formula
from .columns import Scope, Unit, read_units, scope_text

Present = dict[str, Fraction]  # unit key → value; a missing value has no entry


class Round:
    """The data of one round under a scheme, and what has been worked out of it so far."""

    def __init__(self, scheme: dict[str, Any], rows: list[dict[str, Any]], previous: Optional["Round"]) -> None:
        """Read the units; `previous` is last round's data under the same scheme."""
        self.scheme = scheme
        self.previous = previous
        self.findings: set[tuple[str, str]] = set()
        self.group_by: list[str] = list(scheme.get("group_by") or [])
        self.constants = {name: formula.constant(value) for name, value in (scheme.get("constants") or {}).items()}
        self.all_units = read_units(scheme, rows, self.find)
        self.units: dict[str, Unit] = {unit.key: unit for unit in self.all_units if unit.eligible}
        self.steps: dict[tuple[str, int], Any] = {}  # node id, place → the step as it was taken
        self.benchmarks: dict[str, list[dict[str, Any]]] = {}

    def find(self, code: str, subject: str) -> None:
        """Collect a finding; nothing stops at the first."""
        self.findings.add((code, subject))

    def over(self, over: Any) -> list[str]:
        """`group` (the default), `all` or columns."""
        if over is None or over == "group":
            return self.group_by
        return [] if over == "all" else list(over)

    def by_scope(self, values: Present, over: Any, exists: set[str]) -> dict[Scope, list[Fraction]]:
        """The values of each scope that has a unit, in the order of the scopes' texts."""
        columns = self.over(over)
        scopes = {self.units[key].scope(columns) for key in exists}
        result: dict[Scope, list[Fraction]] = {scope: [] for scope in sorted(scopes, key=scope_text)}
        for key, value in values.items():
            result[self.units[key].scope(columns)].append(value)
        return result

    def keep(self, label: str, statistic: str, scopes: dict[Scope, tuple[int, Fraction | None]]) -> None:
        """One row per node, step and scope."""
        self.benchmarks.setdefault(label, []).extend(
            {"node": label, "scope": scope_text(scope), "n": n, "statistic": statistic, "value": value}
            for scope, (n, value) in scopes.items()
        )
