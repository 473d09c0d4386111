"""Where tables live.

The engine is written once in Narwhals; a backend brings tables in, settles them, looks things up, takes tables out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import narwhals as nw
import polars as pl

Frame = nw.LazyFrame[Any]


class Backend(Protocol):
    """One engine for columns. Results must not depend on which."""

    in_memory: bool
    """Whether a settled table lies in memory, so that fetching its columns costs nothing."""

    def bring(self, frame: pl.DataFrame | pl.LazyFrame) -> Frame:
        """A table from memory, or one still to be read."""
        ...

    def settle(self, frame: Frame) -> Frame:
        """Work out all columns now and keep them, so that what follows starts from values."""
        ...

    def fetch(self, frame: Frame) -> pl.DataFrame:
        """The rows in memory, in no particular order."""
        ...

    def look_up(self, frame: Frame, table: pl.DataFrame, on: Sequence[str]) -> Frame:
        """Add the other columns of a small table to the rows that agree with it in `on`; missing where none does."""
        ...

    def attach(self, frame: Frame, index: str, numbers: Mapping[str, Sequence[float | None]]) -> Frame:
        """Add columns of doubles; `index` names the column that says which of the numbers is each row's."""
        ...


class PolarsBackend:
    """The default."""

    in_memory = True

    def bring(self, frame: pl.DataFrame | pl.LazyFrame) -> Frame:
        return nw.from_native(frame.lazy())

    def settle(self, frame: Frame) -> Frame:
        return nw.from_native(self.fetch(frame).rechunk().lazy())  # columns in pieces would be put together ever anew

    def fetch(self, frame: Frame) -> pl.DataFrame:
        native: pl.LazyFrame = frame.to_native()
        return native.collect(engine="in-memory")  # columns that are only handed on are not copied

    def look_up(self, frame: Frame, table: pl.DataFrame, on: Sequence[str]) -> Frame:
        if len(on) > 1 or table.height == 0:
            return look_up_by_join(self, frame, table, on)
        known = table[on[0]]
        if known.dtype == pl.String and not known.has_nulls():
            place = pl.col(on[0]).cast(pl.Enum(known), strict=False).to_physical()
            added = [pick(table[name], place).alias(name) for name in table.columns if name not in on]
            return _with(frame, added)
        added = [
            pl.col(on[0]).replace_strict(known, table[name], default=None, return_dtype=table[name].dtype).alias(name)
            for name in table.columns
            if name not in on
        ]
        return _with(frame, added)

    def attach(self, frame: Frame, index: str, numbers: Mapping[str, Sequence[float | None]]) -> Frame:
        added = [
            pl.lit(pl.Series(values, dtype=pl.Float64)).gather(pl.col(index)).alias(name)
            for name, values in numbers.items()
        ]
        return _with(frame, added)


class StreamingBackend(PolarsBackend):
    """For more units than memory holds: nothing is kept, every answer reads the data again, a piece at a time."""

    in_memory = False

    def settle(self, frame: Frame) -> Frame:
        return frame

    def fetch(self, frame: Frame) -> pl.DataFrame:
        native: pl.LazyFrame = frame.to_native()
        return native.collect(engine="streaming")

    def attach(self, frame: Frame, index: str, numbers: Mapping[str, Sequence[float | None]]) -> Frame:
        added = [
            pl.col(index)
            .replace_strict(range(len(values)), pl.Series(values, dtype=pl.Float64), return_dtype=pl.Float64)
            .alias(name)
            for name, values in numbers.items()
        ]
        return _with(frame, added)


def pick(values: pl.Series, places: pl.Expr) -> pl.Expr:
    """The value at each row's place, missing where it has none; piece by piece, where tables come in pieces."""
    return places.map_batches(values.gather, return_dtype=values.dtype, is_elementwise=True)


def _with(frame: Frame, added: list[pl.Expr]) -> Frame:
    native: pl.LazyFrame = frame.to_native()
    return nw.from_native(native.with_columns(added))


def look_up_by_join(backend: Backend, frame: Frame, table: pl.DataFrame, on: Sequence[str]) -> Frame:
    """`look_up` for any engine; a join copies every column."""
    return frame.join(backend.bring(table), on=list(on), how="left")


def attach_by_join(backend: Backend, frame: Frame, index: str, numbers: Mapping[str, Sequence[float | None]]) -> Frame:
    """`attach` for any engine."""
    columns = {name: pl.Series(values, dtype=pl.Float64) for name, values in numbers.items()}
    count = len(next(iter(columns.values())))
    table = pl.DataFrame({index: pl.int_range(count, dtype=pl.Int64, eager=True), **columns})
    return look_up_by_join(backend, frame, table, [index])
