"""Observations: what a cell said, as text, and where it stands. One Parquet file per batch; typed only when asked.

Columns: `table` (empty, or a detail's id), `unit`, `record` (empty, or the record's own number), `variable`, `value`
(canonical text; null says that the cell was empty), `text` (the cell itself where it differs), `row` from 1, `column`
from 0. Rows stand variable by variable.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from mujun.dataset import NAME
from mujun.scheme.expression import Kind

SCHEMA: dict[str, pl.DataType] = {
    "table": pl.String(),
    "unit": pl.String(),
    "record": pl.String(),
    "variable": pl.String(),
    "value": pl.String(),
    "text": pl.String(),
    "row": pl.Int32(),
    "column": pl.Int16(),
}
_ROWS = 100_000
"""Of a group: small enough to be written in little memory."""
YES, NO = "是", "否"


def as_parquet(observations: pl.DataFrame, about: dict[str, str]) -> bytes:
    """The file's bytes; `about` is said once for all rows."""
    buffer = io.BytesIO()
    columns = observations.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    columns.write_parquet(buffer, metadata=about, row_group_size=_ROWS)
    return buffer.getvalue()


def count_cells(observations: pl.DataFrame) -> int:
    """Cells of variables; a unit's name is not one."""
    return observations.height - int((observations["variable"] == NAME).sum())


def variables_in(observations: pl.DataFrame) -> list[tuple[str, str]]:
    """Tables and variables, in order. Only the first rows of each stretch are compared: there are millions of rows."""
    names = observations.select("table", "variable")
    first = (names["table"] != names["table"].shift()) | (names["variable"] != names["variable"].shift())
    return list(dict.fromkeys(names.filter(first.fill_null(True)).iter_rows()))


def scan(files: Iterable[tuple[int, Path]]) -> pl.LazyFrame:
    """Observations of several batches, in the order of the journal, with their batch's number."""
    frames = [
        pl.scan_parquet(path, glob=False).with_columns(pl.lit(number, pl.Int32).alias("batch"))
        for number, path in files
    ]
    return pl.concat(frames) if frames else pl.LazyFrame(schema={**SCHEMA, "batch": pl.Int32()})


def typed(values: pl.Series, kind: Kind) -> pl.Series:
    """Canonical text as what the dataset holds."""
    if kind is Kind.NUMBER:
        return values.cast(pl.Float64)
    if kind is Kind.DATE:
        return values.str.to_date("%Y-%m-%d")
    return values == YES if kind is Kind.BOOLEAN else values
