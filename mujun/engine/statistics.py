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
from typing import Any

import narwhals as nw
import polars as pl
from attrs import frozen

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
class _Cut:
    """How a column is cut: x·2^shift has its integer part below 2^bits; each further limb holds `bits` more."""

    shift: int
    bits: int
    limbs: int = _LIMBS

    @classmethod
    def of(cls, count: int, largest: float, whole: bool) -> _Cut:
        """For so many values of at most that size."""
        if whole and largest * count < _SUMMABLE:
            return cls(0, 0, 1)
        bits = min(_WIDEST, 62 - count.bit_length())
        _, exponent = frexp(largest)
        return cls(max(min(bits - exponent, 900), -1000), bits)

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


def answer(frame: Frame, asks: Iterable[Ask], backend: Backend) -> dict[Ask, Answer]:
    """All answers in as few passes as possible: one over all rows for what sums need to know, one per scope."""
    asks = list(dict.fromkeys(asks))
    cuts = _cuts(frame, sorted({ask.column for ask in asks if ask.kind == "sum"}), backend)
    by_scope: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        by_scope[ask.scope.index].append(ask)
    answers: dict[Ask, Answer] = {}
    for index, some in by_scope.items():
        found = _in_scopes(frame, index, some, cuts, backend)
        for ask in some:
            counts = {number: int(row[f"count:{ask.column}"]) for number, row in found.items()}
            match ask.kind:
                case "count":
                    answers[ask] = {number: Fraction(count) for number, count in counts.items()}
                case "min" | "max":
                    answers[ask] = {number: _exact(row[f"{ask.kind}:{ask.column}"]) for number, row in found.items()}
                case "sum":
                    cut = cuts[ask.column]
                    answers[ask] = {
                        number: cut.together([int(row[name] or 0) for name in _limb_names(ask.column, cut)])
                        if counts[number]
                        else None
                        for number, row in found.items()
                    }
                case _:
                    answers[ask] = _order_statistic(frame, ask, counts, backend)
    return answers


def _exact(value: float | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _cuts(frame: Frame, columns: list[str], backend: Backend) -> dict[str, _Cut]:
    """How large the values of each column are, and whether all are whole."""
    if not columns:
        return {}
    aggregates = []
    for name in columns:
        values = nw.col(name)
        aggregates += [
            values.count().alias(f"count:{name}"),
            values.abs().max().alias(f"largest:{name}"),
            (values - values.floor()).max().alias(f"rest:{name}"),
        ]
    row = backend.fetch(frame.select(*aggregates)).row(0, named=True)
    return {
        name: _Cut.of(int(row[f"count:{name}"]), row[f"largest:{name}"] or 0.0, not row[f"rest:{name}"])
        for name in columns
    }


def _limb_names(column: str, cut: _Cut) -> list[str]:
    return [f"limb:{place}:{column}" for place in range(cut.limbs)]


def _in_scopes(
    frame: Frame, index: str, asks: list[Ask], cuts: Mapping[str, _Cut], backend: Backend
) -> dict[int, dict[str, Any]]:
    """Counts of all columns asked for, extremes and limbs of those that need them, per scope."""
    aggregates = [nw.col(name).count().alias(f"count:{name}") for name in sorted({ask.column for ask in asks})]
    limbs: list[str] = []
    for kind, name in sorted({(ask.kind, ask.column) for ask in asks}):
        if kind == "min":
            aggregates.append(nw.col(name).min().alias(f"min:{name}"))
        elif kind == "max":
            aggregates.append(nw.col(name).max().alias(f"max:{name}"))
        elif kind == "sum":
            names = _limb_names(name, cuts[name])
            aggregates += [limb.sum().alias(made) for limb, made in zip(cuts[name].cut(name), names, strict=True)]
            limbs += names
    grouped = frame.group_by(index).agg(*aggregates)
    if limbs:  # some engines add whole numbers up into wider types
        grouped = grouped.with_columns(*(nw.col(name).cast(nw.Int64) for name in limbs))
    return {row[index]: row for row in backend.fetch(grouped).iter_rows(named=True)}


def _order_statistic(frame: Frame, ask: Ask, counts: Mapping[int, int], backend: Backend) -> Answer:
    """Values at given places of the sorted column; every order ends in the unit's key."""
    places: list[tuple[int, int]] = []
    for number, count in counts.items():
        places += [(number, place) for place in _places(ask, count)]
    if not places:
        return dict.fromkeys(counts)
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
        for number, count in counts.items()
    }


def _places(ask: Ask, count: int) -> list[int]:
    if count == 0:
        return []
    if ask.kind == "median":
        return [(count + 1) // 2, count // 2 + 1]
    return [min(max(ceil(ask.q * count), 1), count)]


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
