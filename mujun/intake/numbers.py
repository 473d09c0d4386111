"""Read numbers as people type them: full-width digits, thousands separators, a sign, per cent. Vectorised."""

from __future__ import annotations

import polars as pl

from mujun.intake.column import Column, problems_where
from mujun.intake.words import BLANKS, halve, trim, without_missing
from mujun.scheme.model import Variable

_GROUPED = r"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$"
_PLAIN = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$"


def read_numbers(cells: pl.Series, variable: Variable) -> Column:
    """Any numeric type is taken as it is, NaN as missing; text is parsed, which tries the fast way first."""
    if cells.dtype.is_numeric() or cells.dtype == pl.Null:
        values = cells.cast(pl.Float64).fill_nan(None)
        problems: dict[str, pl.Series] = {}
    else:
        values, problems = _parse(trim(cells), variable)
    values = _without_marks(values, variable)
    infinite = values.is_infinite()
    if infinite.any():
        problems |= problems_where(not_finite=infinite)
        values = values.set(infinite.fill_null(False), None)
    if variable.type == "integer":
        broken = values != values.floor()
        if broken.any():
            problems |= problems_where(not_whole=broken)
            values = values.set(broken.fill_null(False), None)
    return Column(values, problems)


def _parse(texts: pl.Series, variable: Variable) -> tuple[pl.Series, dict[str, pl.Series]]:
    values = texts.cast(pl.Float64, strict=False)
    values = values.set(values.is_nan().fill_null(False), None)
    left = (values.is_null() & texts.is_not_null()).arg_true()
    if left.is_empty():
        return values, {}
    tried = without_missing(texts.gather(left), variable.missing_values)
    tidy = _tidy(tried, variable)
    numbers = tidy.set(~tidy.str.contains(_PLAIN).fill_null(False), None).cast(pl.Float64, strict=False)
    values = values.scatter(left, numbers)
    bad = tried.is_not_null() & numbers.is_null()
    number_like = tidy.str.contains(r"^[+-]?[0-9][0-9,]*,[0-9,]*(\.[0-9]*)?$").fill_null(False)
    misplaced, other = left.filter(bad & number_like), left.filter(bad & ~number_like)
    named = {"misplaced_separator": misplaced, "not_a_number": other}
    return values, {code: rows for code, rows in named.items() if len(rows)}


def _tidy(texts: pl.Series, variable: Variable) -> pl.Series:
    """Half width, without a leading apostrophe, the per cent sign of a percentage and well placed separators."""
    tidy = halve(texts).str.strip_chars(BLANKS).str.strip_prefix("'").str.strip_chars(BLANKS)
    if variable.unit_text in ("%", "％"):
        tidy = tidy.str.strip_suffix("%").str.strip_chars(BLANKS)
    grouped = tidy.str.contains(_GROUPED).fill_null(False)
    return tidy.str.replace_all(",", "", literal=True).zip_with(grouped, tidy) if grouped.any() else tidy


def _without_marks(values: pl.Series, variable: Variable) -> pl.Series:
    """-999 is missing however it was written: -999.0, -９９９."""
    numbers = (
        trim(pl.Series(values=variable.missing_values, dtype=pl.String)).cast(pl.Float64, strict=False).drop_nulls()
    )
    found = values.is_in(numbers.to_list()).fill_null(False) if len(numbers) else None
    return values if found is None or not found.any() else values.set(found, None)
