"""A unit's full result as one record of text: what is sealed under the round's root, and what the unit may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from mujun.rounding import shortest
from mujun.scheme.model import Scheme


def unit_records(
    scheme: Scheme,
    printed: pl.DataFrame,
    details: pl.DataFrame,
    data: dict[str, str],
    cells: Mapping[str, Mapping[str, list[str]]] | None = None,
) -> dict[str, dict[str, Any]]:
    """By key. `printed` are the rows of units.csv; `data` says which file the values come from, with its hashes;
    `cells`, by unit and variable, in which cells of which received files they stood.
    """
    rows = printed.sort("key")
    columns = {
        name.partition(":")[2]: _as_text(details.sort("key")[name])
        for name in details.columns
        if name.startswith("column:")
    }
    values = pl.DataFrame(columns).iter_rows(named=True) if columns else ({} for _ in range(rows.height))
    told = {"id": scheme.id, **scheme.digest.as_dict()}
    return {
        row["key"]: {
            "key": row["key"],
            "name": row["name"],
            "scheme": told,
            "data": data,
            "values": value,
            "cells": dict((cells or {}).get(row["key"], {})),
            "result": row,
        }
        for row, value in zip(rows.iter_rows(named=True), values, strict=True)
    }


def _as_text(column: pl.Series) -> pl.Series:
    """As an office would write it; missing is empty."""
    if column.dtype.is_float():
        texts = ["" if value is None else shortest(value) for value in column]
        return pl.Series(column.name, texts, dtype=pl.String)
    if column.dtype == pl.Boolean:
        return pl.Series(column.name, ["" if value is None else "是" if value else "否" for value in column])
    return column.cast(pl.String).fill_null("")
