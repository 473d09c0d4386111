"""Write what was typed in a form into the text of a scheme. Refuses what is no number; `read_scheme` says the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.scheme.amend.bands import NUMBER, put_bands, read_bands
from mujun.scheme.amend.entries import Entry, entries_of
from mujun.scheme.amend.parsed import parsed
from mujun.scheme.amend.places import at, like_others, weight_column
from mujun.scheme.amend.splice import REMOVE, Path, amend
from mujun.scheme.amend.words import STATISTICS

_WHOLE = re.compile(r"[0-9]{1,9}")


def put_entries(text: str, values: Mapping[str, str]) -> str:
    """The text with these entries changed, everything else as it was. Names that are no entry are passed over.

    Raises CannotGoOn with a finding for each value that cannot be written; `Finding.variable` names its entry.
    """
    entries = {one.name: one for one in entries_of(text)}
    changed = {
        name: typed for name, value in values.items() if (typed := changes(entries.get(name), value)) is not None
    }
    findings: list[Finding] = []
    new = {name: _read(entries[name], typed, findings) for name, typed in changed.items()}
    if findings:
        raise CannotGoOn(findings)
    data = parsed(text)
    return amend(text, _places(data, entries, new)) if new else text


def changes(entry: Entry | None, typed: str) -> str | None:
    """What was typed, cleaned, if it is another value than stands there; 30.0 is no other weight than 30."""
    if entry is None:
        return None
    value = typed.strip().replace("\r\n", "\n")
    if entry.kind == "bands":
        bands, wrong = read_bands(value)
        return None if not wrong and bands == read_bands(entry.value)[0] else value
    if entry.kind in ("number", "whole", "percent", "level"):
        value = unicodedata.normalize("NFKC", value).removesuffix("%").strip()
        if NUMBER.fullmatch(value) and NUMBER.fullmatch(entry.value) and Decimal(value) == Decimal(entry.value):
            return None
    return None if value == entry.value else value


def _read(entry: Entry, typed: str, findings: list[Finding]) -> Any:
    def wrong(message: str, mend: str) -> None:
        told = f"{entry.subject}的“{entry.what}”{message}"
        findings.append(Finding(Severity.ERROR, "cannot_write", told, mend, variable=entry.name))

    if entry.kind == "bands":
        bands, found = read_bands(typed)
        for message, mend in found:
            wrong(message, mend)
        return bands
    if not typed:
        if not entry.optional:
            wrong("不能空着。", "请填写。")
        return REMOVE
    if entry.kind == "whole":
        return int(typed) if _WHOLE.fullmatch(typed) else wrong(f"“{typed}”不是整数。", "请填不小于0的整数。")
    if entry.kind in ("number", "percent") or (entry.kind == "level" and typed not in dict(STATISTICS)):
        if not NUMBER.fullmatch(typed):
            return wrong(f"“{typed}”不是数。", "请只填数字，例如 30 或 12.5。")
        return Decimal(typed) / 100 if entry.kind == "percent" else Decimal(typed)
    if entry.kind == "choice" and typed not in dict(entry.choices):
        return wrong(f"没有“{typed}”这一项。", "请从所列的里面选。")
    return Decimal(typed) if entry.kind == "text" and NUMBER.fullmatch(typed) else typed


def _places(data: Any, entries: Mapping[str, Entry], new: Mapping[str, Any]) -> dict[Path, Any]:
    """Where each new value is written. A table that gains or loses a row is written whole."""
    column = weight_column(data)
    tables: dict[Path, list[str]] = {}
    found: dict[Path, Any] = {}
    for name, value in new.items():
        place = entries[name].path
        table = (
            place[:-1] if "weight" in place else ("selection", "quota") if place[:2] == ("selection", "quota") else ()
        )
        if table and place != ("selection", "quota", "share"):
            tables.setdefault(table, []).append(name)
        elif entries[name].kind == "bands":
            found |= put_bands(at(data, place), value, place)
        elif entries[name].kind == "level":
            found |= _level(data, place, value)
        else:
            found[place] = value
    for table, names in tables.items():
        rows = [one for one in entries.values() if one.path[: len(table)] == table]
        found |= _table(data, table, rows, {name: new[name] for name in names}, column)
    return found


def _level(data: Any, place: Path, value: Any) -> dict[Path, Any]:
    """A statistic keeps what is said of it; a new one is taken as the others of the file are."""
    if not isinstance(value, str):
        return {place: value}
    if isinstance(at(data, place), dict):
        return {(*place, "statistic"): value}
    return {place: {**like_others(data), "statistic": value}}


def _table(data: Any, table: Path, rows: list[Entry], new: Mapping[str, Any], column: str) -> dict[Path, Any]:
    """A number for all, with rows of their own for some: weights by class, places by group."""
    now = at(data, table)
    grows = any(value is REMOVE or at(data, one.path) is None for one in rows for value in _given(new, one))
    if isinstance(now, dict) and not grows:
        return {one.path: new[one.name] for one in rows if one.name in new}
    values = {one.path[-1]: new[one.name] if one.name in new else _number(one.value) for one in rows}
    set_ = {key: value for key, value in values.items() if value is not None and value is not REMOVE}
    default = set_.pop("default", None)
    rest = {} if default is None else {"default": default}
    if not set_:
        return {table: default if default is not None else 0}
    if table[-1] == "weight":
        return {table: {"by": column, **set_, **rest}}
    kept = {key: one for key, one in now.items() if key != "by_group"} if isinstance(now, dict) else {}
    return {table: {"by_group": {**set_, **rest}, **kept}}


def _given(new: Mapping[str, Any], one: Entry) -> list[Any]:
    return [new[one.name]] if one.name in new else []


def _number(text: str) -> Decimal | int | None:
    if not text:
        return None
    return int(text) if _WHOLE.fullmatch(text) else Decimal(text)
