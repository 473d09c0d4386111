"""What holds: of each cell's observations the last one. Earlier ones stay where they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import polars as pl
from attrs import field, frozen

from mujun.dataset import KEY, NAME, Dataset, make_dataset
from mujun.scheme.model import Variable
from mujun.store.journal import Entry
from mujun.store.observations import SCHEMA, scan, typed

UNIT = "unit"
"""Of a detail's variables the one that names the unit."""
_CELL = (UNIT, "record")


@frozen(eq=False)
class Holding:
    """The observations of one scheme at a moment: `entries` are its batches up to then, `files` their observations.

    With `some`, of those units alone.
    """

    entries: tuple[Entry, ...]
    files: tuple[Path, ...]
    seq: int
    some: frozenset[str] | None = None
    _parts: dict[tuple[str, str], pl.DataFrame] = field(factory=dict, init=False)

    @cached_property
    def every(self) -> pl.LazyFrame:
        """All observations, superseded ones too. Those of some units are read once."""
        rows = scan(zip((entry.seq for entry in self.entries), self.files, strict=True))
        return rows if self.some is None else rows.filter(pl.col(UNIT).is_in(self.some)).collect().lazy()

    def only(self, units: frozenset[str] | None) -> Holding:
        """The same of some units alone, or of all."""
        return Holding(self.entries, self.files, self.seq, units)

    def saying(self, table: str, variable: str) -> pl.LazyFrame:
        """All observations of one variable, superseded ones too; only batches that speak of it are read."""
        rows = self.every
        if self.some is None:
            batches = [
                (entry.seq, file)
                for entry, file in zip(self.entries, self.files, strict=True)
                if [table, variable] in entry.facts["variables"]
            ]
            rows = scan(batches)
        return rows.filter(pl.col("table") == table, pl.col("variable") == variable)

    @cached_property
    def said(self) -> tuple[tuple[str, str], ...]:
        """Tables and variables that anything was said about, in order of first mention."""
        found: dict[tuple[str, str], None] = {}
        for entry in self.entries:
            for table, variable in entry.facts["variables"]:
                found.setdefault((table, variable))
        return tuple(found)

    def of(self, table: str, variable: str) -> pl.DataFrame:
        """The observations that hold of one variable, by unit and record. An emptied cell holds as null."""
        part = self._parts.get((table, variable))
        if part is None:
            part = self._parts[table, variable] = self._of(table, variable)
        return part

    def _of(self, table: str, variable: str) -> pl.DataFrame:
        found = self.saying(table, variable).collect()
        if found["batch"].n_unique() > 1:
            found = found.unique(_CELL, keep="last", maintain_order=True)
        return found.sort(_CELL)

    def parts(self) -> Iterator[pl.DataFrame]:
        for table, variable in self.said:
            yield self.of(table, variable)

    def frame(self) -> pl.DataFrame:
        """All observations that hold, one under the other."""
        parts = list(self.parts())
        return pl.concat(parts) if parts else pl.DataFrame(schema={**SCHEMA, "batch": pl.Int32()})

    def dataset(self, variables: Mapping[str, Variable]) -> Dataset | None:
        """The shared table of these variables, a row for each unit that anything was said of; None without any."""
        units = self.units()
        if units.is_empty():
            return None
        columns = [typed(self.values(units, one.id), one.kind).alias(one.id) for one in variables.values()]
        return make_dataset(pl.DataFrame([units.alias(KEY), self.names(units), *columns]))

    def units(self) -> pl.Series:
        """Keys of all units of the scheme's own table, in order."""
        files = self.every.filter(pl.col("table") == "").select("unit")
        return files.unique().sort("unit").collect()["unit"]

    def names(self, units: pl.Series) -> pl.Series:
        """Each unit's name as last said, else its key."""
        return self.values(units, NAME).fill_null(units).alias(NAME)

    def values(self, units: pl.Series, variable: str) -> pl.Series:
        """Canonical text, in the order of the units."""
        return aligned(units, self.of("", variable))

    def records(self, table: str, variables: Sequence[Variable]) -> pl.DataFrame:
        """A detail's records, typed: KEY is the record's number, `unit` the unit's key.

        A record emptied of everything but its unit is withdrawn.
        """
        parts = {one.id: self.of(table, one.id) for one in variables if (table, one.id) in self.said}
        cells = [part.select(_CELL) for part in parts.values()]
        rows = pl.concat(cells).unique().sort(_CELL) if cells else pl.DataFrame(schema=dict.fromkeys(_CELL, pl.String))
        values = [one for one in variables if one.id != UNIT]
        for one in values:
            if one.id in parts:
                rows = rows.join(parts[one.id].select(*_CELL, pl.col("value").alias(one.id)), on=_CELL, how="left")
            else:
                rows = rows.with_columns(pl.lit(None, pl.String).alias(one.id))
            rows = rows.with_columns(typed(rows[one.id], one.kind).alias(one.id))
        kept = rows.filter(pl.any_horizontal(pl.col(one.id).is_not_null() for one in values)) if values else rows
        return kept.select(pl.col("record").alias(KEY), *(one.id for one in variables))


def aligned(units: pl.Series, part: pl.DataFrame) -> pl.Series:
    """Values of a part in the order of the units; null where there is none."""
    keys = pl.DataFrame({"unit": units})
    return keys.join(part.select("unit", "value"), on="unit", how="left", maintain_order="left")["value"]
