"""Take the rows of units that are evaluated together as one: numbers add up. Knows no details and no rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from mujun.dataset import KEY, NAME, count_decimals
from mujun.scheme.expression import Kind
from mujun.scheme.model import Scheme, Variable

_LEAD, _FOLLOWS = "group:lead", "group:follows"


def merge_units(
    frame: pl.DataFrame, scheme: Scheme, groups: Mapping[str, str], derived: Collection[str] = ()
) -> pl.DataFrame:
    """One row for each group, under the key of its first unit; other cells, and what is `derived`, are that unit's.

    A number that one of them lacks is missing for all of them: unknown is not zero. One with a default is its default.
    """
    lead = pl.col(KEY).replace(dict(groups))
    name = pl.col(NAME).first()
    numbers = {
        variable.id: variable
        for variable in scheme.variables.values()
        if variable.kind is Kind.NUMBER and variable.id not in derived and variable.id in frame.columns
    }
    return (
        frame.with_columns(lead.alias(_LEAD), (lead != pl.col(KEY)).alias(_FOLLOWS))
        .sort(_LEAD, _FOLLOWS, KEY)
        .group_by(_LEAD, maintain_order=True)
        .agg(
            pl.col(KEY).first(),
            pl.when(pl.len() > 1).then(pl.format("{}等{}家", name, pl.len())).otherwise(name).alias(NAME),
            *(
                _sum(frame[column], numbers[column]) if column in numbers else pl.col(column).first()
                for column in frame.columns
                if column not in (KEY, NAME)
            ),
        )
        .drop(_LEAD)
    )


def _sum(values: pl.Series, variable: Variable) -> pl.Expr:
    """Exact where the cells are decimals: as whole numbers of the last digit."""
    column = pl.col(values.name)
    if variable.default is not None:
        column = column.fill_null(float(variable.default))
    decimals = count_decimals(values)
    if decimals is None:
        total = column.sum()
    else:
        power = pl.lit(pl.Series([10.0**decimals])).first()
        total = (column * 10.0**decimals).round().cast(pl.Int64).sum().cast(pl.Float64) / power
    return pl.when(column.is_null().any()).then(None).otherwise(total).alias(values.name)
