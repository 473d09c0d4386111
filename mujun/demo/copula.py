"""Correlated lognormal draws, and a year earlier of what was drawn. Knows no industries, counties or rules."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np
import polars as pl

from mujun.demo.calibration import CORRELATION, LOGS, SD, YEAR_TO_YEAR, Floats

_ROOT = np.linalg.cholesky(CORRELATION)


def stream(seed: int, name: str) -> np.random.Generator:
    """Random numbers of one purpose: what one table draws does not move another's."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, crc32(name.encode())])))


def draw_shocks(rng: np.random.Generator, n: int) -> Floats:
    """n rows of standard normals, a column per variable of LOGS, correlated as there."""
    drawn = rng.standard_normal((len(LOGS), n))
    # Not a matrix product: its last bits depend on the machine.
    columns = [sum(_ROOT[row, place] * drawn[place] for place in range(row + 1)) for row in range(len(LOGS))]
    return np.stack(columns, axis=1)


def draw_logs(rng: np.random.Generator, n: int, mean: Floats) -> Floats:
    """Logs whose exponentials have these means."""
    logs: Floats = np.log(mean) - SD**2 / 2 + draw_shocks(rng, n) * SD
    return logs


def lognormal(rng: np.random.Generator, n: int, mean: float, sd: float) -> Floats:
    """Exponentials of normals with standard deviation sd, with this mean."""
    drawn: Floats = np.exp(np.log(mean) - sd**2 / 2 + sd * rng.standard_normal(n))
    return drawn


def year_before(frame: pl.DataFrame, rng: np.random.Generator, growth: Mapping[str, float]) -> pl.DataFrame:
    """Positive values of the columns of `growth` a year earlier: their logs follow an AR(1). Other cells stay."""
    shocks = draw_shocks(rng, frame.height)
    changed = []
    for name, rate in growth.items():
        if name not in frame.columns:
            continue
        kept = YEAR_TO_YEAR.get(name, 0.99)
        values = frame[name].fill_null(0.0).to_numpy()
        logs = np.log(np.where(values > 0, values, 1.0))
        centre, sd = logs[values > 0].mean(), logs[values > 0].std()
        shock = shocks[:, LOGS.index(name)] if name in LOGS else rng.standard_normal(frame.height)
        earlier = np.exp(centre + kept * (logs - centre) + np.sqrt(1 - kept**2) * sd * shock)
        earlier *= values[values > 0].sum() / earlier[values > 0].sum() / rate
        column = pl.Series(name, np.where(values > 0, earlier, values))
        changed.append(pl.when(pl.col(name).is_null()).then(None).otherwise(column).alias(name))
    return frame.with_columns(changed)
