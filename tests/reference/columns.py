"""From rows to units: defaults, derived columns, scopes and eligibility. Knows nothing of scores."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from . import formula
from .measures import measure

Finding = tuple[str, str]
Scope = tuple[tuple[str, Any], ...]


@dataclass
class Unit:
    """One unit: its plain columns, the same as formulas see them, and what the rules say of it."""

    key: str
    columns: dict[str, Any]
    names: dict[str, Any]
    excluded_because: list[str] = field(default_factory=list)
    exempt: list[str] = field(default_factory=list)
    vetoed: list[str] = field(default_factory=list)

    @property
    def eligible(self) -> bool:
        """All eligibility rules hold, else 不参评."""
        return not self.excluded_because

    def scope(self, columns: Iterable[str]) -> Scope:
        """A missing group value is a group of its own."""
        return tuple((column, self.columns[column]) for column in columns)


def scope_text(scope: Scope) -> str:
    """A scope prints as `all` or `industry=石化产业`, several columns joined by `;`."""
    return ";".join(f"{column}={value_text(value)}" for column, value in scope) or "all"


def value_text(value: Any) -> str:
    """A missing group value prints （空）."""
    return "（空）" if value is None else str(value)


def read_units(scheme: dict[str, Any], rows: list[dict[str, Any]], find: Callable[[str, str], None]) -> list[Unit]:
    """Every row as a unit, in key order, with derived columns and the rules that look at columns alone."""
    constants = {name: formula.constant(value) for name, value in (scheme.get("constants") or {}).items()}
    units = []
    for row in sorted(rows, key=lambda row: row["key"]):
        unit = Unit(row["key"], {"name": row.get("name")}, dict(constants))
        for variable, declared in scheme["variables"].items():
            declared = declared or {}
            value = row.get(variable)
            value = declared.get("default") if value is None else value
            if declared.get("type") == "date" and isinstance(value, str):
                value = datetime.date.fromisoformat(value)
            _add_column(unit, variable, value, declared.get("unit"))
        for column, rule in (scheme.get("derive") or {}).items():
            _derive(unit, column, rule, find)
        for rule in scheme.get("eligibility") or []:
            if not _applies(rule, unit, find):
                unit.excluded_because.append(rule.get("label") or rule["id"])
        if unit.eligible:
            unit.exempt = [rule["id"] for rule in scheme.get("exemptions") or [] if _applies(rule, unit, find)]
            unit.vetoed = [rule["id"] for rule in scheme.get("vetoes") or [] if _applies(rule, unit, find)]
        units.append(unit)
    return units


def _add_column(unit: Unit, column: str, value: Any, unit_text: str | None) -> None:
    plain = formula.constant(value)
    if isinstance(plain, formula.Quantity):
        unit.columns[column] = plain.number
        unit.names[column] = formula.Quantity(plain.number, measure(unit_text))
    else:
        unit.columns[column] = value
        unit.names[column] = value if isinstance(value, str | bool | datetime.date) else None


def _applies(rule: dict[str, Any], unit: Unit, find: Callable[[str, str], None]) -> bool:
    return formula.holds(rule["when"], unit.names, lambda code: find(code, rule["id"]))


def _derive(unit: Unit, column: str, rule: dict[str, Any], find: Callable[[str, str], None]) -> None:
    """Derived columns are `classify`, `formula` or `choose`."""

    def note(code: str) -> None:
        find(code, column)

    if "classify" in rule:
        _add_column(unit, column, _class_of(unit.columns[rule["classify"]["of"]], rule["classify"]), None)
    elif "choose" in rule:
        met = (branch for branch in rule["choose"] if formula.holds(branch["when"], unit.names, note))
        first = next(met, None)
        _add_column(unit, column, first["then"] if first else rule.get("else"), None)
    else:
        value = formula.value_of(rule["formula"], unit.names, note)
        if isinstance(value, formula.Quantity):
            value = value.into(measure(rule.get("unit")))
        _add_column(unit, column, value, rule.get("unit"))


def _class_of(code: Any, rule: dict[str, Any]) -> str | None:
    """Longest prefix wins; a missing code stays missing."""
    if code is None:
        return None
    fits = [(len(p), name) for name, prefixes in rule["classes"].items() for p in prefixes if str(code).startswith(p)]
    return max(fits)[1] if fits else rule.get("else")
