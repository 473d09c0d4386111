"""The register of units of one kind: who was there on a day, under which name, and what became of the others."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import polars as pl
from attrs import frozen

from mujun.register.columns import COLUMNS
from mujun.register.match import Lookup, Match, MatchKind
from mujun.register.names import plain_names

SCHEMA: dict[str, pl.DataType] = {
    column.id: pl.Date() if column.id in ("valid_from", "valid_to") else pl.String() for column in COLUMNS
} | {"row": pl.Int64()}
"""`row` is the row of the file, for findings; 0 where there is none."""


@frozen(eq=False)
class Register:
    """`states` has a row per state of a unit, as SCHEMA says, ordered by code and first day (see `make_register`)."""

    states: pl.DataFrame
    file: str = ""

    def at(self, day: date) -> pl.DataFrame:
        """The states that hold on a day, by code: one row per unit."""
        if day not in self._held:
            self._held[day] = self._at(day)
        return self._held[day]

    def with_plain_names(self, day: date) -> pl.DataFrame:
        """The states that hold on a day, with their names as they are compared, `plain_registered`."""
        if day not in self._plain:
            held = self.at(day)
            self._plain[day] = held.with_columns(pl.Series("plain_registered", plain_names(held["name"])))
        return self._plain[day]

    def _at(self, day: date) -> pl.DataFrame:
        held = self.states.filter(
            pl.col("valid_from").is_null() | (pl.col("valid_from") <= day),
            pl.col("valid_to").is_null() | (pl.col("valid_to") >= day),
        )
        return held.unique("code", keep="last", maintain_order=True)

    def units(self, day: date) -> list[tuple[str, str]]:
        """Codes and names on a day, as templates are filled with."""
        return list(self.at(day).select("code", "name").iter_rows())

    def lookup(self, day: date) -> Lookup:
        """The register on that day, ready to be asked many times."""
        return self._lookups.get(day) or self._lookups.setdefault(day, Lookup(self.states, self.at(day), day))

    def resolve(self, key: str | None, name: str | None, day: date) -> Match:
        """Who is meant by a code and a name on a day."""
        lookup = self.lookup(day)
        match = lookup.find(key, name)
        return lookup.near(name or "") if match.kind is MatchKind.UNKNOWN else match

    @cached_property
    def _held(self) -> dict[date, pl.DataFrame]:
        return {}

    @cached_property
    def _plain(self) -> dict[date, pl.DataFrame]:
        return {}

    @cached_property
    def _lookups(self) -> dict[date, Lookup]:
        return {}
