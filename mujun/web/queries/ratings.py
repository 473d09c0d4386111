"""Items that people judge: the rubric, who has rated what, what he may see of it, and the marks as an office's form.

Another's mark is hidden until one's own is in. Two marks far apart are to be looked at again.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import frozen

from mujun.law import PROGRAMME
from mujun.web.models import Rating, Track, ValueSet
from mujun.web.queries.rules import scheme_ids
from mujun.yaml_source import read_yaml


@frozen
class Judged:
    """An indicator that is judged: by whom into which variables, from what to what, and what a far difference is."""

    id: str
    domain: str
    label: str
    variables: tuple[str, ...]
    low: Decimal
    high: Decimal
    spread: Decimal
    clause: str
    rubric: tuple[tuple[int, str], ...]
    basis: str


@frozen
class Rated:
    """A unit as one rater sees it. `marks` is empty while his own is not in; `place` whether it is his own place."""

    unit: ValueSet
    own: Rating | None
    marks: tuple[Rating, ...]
    count: int
    full: bool
    median: Decimal | None
    apart: Decimal | None

    @property
    def far(self) -> bool:
        return self.apart is not None


@cache
def judged_items(programme: str) -> tuple[Judged, ...]:
    file = PROGRAMME / programme / "ratings.yaml"
    if not file.exists():
        return ()
    data, _ = read_yaml(file)
    return tuple(_read(one) for one in data["items"])


def judged_of(track: Track) -> Judged | None:
    """What is judged in a domain, if anything."""
    return next((one for one in judged_items(track.round.programme) if one.domain == track.domain), None)


def units_to_rate(track: Track) -> list[ValueSet]:
    """Those that take part, in the order of counties."""
    return list(
        ValueSet.objects.filter(track=track, scheme=scheme_ids(track)[0], excluded="").order_by(
            "city", "county", "unit"
        )
    )


def rated_units(track: Track, judged: Judged, rater: int | None) -> list[Rated]:
    """As somebody sees them; `rater` None sees only how many marks there are."""
    marks: dict[str, list[Rating]] = defaultdict(list)
    for one in (
        Rating.objects.filter(track=track, variable=judged.id).select_related("rater").order_by("rated_at", "pk")
    ):
        marks[one.unit].append(one)
    return [_rated(unit, marks[unit.unit], judged, rater) for unit in units_to_rate(track)]


def _rated(unit: ValueSet, marks: list[Rating], judged: Judged, rater: int | None) -> Rated:
    own = next((one for one in marks if one.rater_id == rater), None)
    full = len(marks) >= len(judged.variables)
    seen = tuple(marks) if own is not None else ()
    apart = max(one.mark for one in marks) - min(one.mark for one in marks) if full else None
    return Rated(
        unit=unit,
        own=own,
        marks=seen,
        count=len(marks),
        full=full,
        median=median([one.mark for one in marks]) if full and own is not None else None,
        apart=apart if apart is not None and own is not None and apart >= judged.spread else None,
    )


def median(marks: Iterable[Decimal]) -> Decimal:
    """The one in the middle, or the mean of the two there: exact."""
    ordered = sorted(marks)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def ratings_as_form(track: Track) -> bytes:
    """The marks as the office's own form, CSV, to be taken in like any other: a row a unit, a column a rater.

    Only units whose marks are complete; which mark stands in which column is the order in which they were given.
    """
    judged = judged_of(track)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    if judged is not None:
        writer.writerow(["code", "name", *judged.variables])
        writer.writerows(_rows(track, judged))
    return buffer.getvalue().encode()


def _rows(track: Track, judged: Judged) -> list[list[str]]:
    marks: dict[str, list[Decimal]] = defaultdict(list)
    rows = Rating.objects.filter(track=track, variable=judged.id).order_by("rated_at", "pk")
    for unit, mark in rows.values_list("unit", "mark"):
        marks[unit].append(mark)
    return [
        [one.unit, one.name, *(f"{mark.normalize():f}" for mark in marks[one.unit])]
        for one in units_to_rate(track)
        if len(marks[one.unit]) == len(judged.variables)
    ]


def _read(one: dict[str, Any]) -> Judged:
    return Judged(
        id=str(one["id"]),
        domain=str(one["domain"]),
        label=str(one["label"]),
        variables=tuple(str(name) for name in one["variables"]),
        low=Decimal(str(one["low"])),
        high=Decimal(str(one["high"])),
        spread=Decimal(str(one["spread"])),
        clause=str(one["clause"]),
        rubric=tuple((int(part["points"]), str(part["text"])) for part in one["rubric"]),
        basis=str(one["basis"]["assumption"]),
    )
