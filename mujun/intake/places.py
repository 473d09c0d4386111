"""Where each unit and each variable stands in the file, so that a number can be walked back to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import polars as pl
from attrs import frozen

from mujun.intake.cells import address


@frozen(eq=False)
class Places(Mapping[str, int]):
    """Row numbers by unit key; `columns` are column numbers (from 0). The index is made when first asked."""

    file: str
    sheet: str
    units: pl.Series
    rows: pl.Series
    columns: Mapping[str, int]

    @cached_property
    def _row_by_key(self) -> dict[str, int]:
        return dict(zip(self.units.to_list(), self.rows.to_list(), strict=True))

    def __getitem__(self, key: str) -> int:
        return self._row_by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row_by_key)

    def __len__(self) -> int:
        return len(self.units)

    def cell(self, key: str, variable: str) -> str | None:
        """The address, such as F17; None where the file has no such column."""
        column = self.columns.get(variable)
        return None if column is None else address(self[key], column)
