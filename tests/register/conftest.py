"""Registers made of a few rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import pytest

from mujun.register import Register, RegisterReading, make_register
from tests.register.firms import ROWS

Make = Callable[..., RegisterReading]


@pytest.fixture(scope="session")
def make() -> Make:
    """`make(rows)` is what comes of these rows; each is a code, a name and more as in ROWS, or a dict."""

    def build(rows: Sequence[tuple[str | None, ...] | dict[str, str]], **options: bool) -> RegisterReading:
        names = ("code", "name", "county", "valid_from", "valid_to", "event", "successor")
        dicts = [row if isinstance(row, dict) else dict(zip(names, row, strict=False)) for row in rows]
        more = ("industry", "approved_by", "approved_why", "evidence")
        frame = pl.DataFrame(dicts, schema=dict.fromkeys((*names, *more), pl.String))
        said = pl.when(pl.col("event").is_not_null()).then(pl.lit("示例通知书")).alias("said")
        frame = frame.with_columns(pl.coalesce("evidence", said).alias("evidence"))
        return make_register(frame, **options)

    return build


@pytest.fixture(scope="session")
def register(make: Make) -> Register:
    """ROWS, in which nothing is wrong."""
    reading = make(ROWS)
    assert reading.findings == ()
    return reading.register
