"""Counties, cities and districts as they were on a day, and what became of the others. Draws no map.

A code or name of another vintage is followed forward or back through the changes on record, and the way is told.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from attrs import frozen

from mujun.law import PROGRAMME
from mujun.register.names import plain_name
from mujun.yaml_source import read_yaml

_WHOLE = ("全部", "主体")


@frozen
class Division:
    """One county-level division; `valid_from` and `valid_to` both inclusive, None is open."""

    code: str
    name: str
    prefecture: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@frozen
class DivisionChange:
    """On `date`, all, most or a part of one division became, joined or left for another."""

    date: date
    from_code: str
    from_name: str
    to_code: str
    to_name: str
    extent: str
    event: str
    basis: str

    def __str__(self) -> str:
        part = {"全部": "", "主体": "大部分", "部分": "一部分"}[self.extent]
        became = {"换码": "改设为", "合并": "并入", "析出": "划入"}[self.event]
        before, after = f"{self.from_name}（{self.from_code}）", f"{self.to_name}（{self.to_code}）"
        return f"{before}{part}自{self.date}起{became}{after}，依据{self.basis}"


class DivisionKind(StrEnum):
    SAME = "same"
    OTHER_VINTAGE = "other_vintage"
    SHORT = "short"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@frozen
class DivisionMatch:
    """`division` is the one meant on that day, None where nobody can tell; then `proposals` are what it may be."""

    kind: DivisionKind
    division: Division | None
    proposals: tuple[Division, ...] = ()
    explanation: str = ""


@frozen
class Divisions:
    """All divisions on record, with their changes."""

    all: tuple[Division, ...]
    changes: tuple[DivisionChange, ...]

    def at(self, day: date) -> tuple[Division, ...]:
        return self._days.get(day) or self._days.setdefault(day, tuple(one for one in self.all if one.holds(day)))

    def resolve(self, text: str, day: date) -> DivisionMatch:
        """A code or a name, with or without the prefecture before it, as the division it was or became on that day."""
        wanted = _plain(text)
        here = [one for one in self.at(day) if wanted in _ways_to_write(one)]
        if len(here) == 1:
            return DivisionMatch(DivisionKind.SAME, here[0])
        elsewhere = [one for one in self.all if wanted in _ways_to_write(one)]
        if elsewhere:
            return self._followed(elsewhere[0], day)
        short = [one for one in self.at(day) if wanted and plain_name(one.name)[:-1] == wanted]
        if len(short) == 1:
            return DivisionMatch(DivisionKind.SHORT, short[0], explanation=f"“{text}”是{short[0].name}的简称")
        return DivisionMatch(DivisionKind.UNKNOWN, None)

    def _followed(self, one: Division, day: date) -> DivisionMatch:
        """Forward if it ended before that day, else back; one way only is taken, several are proposed."""
        forward = one.valid_to is not None and one.valid_to < day
        steps = [
            change
            for change in self.changes
            if (change.from_code == one.code and change.extent in _WHOLE if forward else change.to_code == one.code)
        ]
        if forward and any(change.extent == "主体" for change in steps):
            steps = [change for change in self.changes if change.from_code == one.code]
        by_code = {known.code: known for known in self.all}
        reached = [by_code[change.to_code if forward else change.from_code] for change in steps]
        told = "；".join(map(str, steps))
        if len(reached) == 1 and not reached[0].holds(day):
            further = self._followed(reached[0], day)
            return DivisionMatch(further.kind, further.division, further.proposals, f"{told}；{further.explanation}")
        if len(reached) == 1:
            return DivisionMatch(DivisionKind.OTHER_VINTAGE, reached[0], explanation=told)
        kind = DivisionKind.AMBIGUOUS if reached else DivisionKind.UNKNOWN
        return DivisionMatch(kind, None, tuple(one for one in reached if one.holds(day)), told)

    @cached_property
    def _days(self) -> dict[date, tuple[Division, ...]]:
        return {}


def divisions_at(day: date, round_name: str = "2019", root: Path = PROGRAMME) -> tuple[Division, ...]:
    """The divisions that there were on a day; none if the round keeps no table."""
    divisions = load_divisions(round_name, root)
    return () if divisions is None else divisions.at(day)


@cache
def divisions_day(round_name: str, root: Path = PROGRAMME) -> date | None:
    """The day on which the round takes its divisions, as round.yaml says; None if it does not say."""
    path = root / round_name / "round.yaml"
    if not path.exists():
        return None
    data, _ = read_yaml(path)
    said = (data.get("divisions") or {}).get("as_of")
    return None if said is None else date.fromisoformat(str(said)[:10])


@cache
def load_divisions(round_name: str = "2019", root: Path = PROGRAMME) -> Divisions | None:
    """The round's table and the changes on record; divisions gone before the table are known by their changes."""
    folder = root / round_name
    if not (folder / "divisions.csv").exists():
        return None
    known = [
        Division(row["code"], row["name"], row["prefecture"], _day(row["valid_from"]), _day(row["valid_to"]))
        for row in _rows(folder / "divisions.csv")
    ]
    changes = tuple(
        DivisionChange(**{**row, "date": date.fromisoformat(row["date"])})
        for row in _rows(folder / "division_changes.csv")
    )
    return Divisions(tuple(_with_gone(known, changes)), changes)


def _with_gone(known: list[Division], changes: Iterable[DivisionChange]) -> list[Division]:
    """A recoding also says since when its successor was there."""
    by_code = {one.code: one for one in known}
    for change in changes:
        before = change.date - timedelta(days=1)
        successor = by_code[change.to_code]
        if change.event == "换码" and successor.valid_from is None:
            by_code[change.to_code] = Division(
                successor.code, successor.name, successor.prefecture, change.date, successor.valid_to
            )
        if change.from_code not in by_code:
            by_code[change.from_code] = Division(change.from_code, change.from_name, successor.prefecture, None, before)
    return sorted(by_code.values(), key=lambda one: one.code)


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(text: str) -> str:
    """Codes lose the zeros that stand for townships: 330102000000."""
    plain = plain_name(text).removeprefix("浙江省")
    return plain[:6] if plain.isdigit() and len(plain) in (9, 12) and not plain[6:].strip("0") else plain


def _ways_to_write(one: Division) -> tuple[str, ...]:
    name = plain_name(one.name)
    return one.code, name, one.prefecture + name
