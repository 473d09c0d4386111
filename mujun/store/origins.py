"""Where the values of one unit in a sealed dataset come from, from the seal alone: cell, file, sender. No history.

What was said before and after is trace's to tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from attrs import frozen

from mujun.dataset import NAME
from mujun.store.sealed import Sealed


@frozen
class Origin:
    """A cell that holds: what it said, where it stands (`row` from 1, `column` from 0), who sent it."""

    variable: str
    value: str | None
    file: str
    sheet: str
    row: int
    column: int
    source: str
    by: str
    at: str
    receipt: str


@frozen
class Contributed:
    """What one record gave to a derived value, quantity × factor = amount, and the record's cells by column."""

    record: str
    quantity: str
    factor: str
    amount: str
    cells: Mapping[str, Origin]


@frozen
class Origins:
    """By variable: the unit's own cells, and for derived ones the rule and what the records gave."""

    cells: Mapping[str, Origin]
    rules: Mapping[str, dict[str, Any]]
    given: Mapping[str, tuple[Contributed, ...]]


def origins_of(sealed: Sealed, unit: str) -> Origins:
    """Of a unit's key; of units taken together, the cells of all of them under the first one's variables."""
    groups = sealed.manifest["groups"]
    members = [one for one, lead in groups.items() if lead == groups.get(unit, unit)] or [unit]
    rows = sealed.sources().filter(pl.col("unit").is_in(members)).collect()
    said = rows.filter(pl.col("batch").is_not_null()).sort("unit", "record", "column")
    own = said.filter(pl.col("table") == "", pl.col("variable") != NAME)
    cells = {row["variable"]: _origin(row, sealed) for row in reversed(list(own.iter_rows(named=True)))}
    rules = sealed.manifest["derived"]
    return Origins(cells, rules, {name: _given(rows, said, name, sealed) for name in rules})


def _given(rows: pl.DataFrame, said: pl.DataFrame, variable: str, sealed: Sealed) -> tuple[Contributed, ...]:
    parts = rows.filter(pl.col("variable") == variable, pl.col("factor").is_not_null()).sort("record")
    of_records: dict[tuple[str, str, str], dict[str, Origin]] = {}
    for row in said.filter(pl.col("table") != "").iter_rows(named=True):
        of_records.setdefault((row["table"], row["unit"], row["record"]), {})[row["variable"]] = _origin(row, sealed)
    return tuple(
        Contributed(
            row["record"],
            row["quantity"],
            row["factor"],
            row["value"],
            of_records.get((row["table"], row["unit"], row["record"]), {}),
        )
        for row in parts.iter_rows(named=True)
    )


def _origin(row: dict[str, Any], sealed: Sealed) -> Origin:
    batch = sealed.batch(row["batch"])
    return Origin(
        row["variable"],
        row["value"],
        batch["file"],
        batch["sheet"],
        row["row"],
        row["column"],
        batch["source"],
        batch["by"],
        batch["at"],
        batch["receipt"],
    )
