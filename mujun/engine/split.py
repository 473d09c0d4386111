"""Cut a scope's order after so many places, and find who is tied across the cut. Decides for neither side."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import narwhals as nw
from attrs import frozen

from mujun.dataset import KEY
from mujun.engine.numbers import holds, whole
from mujun.engine.rank import PLACE, TIED
from mujun.engine.scopes import Scope
from mujun.engine.statistics import Ask, answer
from mujun.engine.waves import Attach, Table, attach_numbers

INSIDE, TORN = "split:inside", "split:torn"


@frozen
class Tie:
    """The units tied across a cut: their places among those counted, and their keys in order."""

    first: int
    last: int
    keys: tuple[str, ...]


def split_best(
    table: Table, counted: nw.Expr, scope: Scope, places: Mapping[int, int], among: nw.Expr | None = None
) -> dict[int, Tie]:
    """Adds INSIDE, the counted units wholly within the first places of their scope, and TORN, those tied across.

    `places` says how many in each scope. Returns the tie of each scope that has one with units `among` those.
    `drop_split` removes the columns.
    """
    limits = {number: Fraction(place) for number, place in places.items()}
    frame = table.frame.with_columns(whole(counted).alias("split:counted"))
    frame = frame.with_columns(
        nw.col("split:counted").cum_sum().over(scope.index, order_by=PLACE).cast(nw.Int64).alias("split:place")
    )
    frame = attach_numbers(frame, [Attach("split:limit", scope, limits)], table.backend)
    frame = table.backend.settle(frame)
    is_counted, place, limit = nw.col("split:counted") == 1, nw.col("split:place"), nw.col("split:limit")
    at_the_cut = frame.filter(is_counted & ((place == limit) | (place == limit + 1))).select(scope.index, TIED)
    torn: dict[int, Fraction | None] = {}
    for number, tied, units in table.backend.fetch(at_the_cut.group_by(scope.index, TIED).agg(nw.len())).iter_rows():
        if units == 2:
            torn[number] = Fraction(tied)
    frame = attach_numbers(frame, [Attach("split:tied", scope, torn)], table.backend)
    tied_across = holds(nw.col(TIED) == nw.col("split:tied"))
    frame = frame.with_columns(
        (is_counted & (place <= limit) & ~tied_across).alias(INSIDE), (is_counted & tied_across).alias(TORN)
    ).drop("split:tied", "split:limit")
    table.frame = table.backend.settle(frame)
    return _ties(table, scope, nw.col(TORN) if among is None else among) if torn else {}


def drop_split(table: Table) -> None:
    table.frame = table.frame.drop("split:counted", "split:place", INSIDE, TORN)


def _ties(table: Table, scope: Scope, among: nw.Expr) -> dict[int, Tie]:
    torn = table.frame.filter(nw.col(TORN)).with_columns(holds(among).alias("split:among"))
    rows = table.backend.fetch(torn.select(scope.index, "split:place", KEY, "split:among"))
    found: dict[int, list[tuple[int, str, bool]]] = {}
    for number, place, key, asked in sorted(rows.iter_rows()):
        found.setdefault(number, []).append((int(place), key, asked))
    return {
        number: Tie(units[0][0], units[-1][0], tuple(sorted(key for _, key, asked in units if asked)))
        for number, units in found.items()
        if any(asked for _, _, asked in units)
    }


def count_marked(table: Table, marked: nw.Expr, scope: Scope) -> dict[int, int]:
    """How many units of each scope are marked."""
    frame = table.frame.with_columns(nw.when(marked).then(nw.lit(1.0)).alias("split:mark"))
    ask = Ask("count", "split:mark", scope)
    return {number: int(n or 0) for number, n in answer(frame, [ask], table.backend)[ask].items()}
