"""What came of reading a column of cells: typed values, and what is wrong by code. Words nothing."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from attrs import field, frozen

from mujun.intake.words import trim

EXCEL_ERRORS = (
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#VALUE!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
)
LOST_DIGITS = r"^[0-9](\.[0-9]+)?[eE]\+[0-9]+$"
"""A long code that a spreadsheet took for a number: 9.133E+17."""

_LARGEST_WHOLE = 2.0**53


@frozen
class Column:
    """`values` are typed, in the order of the cells. `problems` says, by code, which cells (from 0) have one."""

    values: pl.Series
    problems: Mapping[str, pl.Series] = field(factory=dict)


def problems_where(**masks: pl.Series) -> dict[str, pl.Series]:
    """Numbers of the cells where each mask holds; codes without any are left out."""
    return {code: mask.fill_null(False).arg_true() for code, mask in masks.items() if mask.any()}


def as_text(cells: pl.Series) -> pl.Series | None:
    """The cells as text; whole numbers without a decimal point. None for lists and the like."""
    if cells.dtype == pl.String:
        return cells
    if cells.dtype.is_float():
        wide = cells.cast(pl.Float64).fill_nan(None)
        whole = (wide == wide.floor()) & (wide.abs() < _LARGEST_WHOLE)
        return wide.cast(pl.Int64, strict=False).cast(pl.String).zip_with(whole.fill_null(False), wide.cast(pl.String))
    if cells.dtype.is_nested() or cells.dtype in (pl.Binary, pl.Object):
        return None
    return cells.cast(pl.String)


def without_errors(texts: pl.Series, *more: str) -> tuple[pl.Series, pl.Series]:
    """Trimmed texts without a spreadsheet's error values, and where those were."""
    trimmed = trim(texts)
    found = trimmed.is_in([*EXCEL_ERRORS, *more]).fill_null(False)
    return (trimmed.set(found, None) if found.any() else trimmed), found
