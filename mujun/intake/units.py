"""Which rows are units, and what their keys and names are. Reads no variables."""

from __future__ import annotations

import polars as pl
from attrs import frozen

from mujun.intake.asides import find_asides, report_asides
from mujun.intake.cells import Cells
from mujun.intake.column import LOST_DIGITS, as_text, without_errors
from mujun.intake.header import Header
from mujun.intake.report import Report
from mujun.intake.scan import NOT_CALCULATED
from mujun.intake.unit_findings import Row, report_rows
from mujun.intake.words import trim, without_missing


@frozen
class Units:
    """`rows` are the cells' rows (from 0) that bring values; `keep` says which of them are a unit's own."""

    rows: pl.Series
    keep: pl.Series
    keys: pl.Series
    names: pl.Series


def read_units(body: Cells, header: Header, report: Report) -> Units:
    """Empty rows are passed over, totals and notes told beside; a row without a key, or a key again, is an error."""
    raw, names = _texts(body, header.key), without_missing(_texts(body, header.name))
    keys = _keys(raw)
    rows = _rows_of_units(body, header, keys, report)
    if len(rows) < body.height:
        raw, keys, names = raw.gather(rows), keys.gather(rows), names.gather(rows)
    lost = keys.str.contains(LOST_DIGITS).fill_null(False)
    usable = keys.set(lost, None) if lost.any() else keys
    first = _first(usable)
    keep = usable.is_not_null() & first
    if header.key is not None:
        table = pl.DataFrame(
            {
                Row.NUMBER: rows + body.first_row,
                Row.RAW: raw,
                Row.KEY: keys,
                Row.NAME: names,
                Row.LOST: lost,
                Row.FIRST: first,
            }
        )
        report_rows(table, header.key, header.name, report)
    return Units(rows, keep, usable, names.fill_null(usable))


def _texts(body: Cells, column: int | None) -> pl.Series:
    """A column as text; nulls where there is no such column."""
    if column is not None and column < len(body.columns):
        texts = as_text(body.columns[column])
        if texts is not None:
            return texts
    return pl.Series(values=[None], dtype=pl.String).new_from_index(0, body.height)


def _keys(raw: pl.Series) -> pl.Series:
    """Trimmed and NFKC; a leading apostrophe guards leading zeros and is no part of the key."""
    keys, _ = without_errors(raw, NOT_CALCULATED)
    if (keys.str.len_bytes() != keys.str.len_chars()).any():
        keys = trim(keys.str.normalize("NFKC"))
    return without_missing(keys.str.strip_prefix("'") if keys.str.starts_with("'").any() else keys)


def _first(keys: pl.Series) -> pl.Series:
    """Whether a key is there for the first time. Counting is quicker, and nearly always enough."""
    if keys.drop_nulls().n_unique() == len(keys) - keys.null_count():
        return pl.Series(values=[True], dtype=pl.Boolean).new_from_index(0, len(keys))
    return keys.is_first_distinct()


def _rows_of_units(body: Cells, header: Header, keys: pl.Series, report: Report) -> pl.Series:
    """Rows that are neither empty nor told of as something else."""
    asides = find_asides(body, header, keys)
    report_asides(asides, body, header, report)
    unit = pl.Series(values=[True], dtype=pl.Boolean).new_from_index(0, body.height)
    return unit.scatter(asides.all, False).arg_true()
