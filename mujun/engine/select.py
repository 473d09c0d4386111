"""Select inside the quota of each group, with a reserve; or take over an adopted list.

Decides nothing beyond the scheme.
"""

from __future__ import annotations

from fractions import Fraction

import narwhals as nw
import polars as pl

from mujun.dataset import KEY
from mujun.engine.numbers import holds
from mujun.engine.rank import add_places
from mujun.engine.scopes import Scope
from mujun.engine.sheet import Context
from mujun.engine.tiers import ROUNDING, count_marked, marked_keys
from mujun.engine.waves import Attach, Table, attach_numbers
from mujun.scheme.model import Quota, Selection


def select_units(table: Table, context: Context, adopted: frozenset[str]) -> None:
    """Adds `selected`, `reserve` and `tied_at_cut`."""
    selection = context.scheme.selection
    if selection is None or selection.quota is None:
        keys = sorted(adopted) if selection is not None else []
        listed = pl.DataFrame({KEY: keys, "listed": [True] * len(keys)}, schema={KEY: pl.String, "listed": pl.Boolean})
        frame = table.frame.join(table.backend.bring(listed), on=KEY, how="left")
        table.frame = table.backend.settle(
            frame.with_columns(
                holds(nw.col("listed")).alias("selected"),
                nw.lit(None, nw.Int64).alias("reserve"),
                nw.lit(False).alias("tied_at_cut"),
            ).drop("listed")
        )
        return
    scope = context.scopes[context.scheme.group_by]
    frame = table.frame.with_columns(_candidate(context, selection).alias("candidate"))
    frame = add_places(frame, scope.index, "candidate", "first", "last")
    limits = _places(selection.quota, scope, count_marked(table, "ranked", scope))
    frame = attach_numbers(frame, [Attach("limit", scope, {n: Fraction(k) for n, k in limits.items()})], table.backend)
    begins_in, ends_in = nw.col("first") <= nw.col("limit"), nw.col("last") <= nw.col("limit")
    stop = selection.at_the_cut == "stop"
    frame = frame.with_columns(
        (nw.col("candidate") & (ends_in if stop else begins_in)).alias("selected"),
        (nw.col("candidate") & begins_in & ~ends_in).alias("tied_at_cut"),
    ).drop("first", "last", "limit")
    table.frame = table.backend.settle(frame)
    _report_ties(table, context, scope, limits, stop)
    frame = table.frame.with_columns((nw.col("candidate") & ~nw.col("selected")).alias("waiting"))
    frame = add_places(frame, scope.index, "waiting", "first", "last")
    in_reserve = nw.col("waiting") & (
        (nw.col("first") <= selection.reserve) | (nw.col("tied_at_cut") & (selection.reserve > 0))
    )
    frame = frame.with_columns(nw.when(in_reserve).then(nw.col("first")).alias("reserve"))
    table.frame = table.backend.settle(frame.drop("candidate", "waiting", "first", "last"))


def _candidate(context: Context, selection: Selection) -> nw.Expr:
    candidate = nw.col("ranked")
    for veto in context.scheme.vetoes:
        candidate = candidate & ~nw.col(f"veto:{veto.id}")
    if selection.from_tiers:
        candidate = candidate & holds(nw.col("tier").is_in(list(selection.from_tiers)))
    if selection.minimum_score is not None:
        candidate = candidate & holds(nw.col("score") >= float(selection.minimum_score))
    return candidate


def _places(quota: Quota, scope: Scope, ranked: dict[int, int]) -> dict[int, int]:
    """How many places each group has."""
    places = {}
    for number, labels in enumerate(scope.labels):
        if quota.share is not None:
            places[number] = ROUNDING[quota.rounding](quota.share * ranked.get(number, 0))
        else:
            places[number] = quota.by_group.get("/".join(labels), quota.default or 0)
    return places


def _report_ties(table: Table, context: Context, scope: Scope, limits: dict[int, int], stop: bool) -> None:
    for number, keys in marked_keys(table, "tied_at_cut", scope).items():
        fate = "按规则一个也未选，列在备选最前，须由推荐环节裁定" if stop else "按规则一并入选"
        context.record.warn(
            "cut_tie",
            scope.shown(number),
            f"{scope.shown(number)}：第{limits[number]}个名额上有{len(keys)}个单位并列，{fate}。",
            "请核对这些单位的得分；如需区分，请在方案里写 tie_break。" if stop else "",
            unit="、".join(keys),
        )
