"""A column of cells and its variable in, typed values out; and which values look odd. The wording is in wording.py."""

from __future__ import annotations

import polars as pl

from mujun.intake.column import Column, as_text, problems_where, without_errors
from mujun.intake.numbers import read_numbers
from mujun.intake.other_values import read_booleans, read_dates, read_text
from mujun.intake.scan import NOT_CALCULATED
from mujun.scheme.expression import Kind
from mujun.scheme.model import Variable

TYPES: dict[Kind, pl.DataType] = {
    Kind.NUMBER: pl.Float64(),
    Kind.TEXT: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.BOOLEAN: pl.Boolean(),
}
LARGEST, SMALLEST = 1e12, 1e-6
"""Between these, results are equal on every engine (docs/scheme-language.md, fine print)."""

_READERS = {Kind.TEXT: read_text, Kind.DATE: read_dates, Kind.BOOLEAN: read_booleans}


def read_column(cells: pl.Series, variable: Variable) -> Column | None:
    """Columns that have their type already are taken as they are. None if the column holds no single values at all."""
    if cells.dtype == pl.Null:
        return Column(cells.cast(TYPES[variable.kind]))
    if variable.kind is Kind.NUMBER and cells.dtype.is_numeric():
        return read_numbers(cells, variable)
    if variable.kind is Kind.DATE and isinstance(cells.dtype, pl.Date | pl.Datetime):
        return Column(cells.cast(pl.Date))
    if variable.kind is Kind.BOOLEAN and cells.dtype == pl.Boolean:
        return Column(cells)
    texts = as_text(cells)
    if texts is None:
        return None
    texts, errors = without_errors(texts, NOT_CALCULATED)
    column = read_numbers(texts, variable) if variable.kind is Kind.NUMBER else _READERS[variable.kind](texts, variable)
    return Column(column.values, {**problems_where(spreadsheet_error=errors), **column.problems})


def oddities(values: pl.Series, variable: Variable) -> dict[str, pl.Series]:
    """Numbers of the cells whose values are most likely slips: too many decimals, a size no office reports."""
    if variable.kind is not Kind.NUMBER:
        return {}
    size = values.abs()
    odd = problems_where(out_of_magnitude=(size > LARGEST) | ((size < SMALLEST) & (size > 0)))
    if variable.decimals is not None:
        power = 10.0**variable.decimals
        # divided by a column: Polars multiplies by the reciprocal of a literal, which is not the nearest double
        shortened = (values * power).round() / pl.Series([power]).new_from_index(0, len(values))
        odd |= problems_where(too_many_decimals=shortened != values)
    return odd
