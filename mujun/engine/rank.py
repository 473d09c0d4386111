"""Rank the totals inside groups: the rounded score, then the tie-breaks, else shared. Knows no tiers."""

from __future__ import annotations

import narwhals as nw

from mujun.dataset import ROW, column_name
from mujun.engine.numbers import whole
from mujun.engine.sheet import Context
from mujun.engine.waves import Table
from mujun.scheme.expression import Kind
from mujun.scheme.model import Computed, Scheme, TieBreak

PLACE, TIED = "order:place", "order:tied"
"""Best first over all units, without gaps; and the first place of the units one is tied with."""


def rank_units(table: Table, context: Context) -> None:
    """Adds `ranked`, `rank`, `group_size`, PLACE and TIED."""
    scheme = context.scheme
    group = context.scopes[scheme.group_by].index
    ranked = ~nw.col("score").is_null()
    for rule in scheme.exemptions:
        ranked = ranked & ~nw.col(f"exemption:{rule.id}")
    frame = table.frame.with_columns(ranked.alias("ranked"), (nw.col("score") * -1.0).alias("order:score"))
    by = ["order:score"]
    for position, tie_break in enumerate(scheme.tie_break):
        gone, best = f"order:{position}:gone", f"order:{position}:best"
        column, rising = _breaking_column(scheme, tie_break)
        if column is None:
            name = column_name(tie_break.name)
            text = nw.col(name)
            frame = frame.with_columns(whole(text.is_null()).alias(gone), nw.lit(1).cast(nw.Int64).alias("one"))
            frame = frame.with_columns(
                nw.col("one").cum_sum().over(gone, order_by=[name, ROW]).cast(nw.Int64).alias("place")
            )
            frame = frame.with_columns((nw.col("place").min().over(gone, name) * -1.0).alias(best))
            frame = frame.drop("one", "place")
        else:
            frame = frame.with_columns(
                whole(column.is_null()).alias(gone), (column * (1.0 if rising else -1.0)).alias(best)
            )
        by += [gone, best]
    frame = frame.with_columns(nw.lit(1).cast(nw.Int64).alias("one"))
    frame = frame.with_columns(nw.col("one").cum_sum().over(order_by=[*by, ROW]).cast(nw.Int64).alias(PLACE))
    frame = table.backend.settle(frame.with_columns(nw.col(PLACE).min().over(*by).alias(TIED)).drop("one", *by))
    frame = frame.with_columns(whole(nw.col("ranked")).alias("one"))
    frame = frame.with_columns(
        nw.col("one").cum_sum().over(group, order_by=PLACE).cast(nw.Int64).alias("rank"),
        nw.col("one").sum().over(group).cast(nw.Int64).alias("group_size"),
    )
    frame = frame.with_columns((nw.col("rank") - nw.col("one") + 1).min().over(group, TIED).alias("rank")).drop("one")
    shown = [nw.when(nw.col("ranked")).then(nw.col(name)).cast(nw.Int64).alias(name) for name in ("rank", "group_size")]
    table.frame = table.backend.settle(frame.with_columns(*shown))


def _breaking_column(scheme: Scheme, tie_break: TieBreak) -> tuple[nw.Expr | None, bool]:
    """The number that breaks ties and whether less is better; None for text, which is put in order first."""
    if tie_break.node:
        if tie_break.name == scheme.root.id:
            return nw.col("score"), False
        node = next(node for node in scheme.nodes() if node.id == tie_break.name)
        return nw.col(f"value:{node.id}"), node.direction == "lower"
    variable = scheme.variables.get(tie_break.name)
    derived = next((column for column in scheme.derived if column.id == tie_break.name), None)
    kind = variable.kind if variable else derived.kind if isinstance(derived, Computed) else Kind.TEXT
    column = nw.col(column_name(tie_break.name))
    if kind is Kind.NUMBER:
        return column, False
    if kind is Kind.BOOLEAN:
        return nw.when(~column.is_null()).then(whole(column).cast(nw.Float64)), False
    return None, False
