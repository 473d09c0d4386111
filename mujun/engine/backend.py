"""Where tables live.

The engine is written once in Narwhals; a backend only brings tables in, settles them and takes them out.
"""

from __future__ import annotations

from typing import Any, Protocol

import narwhals as nw
import polars as pl

Frame = nw.LazyFrame[Any]


class Backend(Protocol):
    """One engine for columns. Results must not depend on which."""

    def bring(self, frame: pl.DataFrame) -> Frame:
        """A table from memory."""
        ...

    def settle(self, frame: Frame) -> Frame:
        """Work out all columns now and keep them, so that what follows starts from values."""
        ...

    def fetch(self, frame: Frame) -> pl.DataFrame:
        """The rows in memory, in no particular order."""
        ...


class PolarsBackend:
    """The default."""

    def bring(self, frame: pl.DataFrame) -> Frame:
        return nw.from_native(frame.lazy())

    def settle(self, frame: Frame) -> Frame:
        return frame.collect().lazy()

    def fetch(self, frame: Frame) -> pl.DataFrame:
        rows: pl.DataFrame = frame.collect(backend="polars").to_native()
        return rows
