"""Dates at random. Knows no rules."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl


def draw_dates(rng: np.random.Generator, n: int, first: date, last: date) -> pl.Series:
    """n days from first to last, those in the middle likelier."""
    days = rng.triangular(0, 0.55, 1, n) * (last - first).days
    return pl.Series(days.astype(np.int64) + (first - date(1970, 1, 1)).days).cast(pl.Int32).cast(pl.Date)
