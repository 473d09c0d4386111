"""Find the units of a whole table in the register. Every row is matched or asked about; none is dropped in silence.

Rows that are right as they stand are found all at once; only the others are looked at one by one.
"""

from __future__ import annotations

from datetime import date

import polars as pl
from attrs import frozen

from mujun.dataset import KEY, NAME
from mujun.findings import Finding
from mujun.register.match import MATCHED, Lookup, Match, MatchKind
from mujun.register.names import plain_names
from mujun.register.register import Register
from mujun.register.resolve_wording import tell, tell_county, tell_twice, tell_written_otherwise
from mujun.register.told import Places, Told

_MOST_NEAR = 200
"""Findings after which no near names are looked for: it is the wrong file, not a slip of the pen."""


@frozen(eq=False)
class Resolved:
    """`rows` has, per row of the table in its order, `key`, `name`, `row`, `matched` (a code or null) and `kind`."""

    rows: pl.DataFrame
    findings: tuple[Finding, ...]
    absent: tuple[tuple[str, str], ...]
    """Units of the register on that day of which the table has no row."""

    @property
    def codes(self) -> pl.Series:
        """The code of each row; null where it is asked about."""
        return self.rows["matched"]


def resolve_units(frame: pl.DataFrame, register: Register, day: date, places: Places | None = None) -> Resolved:
    """`frame` has KEY and NAME, and may have `row` (of the file) and `county` (a name)."""
    told, lookup = Told(places or Places()), register.lookup(day)
    rows = _rows(frame)
    held = register.with_plain_names(day).select(
        "code", pl.col("name").alias("registered"), pl.col("county").alias("seat"), "plain_registered"
    )
    rows = rows.join(held, left_on="key", right_on="code", how="left", maintain_order="left")
    right = rows["registered"].is_not_null() & (
        rows["name"].is_null() | (rows["name"] == rows["key"]) | (plain_names(rows["name"]) == rows["plain_registered"])
    )
    right = right.fill_null(False)
    matched, kinds = rows["key"].to_list(), [MatchKind.SAME.value] * rows.height
    wrong = (~right).arg_true().to_list()
    for number, (key, name, row) in zip(wrong, rows.select("key", "name", "row")[wrong].iter_rows(), strict=True):
        match = _look(lookup, key or "", name or "", row, told)
        matched[number], kinds[number] = match.code, match.kind.value
    rows = rows.with_columns(pl.Series("matched", matched, pl.String), pl.Series("kind", kinds, pl.String))
    tell_written_otherwise(rows.filter(right), told)
    tell_twice(rows, lookup, told)
    if "county" in frame.columns:
        tell_county(rows, told)
    here = set(matched)
    absent = tuple((code, name) for code, name in lookup.names.items() if code not in here)
    return Resolved(rows.select("key", "name", "row", "matched", "kind"), tuple(told.findings), absent)


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    row = pl.col("row").cast(pl.Int64) if "row" in frame.columns else pl.int_range(2, pl.len() + 2, dtype=pl.Int64)
    county = [pl.col("county")] if "county" in frame.columns else []
    return frame.select(pl.col(KEY).alias("key"), pl.col(NAME).alias("name"), row.alias("row"), *county)


def _look(lookup: Lookup, key: str, name: str, row: int, told: Told) -> Match:
    match = lookup.find(key, name)
    if match.kind is MatchKind.UNKNOWN and len(told.findings) <= _MOST_NEAR:
        match = lookup.near(name)
    assert (match.code is not None) == (match.kind in MATCHED)
    tell(match, key, name, row, lookup, told)
    return match
