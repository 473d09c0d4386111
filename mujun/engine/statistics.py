"""Answer questions about columns inside scopes, exactly and whatever the order of rows or the number of threads.

Counts and sums of a table that lies in memory are taken from its arrays; all else, and every other engine's tables,
are asked in columns, as few times as can be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from attrs import frozen

from mujun.dataset import ROW
from mujun.engine.backend import Backend, Frame
from mujun.engine.scopes import Scope
from mujun.engine.sums import Cut, Floats, Ints, add_up


@frozen
class Ask:
    """A statistic of a settled column (null is not counted) inside a scope: count, sum, min, max or smallest.

    `smallest` is the ⌈q·n⌉-th smallest; `median` the mean of the middle two. A sum may be taken `where` another column
    is present, and may know beforehand that the column is `whole`: holds whole numbers only.
    """

    kind: str
    column: str
    scope: Scope
    q: Fraction = Fraction(1, 2)
    where: str = ""
    whole: bool = False

    @property
    def counted(self) -> nw.Expr:
        """The column where it counts."""
        column = nw.col(self.column)
        return nw.when(~nw.col(self.where).is_null()).then(column) if self.where else column


Answer = Mapping[int, Fraction | None]
"""Per scope number; None where nothing was counted. Scopes without rows do not appear."""


def answer(frame: Frame, asks: Iterable[Ask], backend: Backend) -> dict[Ask, Answer]:
    """All answers."""
    asks = list(dict.fromkeys(asks))
    if not backend.in_memory:
        return _from_columns(frame, asks, backend)
    added = [ask for ask in asks if ask.kind in ("count", "sum")]
    answers = _from_arrays(frame, added, backend)
    answers |= _from_columns(frame, [ask for ask in asks if ask not in answers], backend)
    return answers


def _from_arrays(frame: Frame, asks: list[Ask], backend: Backend) -> dict[Ask, Answer]:
    """Counts and sums."""
    if not asks:
        return {}
    names = dict.fromkeys(name for ask in asks for name in (ask.column, ask.scope.index, ask.where) if name)
    rows = backend.fetch(frame.select(*names))
    sizes = {index: np.bincount(rows[index].to_numpy()) for index in {ask.scope.index for ask in asks}}
    answers: dict[Ask, Answer] = {}
    for ask in asks:
        size = sizes[ask.scope.index]
        values, scope = _counted(rows, ask)
        counts = size if len(scope) == rows.height else np.bincount(scope, minlength=len(size))
        found: list[Fraction] | list[int] = counts.tolist()
        if ask.kind == "sum":
            found = add_up(values, scope, len(size), ask.whole)
        answers[ask] = {
            number: None if ask.kind == "sum" and not counts[number] else Fraction(found[number])
            for number in np.flatnonzero(size).tolist()
        }
    return answers


def _counted(rows: pl.DataFrame, ask: Ask) -> tuple[Floats, Ints]:
    """The values that count, and the scope of each."""
    column, scope = rows[ask.column], rows[ask.scope.index]
    gaps = [one for one in (column, rows[ask.where] if ask.where else column) if one.null_count()]
    if not gaps:
        return column.to_numpy(), scope.to_numpy()
    there = gaps[0].is_not_null()
    for one in gaps[1:]:
        there &= one.is_not_null()
    return column.filter(there).to_numpy(), scope.filter(there).to_numpy()


def _from_columns(frame: Frame, asks: list[Ask], backend: Backend) -> dict[Ask, Answer]:
    """One pass over all rows for what sums need to know, one per scope, and one per order statistic."""
    cuts = _cuts(frame, [ask for ask in asks if ask.kind == "sum"], backend)
    by_scope: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        by_scope[ask.scope.index].append(ask)
    answers: dict[Ask, Answer] = {}
    for index, some in by_scope.items():
        found = _in_scopes(frame, index, some, cuts, backend)
        for place, ask in enumerate(some):
            counts = {number: int(row[f"count:{place}"]) for number, row in found.items()}
            match ask.kind:
                case "count":
                    answers[ask] = {number: Fraction(count) for number, count in counts.items()}
                case "min" | "max":
                    answers[ask] = {number: _exact(row[f"{ask.kind}:{place}"]) for number, row in found.items()}
                case "sum":
                    cut = cuts[ask]
                    answers[ask] = {
                        number: cut.together([int(row[name] or 0) for name in _limb_names(place, cut)])
                        if counts[number]
                        else None
                        for number, row in found.items()
                    }
                case _:
                    answers[ask] = _order_statistic(frame, ask, counts, backend)
    return answers


def _exact(value: float | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _cuts(frame: Frame, asks: list[Ask], backend: Backend) -> dict[Ask, Cut]:
    """How large the values of each column are, and whether all are whole."""
    if not asks:
        return {}
    aggregates = []
    for place, ask in enumerate(asks):
        values = ask.counted
        aggregates += [values.count().alias(f"count:{place}"), values.abs().max().alias(f"largest:{place}")]
        if not ask.whole:
            aggregates.append((values - values.floor()).max().alias(f"rest:{place}"))
    row = backend.fetch(frame.select(*aggregates)).row(0, named=True)
    return {
        ask: Cut.of(int(row[f"count:{place}"]), row[f"largest:{place}"] or 0.0, not row.get(f"rest:{place}"))
        for place, ask in enumerate(asks)
    }


def _limb_names(place: int, cut: Cut) -> list[str]:
    return [f"limb:{limb}:{place}" for limb in range(cut.limbs)]


def _in_scopes(
    frame: Frame, index: str, asks: list[Ask], cuts: Mapping[Ask, Cut], backend: Backend
) -> dict[int, dict[str, Any]]:
    """The count of each, and extremes or limbs where these are asked for, per scope."""
    aggregates: list[nw.Expr] = []
    limbs: list[str] = []
    for place, ask in enumerate(asks):
        values = ask.counted
        aggregates.append(values.count().alias(f"count:{place}"))
        if ask.kind == "min":
            aggregates.append(values.min().alias(f"min:{place}"))
        elif ask.kind == "max":
            aggregates.append(values.max().alias(f"max:{place}"))
        elif ask.kind == "sum":
            names = _limb_names(place, cuts[ask])
            aggregates += [limb.sum().alias(made) for limb, made in zip(cuts[ask].cut(values), names, strict=True)]
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
