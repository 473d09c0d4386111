"""Answer questions about columns inside scopes, exactly and whatever the order of rows or the number of threads.

Sums are taken over whole numbers. Where a column holds nothing else and cannot overflow, it is added up as it stands;
otherwise each double is cut into three limbs of `bits` bits below the largest one, so that no Int64 sum can overflow,
and the limbs are put together as fractions outside the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, frexp

import narwhals as nw
import polars as pl
from attrs import field, frozen

from mujun.dataset import ROW
from mujun.engine.backend import Backend, Frame
from mujun.engine.scopes import Scope

_LIMBS = 3
_WIDEST = 51
_SUMMABLE = 2.0**62
"""What no sum of whole numbers may reach in Int64."""


@frozen
class Ask:
    """A statistic of a settled column (null is not counted) inside a scope: count, sum, min, max or smallest.

    `smallest` is the ⌈q·n⌉-th smallest; `median` the mean of the middle two.
    """

    kind: str
    column: str
    scope: Scope
    q: Fraction = Fraction(1, 2)


Answer = Mapping[int, Fraction | None]
"""Per scope number; None where nothing was counted. Scopes without rows do not appear."""


@frozen
class _Profile:
    """What one pass tells of a column in each scope."""

    count: dict[int, int] = field(factory=dict)
    low: dict[int, float | None] = field(factory=dict)
    high: dict[int, float | None] = field(factory=dict)
    broken: set[int] = field(factory=set)
    """The scopes in which it is not whole throughout; asked only of columns that are added up."""


def answer(frame: Frame, asks: Iterable[Ask], backend: Backend) -> dict[Ask, Answer]:
    """All answers, in as few passes as possible: one per scope for counts and extremes, one more for sums."""
    asks = list(dict.fromkeys(asks))
    by_scope: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        by_scope[ask.scope.index].append(ask)
    answers: dict[Ask, Answer] = {}
    for index, some in by_scope.items():
        added = sorted({ask.column for ask in some if ask.kind == "sum"})
        profiles = _profiles(frame, index, sorted({ask.column for ask in some}), added, backend)
        sums = _sums(frame, index, added, profiles, backend)
        for ask in some:
            profile = profiles[ask.column]
            match ask.kind:
                case "count":
                    answers[ask] = {number: Fraction(count) for number, count in profile.count.items()}
                case "min":
                    answers[ask] = _exact(profile.low)
                case "max":
                    answers[ask] = _exact(profile.high)
                case "sum":
                    answers[ask] = sums[ask.column]
                case _:
                    answers[ask] = _order_statistic(frame, ask, profile, backend)
    return answers


def _exact(values: Mapping[int, float | None]) -> Answer:
    return {number: None if value is None else Fraction(value) for number, value in values.items()}


def _profiles(frame: Frame, index: str, columns: list[str], added: list[str], backend: Backend) -> dict[str, _Profile]:
    aggregates = []
    for position, column in enumerate(columns):
        values = nw.col(column)
        aggregates += [
            values.count().alias(f"count:{position}"),
            values.min().alias(f"low:{position}"),
            values.max().alias(f"high:{position}"),
        ]
        if column in added:
            aggregates.append((values - values.floor()).max().alias(f"rest:{position}"))
    rows = backend.fetch(frame.group_by(index).agg(*aggregates))
    profiles = {column: _Profile() for column in columns}
    for row in rows.iter_rows(named=True):
        number = row[index]
        for position, column in enumerate(columns):
            profiles[column].count[number] = int(row[f"count:{position}"])
            profiles[column].low[number] = row[f"low:{position}"]
            profiles[column].high[number] = row[f"high:{position}"]
            if row.get(f"rest:{position}"):
                profiles[column].broken.add(number)
    return profiles


@frozen
class _Cut:
    """How a column is cut: x·2^shift has its integer part below 2^bits; each further limb holds `bits` more."""

    shift: int
    bits: int
    limbs: int = _LIMBS

    def cut(self, column: str) -> list[nw.Expr]:
        if self.limbs == 1:
            return [nw.col(column).cast(nw.Int64)]
        rest = nw.col(column) * 2.0**self.shift
        limbs = []
        for _ in range(self.limbs):
            whole = rest.floor()
            limbs.append(whole.cast(nw.Int64))
            rest = (rest - whole) * 2.0**self.bits
        return limbs

    def together(self, sums: list[int]) -> Fraction:
        total = 0
        for limb in sums:
            total = (total << self.bits) + limb
        places = self.shift + (self.limbs - 1) * self.bits
        return Fraction(total, 2**places) if places >= 0 else Fraction(total * 2**-places)


def _cut(profile: _Profile) -> _Cut:
    extremes = [abs(value) for values in (profile.low, profile.high) for value in values.values() if value is not None]
    units = sum(profile.count.values())
    largest = max(extremes, default=0.0)
    if not profile.broken and largest * units < _SUMMABLE:
        return _Cut(0, 0, 1)
    bits = min(_WIDEST, 62 - units.bit_length())
    _, exponent = frexp(largest)
    return _Cut(max(min(bits - exponent, 900), -1000), bits)


def _sums(
    frame: Frame, index: str, columns: list[str], profiles: Mapping[str, _Profile], backend: Backend
) -> dict[str, Answer]:
    if not columns:
        return {}
    cuts = {column: _cut(profiles[column]) for column in columns}
    aggregates, names = [], []
    for position, column in enumerate(columns):
        for place, limb in enumerate(cuts[column].cut(column)):
            names.append(f"limb:{position}:{place}")
            aggregates.append(limb.sum().alias(names[-1]))
    grouped = frame.group_by(index).agg(*aggregates)
    rows = backend.fetch(grouped.with_columns(*(nw.col(name).cast(nw.Int64) for name in names)))
    sums: dict[str, dict[int, Fraction | None]] = {column: {} for column in columns}
    for row in rows.iter_rows(named=True):
        for position, column in enumerate(columns):
            if profiles[column].count[row[index]] == 0:
                sums[column][row[index]] = None
            else:
                limbs = [int(row[f"limb:{position}:{place}"] or 0) for place in range(cuts[column].limbs)]
                sums[column][row[index]] = cuts[column].together(limbs)
    return dict(sums)


def _order_statistic(frame: Frame, ask: Ask, profile: _Profile, backend: Backend) -> Answer:
    """Values at given places of the sorted column; every order ends in the unit's key."""
    places: list[tuple[int, int]] = []
    for number, count in profile.count.items():
        places += [(number, place) for place in _places(ask, count)]
    if not places:
        return dict.fromkeys(profile.count)
    index = ask.scope.index
    wanted = pl.DataFrame(places, schema={index: pl.Int64, "place": pl.Int64}, orient="row").unique()
    counted = frame.filter(~nw.col(ask.column).is_null()).select(index, ask.column, ROW, one=nw.lit(1).cast(nw.Int64))
    placed = counted.with_columns(place=nw.col("one").cum_sum().over(index, order_by=[ask.column, ROW]).cast(nw.Int64))
    rows = backend.fetch(
        placed.join(backend.bring(wanted), on=[index, "place"], how="inner").select(index, "place", ask.column)
    )
    found = {(row[0], row[1]): Fraction(row[2]) for row in rows.iter_rows()}
    return {
        number: None if count == 0 else _mean([found[number, place] for place in _places(ask, count)])
        for number, count in profile.count.items()
    }


def _places(ask: Ask, count: int) -> list[int]:
    if count == 0:
        return []
    if ask.kind == "median":
        return [(count + 1) // 2, count // 2 + 1]
    return [min(max(ceil(ask.q * count), 1), count)]


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
