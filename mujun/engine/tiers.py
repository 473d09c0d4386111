"""Divide ranked units into tiers, level by level. Shares are of the whole scope, never of the remainder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor

import narwhals as nw

from mujun.engine.express import certain
from mujun.engine.scopes import Scope
from mujun.engine.sheet import Context, named
from mujun.engine.split import INSIDE, TORN, Tie, count_marked, drop_split, split_best
from mujun.engine.waves import Table
from mujun.rounding import half_up
from mujun.scheme.model import TierLevel

ROUNDING: dict[str, Callable[[Fraction], int]] = {
    "floor": floor,
    "ceil": ceil,
    "half_up": lambda value: int(half_up(value, 0)),
}


def assign_tiers(table: Table, context: Context) -> None:
    """Adds `tier` and `tied_at_tier`.

    Units tied across a boundary go together into the worse level, or the better if `ties: up`.
    """
    tiers = context.scheme.tiers
    table.frame = table.frame.with_columns(
        nw.lit(None, nw.String).alias("tier"), nw.lit(False).alias("tied_at_tier"), nw.col("ranked").alias("open")
    )
    if tiers is None:
        table.frame = table.backend.settle(table.frame.drop("open"))
        return
    scope = context.scopes[context.scheme.scope_columns(tiers.over)]
    for veto in context.scheme.vetoes:
        if veto.effect == "lowest_tier":
            _place(table, nw.col(f"veto:{veto.id}"), tiers.lowest)
    for level in tiers.levels:
        if level.outside_quota:
            _place(table, _when(level, context), level.tier)
    table.frame = table.backend.settle(table.frame.with_columns(nw.col("open").alias("counted")))
    sizes = count_marked(table, nw.col("counted"), scope)
    carry = {"top": dict.fromkeys(sizes, 0), "bottom": dict.fromkeys(sizes, 0)}
    for level in tiers.levels:
        if level.outside_quota:
            continue
        if level.share is None and level.up_to is None:
            _place(table, _when(level, context), level.tier)
        else:
            _take(table, context, scope, level, sizes, carry["bottom" if level.from_bottom else "top"])
    table.frame = table.backend.settle(table.frame.drop("open", "counted"))


def _when(level: TierLevel, context: Context) -> nw.Expr:
    if level.when is None:
        return nw.lit(True)
    columns = context.after_scoring()
    return certain(level.when, columns)


def _place(table: Table, chosen: nw.Expr, tier: str) -> None:
    """Put the chosen units that are still open into a tier."""
    table.frame = table.frame.with_columns((nw.col("open") & chosen).alias("chosen"))
    table.frame = table.frame.with_columns(
        nw.when(nw.col("chosen")).then(nw.lit(tier)).otherwise(nw.col("tier")).alias("tier"),
        (nw.col("open") & ~nw.col("chosen")).alias("open"),
    ).drop("chosen")


def _take(
    table: Table,
    context: Context,
    scope: Scope,
    level: TierLevel,
    sizes: dict[int, int],
    carry: dict[int, int],
) -> None:
    """Place the best (or worst) of the open units. `carry` is what ties took from this level's side so far."""
    share = level.share if level.share is not None else level.up_to
    assert share is not None
    places = {number: ROUNDING[level.rounding](share * size) for number, size in sizes.items()}
    candidate = nw.col("open") & _when(level, context)
    owed = dict.fromkeys(carry, 0)
    if level.share is not None:
        owed = {number: min(count + carry[number], 0) for number, count in places.items()}
        places = {number: max(count + carry[number], 0) for number, count in places.items()}
    cuts = places
    if level.from_bottom:
        taking = count_marked(table, candidate, scope)
        cuts = {number: max(taking[number] - count, 0) for number, count in places.items()}
    ties = split_best(table, nw.col("counted") if level.up_to is not None else candidate, scope, cuts, candidate)
    _report_ties(context, level, scope, ties)
    keeps_ties = (level.ties == "up") != level.from_bottom
    inside = nw.col(INSIDE)
    if level.from_bottom:
        inside = ~nw.col(INSIDE) & ~nw.col(TORN)
    chosen = candidate & (inside | nw.col(TORN) if keeps_ties else inside)
    table.frame = table.frame.with_columns(
        (nw.col("tied_at_tier") | (candidate & nw.col(TORN))).alias("tied_at_tier"), chosen.alias("taken")
    )
    carry.update(owed)
    for number, tie in ties.items():
        if level.from_bottom:
            boundary = taking[number] - (tie.first - 1 if keeps_ties else tie.last)
        else:
            boundary = tie.last if keeps_ties else tie.first - 1
        carry[number] = places[number] - boundary
    _place(table, nw.col("taken"), level.tier)
    table.frame = table.frame.drop("taken")
    drop_split(table)


def _report_ties(context: Context, level: TierLevel, scope: Scope, ties: Mapping[int, Tie]) -> None:
    fate = "一并归入较差一档" if level.ties == "down" else "一并归入较好一档"
    for number, tie in ties.items():
        where = scope.shown(number)
        context.record.warn(
            "tier_tie",
            where,
            f"{where}：档次“{level.tier}”的界线上有{len(tie.keys)}个单位并列，{fate}。",
            "请核对这些单位的得分；如需区分，请在方案里写 tie_break。",
            unit=named(tie.keys),
        )
