"""Open a Parquet file. Columns keep their types; the header counts as row 1, the first unit as row 2."""

from __future__ import annotations

import struct
from pathlib import Path

import polars as pl

from mujun.intake.cells import MOST_COLUMNS, Cells, refusal, too_many_columns

MOST_FOOTER = 16 << 20
"""Bytes of the description at the end; a million columns need about a hundred MiB."""
MOST_CELLS = 400_000_000
"""A few bytes can stand for any number of equal values."""


def open_parquet(path: Path) -> Cells:
    """All columns."""
    _check_footer(path)
    try:
        lazy = pl.scan_parquet(path, glob=False)
        names = lazy.collect_schema().names()
        if len(names) > MOST_COLUMNS:
            raise too_many_columns(path.name, number=len(names))
        height = lazy.select(pl.len()).collect().item()
        if height * len(names) > MOST_CELLS:
            message = f"有{height:,}行、{len(names):,}列，超过{MOST_CELLS:,}格，没有读。"
            raise refusal(path.name, "too_many_cells", message, "请删去不用的列，或分成几个文件。")
        frame = lazy.collect()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise _broken(path) from error
    return Cells(path.name, "", (tuple(names),), tuple(map(_simple, frame.get_columns())), first_row=2)


def _simple(column: pl.Series) -> pl.Series:
    """Columns that hold more than one value a cell are only told of; so they go on as empty lists, however involved."""
    if column.dtype in (pl.Categorical, pl.Enum):
        return column.cast(pl.String)
    if column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object, pl.Unknown):
        return pl.Series(values=[[]], dtype=pl.List(pl.Int8)).new_from_index(0, len(column))
    return column


def _check_footer(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - 8, 0))
        tail = file.read(8)
    if size < 12 or tail[4:] != b"PAR1":
        raise _broken(path)
    (length,) = struct.unpack("<I", tail[:4])
    if length > MOST_FOOTER:
        raise too_many_columns(path.name)


def _broken(path: Path) -> Exception:
    return refusal(path.name, "broken_file", "Parquet 文件不完整或已损坏。", "请重新导出一次。")
