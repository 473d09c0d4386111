"""Divide ranked units into tiers, level by level. Shares are of the whole scope, never of the remainder."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

import narwhals as nw

from mujun.dataset import KEY
from mujun.engine.express import certain
from mujun.engine.rank import add_places
from mujun.engine.scopes import Scope
from mujun.engine.sheet import Context
from mujun.engine.statistics import Ask, answer
from mujun.engine.waves import Attach, Table, attach_numbers
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
    sizes = count_marked(table, "counted", scope)
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
    down = level.ties == "down"
    share = level.share if level.share is not None else level.up_to
    assert share is not None
    places = {number: ROUNDING[level.rounding](share * size) for number, size in sizes.items()}
    if level.share is not None:
        places = {number: max(count + carry[number], 0) for number, count in places.items()}
    candidate = nw.col("open") & _when(level, context)
    frame = table.frame.with_columns(candidate.alias("candidate"))
    counting = "counted" if level.up_to is not None else "candidate"
    frame = add_places(frame, scope.index, counting, "first", "last")
    frame = attach_numbers(frame, [Attach("limit", scope, {n: Fraction(k) for n, k in places.items()})], table.backend)
    frame = table.backend.settle(frame)
    if level.from_bottom:
        table.frame = frame
        taking = count_marked(table, "candidate", scope)
        frame = attach_numbers(
            frame, [Attach("size", scope, {n: Fraction(k) for n, k in taking.items()})], table.backend
        )
        turned = (nw.col("size") + 1 - nw.col("last"), nw.col("size") + 1 - nw.col("first"))
        frame = frame.with_columns(turned[0].alias("first"), turned[1].alias("last")).drop("size")
    whole_class_in = nw.col("last") <= nw.col("limit")
    begins_in = nw.col("first") <= nw.col("limit")
    loses_ties = down != level.from_bottom
    inside = whole_class_in if loses_ties else begins_in
    frame = frame.with_columns(
        (nw.col("candidate") & inside).alias("taken"), (nw.col("candidate") & begins_in & ~whole_class_in).alias("torn")
    )
    frame = frame.with_columns((nw.col("tied_at_tier") | nw.col("torn")).alias("tied_at_tier"))
    table.frame = table.backend.settle(frame)
    torn = marked_keys(table, "torn", scope)
    for number, keys in torn.items():
        fate = "一并归入较差一档" if down else "一并归入较好一档"
        context.record.warn(
            "tier_tie",
            scope.shown(number),
            f"{scope.shown(number)}：档次“{level.tier}”的界线上有{len(keys)}个单位并列，{fate}。",
            "请核对这些单位的得分；如需区分，请在方案里写 tie_break。",
            unit="、".join(keys),
        )
    _carry_on(table, scope, places, carry, stays=not loses_ties)
    _place(table, nw.col("taken"), level.tier)
    table.frame = table.frame.drop("candidate", "first", "last", "limit", "taken", "torn")


def _carry_on(table: Table, scope: Scope, places: dict[int, int], carry: dict[int, int], *, stays: bool) -> None:
    """Boundaries stay put: what a tie took from this level, or added to it (`stays`), is the next level's to have
    or to lack.
    """
    rows = table.backend.fetch(table.frame.filter(nw.col("torn")).select(scope.index, "first", "last").unique())
    carry.update(dict.fromkeys(carry, 0))
    for number, first, last in rows.iter_rows():
        carry[number] = places[number] - (int(last) if stays else int(first) - 1)


def count_marked(table: Table, column: str, scope: Scope) -> dict[int, int]:
    """How many units of each scope are marked."""
    frame = table.frame.with_columns(nw.when(nw.col(column)).then(nw.lit(1.0)).alias("mark"))
    ask = Ask("count", "mark", scope)
    return {number: int(n or 0) for number, n in answer(frame, [ask], table.backend)[ask].items()}


def marked_keys(table: Table, column: str, scope: Scope) -> dict[int, list[str]]:
    """The keys of the marked units of each scope, in order."""
    rows = table.backend.fetch(table.frame.filter(nw.col(column)).select(scope.index, KEY))
    members: dict[int, list[str]] = {}
    for number, key in sorted(rows.iter_rows()):
        members.setdefault(number, []).append(key)
    return members
