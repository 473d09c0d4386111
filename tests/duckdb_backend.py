"""The engine's tables on DuckDB, to show that results do not depend on who computes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

import duckdb
import narwhals as nw
import polars as pl

from mujun.engine.backend import Frame, attach_by_join, look_up_by_join


class DuckDBBackend:
    """Every settled table is a temporary table of one in-memory database, out of the engine's reach."""

    in_memory = False

    def __init__(self, threads: int = 2) -> None:
        self.connection = duckdb.connect(config={"threads": threads})
        self.numbers = count()

    def bring(self, frame: pl.DataFrame | pl.LazyFrame) -> Frame:
        arrow = frame.lazy().collect().to_arrow()
        name = f"t{next(self.numbers)}"
        self.connection.register("brought", arrow)
        self.connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM brought")
        self.connection.unregister("brought")
        return nw.from_native(self.connection.table(name))

    def settle(self, frame: Frame) -> Frame:
        name = f"t{next(self.numbers)}"
        frame.to_native().create(name)
        return nw.from_native(self.connection.table(name))

    def fetch(self, frame: Frame) -> pl.DataFrame:
        return frame.collect(backend="polars").to_native()

    def look_up(self, frame: Frame, table: pl.DataFrame, on: Sequence[str]) -> Frame:
        return look_up_by_join(self, frame, table, on)

    def attach(self, frame: Frame, index: str, numbers: Mapping[str, Sequence[float | None]]) -> Frame:
        return attach_by_join(self, frame, index, numbers)
