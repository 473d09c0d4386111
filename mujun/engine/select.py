"""Select inside the quota of each group, with a reserve; or take over an adopted list.

Decides nothing beyond the scheme.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from mujun.dataset import KEY, ROW
from mujun.engine.numbers import holds
from mujun.engine.rank import PLACE, TIED
from mujun.engine.scopes import Scope
from mujun.engine.sheet import Context, named
from mujun.engine.split import INSIDE, TORN, Tie, count_marked, drop_split, split_best
from mujun.engine.tiers import ROUNDING
from mujun.engine.waves import Table
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
    limits = _places(selection.quota, scope, count_marked(table, nw.col("ranked"), scope))
    ties = split_best(table, _candidate(context, selection), scope, limits)
    stop = selection.at_the_cut == "stop"
    _report_ties(context, scope, limits, ties, stop)
    chosen = nw.col(INSIDE) if stop else nw.col(INSIDE) | nw.col(TORN)
    table.frame = table.frame.with_columns(
        chosen.alias("selected"),
        nw.col(TORN).alias("tied_at_cut"),
        (_candidate(context, selection) & ~chosen).alias("waiting"),
    )
    drop_split(table)
    _reserve(table, scope, selection.reserve, ties if stop else {})


def _reserve(table: Table, scope: Scope, places: int, ties: Mapping[int, Tie]) -> None:
    """Those tied at the cut first, all of them, then the next until the number is full; ties come in together."""
    numbers = range(len(scope.labels)) if places else ()
    limits = {number: max(places, len(ties[number].keys) if number in ties else 0) for number in numbers}
    split_best(table, nw.col("waiting"), scope, limits)
    rows = table.backend.fetch(table.frame.filter(nw.col(INSIDE) | nw.col(TORN)).select(scope.index, PLACE, TIED, ROW))
    drop_split(table)
    taken: dict[int, list[int]] = {}
    reserve: list[tuple[int, int]] = []
    for number, _, tied, row in sorted(rows.iter_rows()) if places else ():
        before = taken.setdefault(number, [])
        reserve.append((row, before.index(tied) + 1 if tied in before else len(before) + 1))
        before.append(tied)
    listed = pl.DataFrame(reserve, schema={ROW: pl.Int64, "reserve": pl.Int64}, orient="row")
    frame = table.frame.drop("waiting").join(table.backend.bring(listed), on=ROW, how="left")
    table.frame = table.backend.settle(frame)


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


def _report_ties(
    context: Context, scope: Scope, limits: Mapping[int, int], ties: Mapping[int, Tie], stop: bool
) -> None:
    fate = "按规则一个也未选，列在备选最前，须由推荐环节裁定" if stop else "按规则一并入选"
    for number, tie in ties.items():
        where = scope.shown(number)
        context.record.warn(
            "cut_tie",
            where,
            f"{where}：第{limits[number]}个名额上有{len(tie.keys)}个单位并列，{fate}。",
            "请核对这些单位的得分；如需区分，请在方案里写 tie_break。" if stop else "",
            unit=named(tie.keys),
        )
