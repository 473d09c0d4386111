"""Scopes: the sets of units inside which statistics, ranks and shares are taken.

Each gets a whole-number index column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import narwhals as nw
import polars as pl
from attrs import frozen

from mujun.dataset import column_name
from mujun.engine.backend import Backend, Frame

Over = tuple[str, ...]
"""The columns of a scope; () is all units."""

NOBODY = "（空）"
EVERYONE = "all"


@frozen
class Scope:
    """`index` names the frame's column of scope numbers; `labels` says what each number stands for, in order."""

    over: Over
    index: str
    labels: tuple[tuple[str, ...], ...]

    def shown(self, number: int) -> str:
        """`all`, or `industry=石化产业;land=有`."""
        if not self.over:
            return EVERYONE
        return ";".join(f"{column}={value}" for column, value in zip(self.over, self.labels[number], strict=True))


@frozen
class Scopes:
    """Every scope that a scheme speaks of."""

    by_columns: Mapping[Over, Scope]

    def __getitem__(self, over: Over) -> Scope:
        return self.by_columns[over]


def index_scopes(frame: Frame, wanted: Iterable[Over], backend: Backend) -> tuple[Frame, Scopes]:
    """Give every row its number in each wanted scope. Numbers follow the sorted labels, not the order of rows."""
    scopes: dict[Over, Scope] = {}
    for over in dict.fromkeys(wanted):
        index = f"scope:{len(scopes)}"
        if not over:
            frame = frame.with_columns(nw.lit(0).cast(nw.Int64).alias(index))
            scopes[over] = Scope(over, index, ((),))
            continue
        texts = [_label(column).alias(f"label:{position}") for position, column in enumerate(over)]
        names = [f"label:{position}" for position in range(len(over))]
        frame = frame.with_columns(*texts)
        combinations = backend.fetch(frame.group_by(*names).agg(nw.len().alias("units")).select(*names))
        labels = sorted(combinations.iter_rows())
        table = pl.DataFrame(labels, schema=dict.fromkeys(names, pl.String), orient="row").with_columns(
            pl.int_range(len(labels), dtype=pl.Int64).alias(index)
        )
        frame = backend.look_up(frame, table, names).drop(*names)
        scopes[over] = Scope(over, index, tuple(tuple(row) for row in labels))
    return frame, Scopes(scopes)


def _label(column: str) -> nw.Expr:
    return nw.col(column_name(column)).cast(nw.String).fill_null(NOBODY)
