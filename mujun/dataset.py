"""The one table everybody shares: a row per unit, typed columns, missing is null. Reads no files and judges nothing."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from attrs import field, frozen

from mujun.digest import Digest

KEY = "unit:key"
NAME = "unit:name"
"""Columns of every dataset beside the variables; the colon keeps them apart from any variable's name."""
ROW = "unit:row"
"""The unit's place by key, in tables being worked on: every order ends in it."""


def column_name(name: str) -> str:
    """What a variable or derived column is called in tables that hold other columns too."""
    return f"column:{name}"


MOST_DECIMALS = 9
_EXACT = 2.0**53


@frozen
class Dataset:
    """One round's data of one domain.

    `frame` has KEY and NAME (text), then a column per variable of the scheme: Float64 for numbers and integers, String,
    Date or Boolean. Keys are unique. `decimals` says how many decimals a number column has; None where it is not
    decimal or too long for a double (more than 15 digits), so that sums are no longer those of the cells.
    """

    frame: pl.DataFrame
    decimals: Mapping[str, int | None] = field(factory=dict)
    file: str = ""
    digest: Digest | None = None

    @property
    def size(self) -> int:
        return self.frame.height


@frozen
class AdoptedList:
    """A list decided elsewhere that a domain takes over: unit keys, the issuing instrument, its number and date."""

    keys: tuple[str, ...]
    instrument: str
    document_number: str
    issued_on: str
    file: str = ""


def make_dataset(frame: pl.DataFrame, file: str = "", digest: Digest | None = None) -> Dataset:
    """Measure the decimals of every number column. Tables read from files come in pieces; these are put together."""
    frame = frame.rechunk()
    decimals = {name: count_decimals(frame[name]) for name, kind in frame.schema.items() if kind == pl.Float64}
    return Dataset(frame, decimals, file, digest)


def count_decimals(column: pl.Series) -> int | None:
    """The least d such that every value is the double nearest to a whole number of 10^-d; None if there is none."""
    values = column.drop_nulls()
    for decimals in range(MOST_DECIMALS + 1):
        power = 10.0**decimals
        scaled = (values * power).round()
        if values.is_empty() or (scaled.abs().max() < _EXACT and _divided(scaled, power).equals(values)):  # type: ignore[operator]
            return decimals
    return None


def _divided(scaled: pl.Series, power: float) -> pl.Series:
    """Divide by a column: Polars multiplies by the reciprocal of a literal, which is not the nearest double."""
    return scaled / pl.Series([power]).new_from_index(0, len(scaled))
