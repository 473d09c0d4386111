"""Rank the totals inside groups: the rounded score, then the tie-breaks, else shared. Knows no tiers."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import polars as pl
from attrs import define, field

from mujun.dataset import ROW, column_name
from mujun.engine.express import certain
from mujun.engine.numbers import whole
from mujun.engine.order import Bools, Floats, Ints, Order, order_units
from mujun.engine.scopes import Over
from mujun.engine.sheet import Context
from mujun.engine.waves import Table
from mujun.scheme.expression import Kind
from mujun.scheme.model import Computed, Scheme, TieBreak


@define(eq=False)
class Standing:
    """The ranked units, by key, and where each stands. All arrays are by unit: its place by key among the ranked."""

    rows: Ints
    """The units' `unit:row`."""
    columns: pl.DataFrame
    """What conditions and tie-breaks after scoring speak of."""
    context: Context
    keys: pl.Series
    """Of all units, by row."""
    orders: dict[Over, Order] = field(factory=dict)
    rank: Ints = field(factory=lambda: np.empty(0, dtype=np.int64))
    group_size: Ints = field(factory=lambda: np.empty(0, dtype=np.int64))

    def order(self, over: Over) -> Order:
        """The units best first inside the scopes of these columns."""
        if over not in self.orders:
            scope = self.ints(self.context.scopes[over].index)
            breaks = [self.columns[f"order:{position}"].to_numpy() for position in range(len(self.scheme.tie_break))]
            self.orders[over] = order_units(scope, self.score, breaks, self.scheme.precision)
        return self.orders[over]

    @property
    def scheme(self) -> Scheme:
        return self.context.scheme

    @property
    def score(self) -> Floats:
        return self.columns["score"].to_numpy()

    def names(self, units: Ints) -> list[str]:
        """Keys, by key."""
        return self.keys.gather(self.rows[units]).to_list()

    def ints(self, name: str) -> Ints:
        return self.columns[name].to_numpy()

    def marked(self, name: str) -> Bools:
        return self.columns[name].to_numpy()


def rank_units(table: Table, context: Context, keys: pl.Series) -> Standing:
    """Who is ranked, and each one's rank and the number ranked in its group."""
    standing = _ranked_units(table, context, keys)
    order = standing.order(context.scheme.group_by)
    scope = standing.ints(context.scopes[context.scheme.group_by].index)
    standing.rank = order.by_unit(order.ranks())
    standing.group_size = np.bincount(scope)[scope]
    return standing


def _ranked_units(table: Table, context: Context, keys: pl.Series) -> Standing:
    """The units that have a total and are not exempt, with what their order and their tiers may depend on."""
    scheme = context.scheme
    ranked = ~nw.col("score").is_null()
    for rule in scheme.exemptions:
        ranked = ranked & ~nw.col(f"exemption:{rule.id}")
    overs: list[Over] = [scheme.group_by]
    conditions: list[nw.Expr] = []
    if scheme.tiers is not None:
        overs.append(scheme.scope_columns(scheme.tiers.over))
        columns = context.after_scoring()
        conditions = [
            certain(level.when, columns).alias(f"level:{position}")
            for position, level in enumerate(scheme.tiers.levels)
            if level.when is not None
        ]
    breaks = [
        _breaking_column(scheme, tie_break).alias(f"order:{position}")
        for position, tie_break in enumerate(scheme.tie_break)
    ]
    rows = table.backend.fetch(
        table.frame.filter(ranked).select(
            ROW,
            "score",
            *dict.fromkeys(context.scopes[over].index for over in overs),
            *(f"veto:{rule.id}" for rule in scheme.vetoes),
            *conditions,
            *breaks,
        )
    )
    if not rows[ROW].is_sorted():
        rows = rows.sort(ROW)
    last = [_less_is_better(rows[f"order:{position}"]) for position in range(len(breaks))]
    return Standing(rows[ROW].to_numpy(), rows.with_columns(last), context, keys)


def _breaking_column(scheme: Scheme, tie_break: TieBreak) -> nw.Expr:
    """What breaks ties: a number of which less is better, or a text or date of which the last is best."""
    if tie_break.node:
        if tie_break.name == scheme.root.id:
            return nw.col("score") * -1.0
        node = next(node for node in scheme.nodes() if node.id == tie_break.name)
        return nw.col(f"value:{node.id}") * (1.0 if node.direction == "lower" else -1.0)
    variable = scheme.variables.get(tie_break.name)
    derived = next((column for column in scheme.derived if column.id == tie_break.name), None)
    kind = variable.kind if variable else derived.kind if isinstance(derived, Computed) else Kind.TEXT
    column = nw.col(column_name(tie_break.name))
    if kind is Kind.NUMBER:
        return column * -1.0
    if kind is Kind.BOOLEAN:
        return nw.when(~column.is_null()).then(whole(column).cast(nw.Float64)) * -1.0
    return column


def _less_is_better(column: pl.Series) -> pl.Series:
    """As numbers; whoever lacks one comes last."""
    if column.dtype != pl.Float64:
        column = column.rank("dense", descending=True).cast(pl.Float64)
    return column.fill_null(float("inf"))
