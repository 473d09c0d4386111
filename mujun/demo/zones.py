"""What economic and high-tech zones have in common: levels, land, numbers in proportion. Knows no scores."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.copula import lognormal
from mujun.demo.names import MARK, county_names, draw_places, plain_codes
from mujun.demo.specials import Specials

Ratios = Mapping[str, tuple[str, float]]
"""What of what: each column is so much of an earlier one."""

SPECIALS: Specials = {
    "级别没有填": {"zone_level": None},
    "不在名单": {"zone_level": "市级园区"},
    "没有填用地": {"land": None},
    "用地为零": {"land": 0.0},
    "税收没有填": {"tax": None},
    "增加值没有填": {"value_added": None},
    "退税为负": {"tax": -300.0},
}

_SD = {
    "tax": 0.25,
    "value_added": 0.1,
    "revenue": 0.15,
    "emissions": 0.74,
    "foreign_investment": 1.0,
    "tech_trade": 1.2,
}
"""Log-sd of a ratio between zones (others 0.35): Lishui's areas for emissions, the others assumed."""


def draw_zones(
    rng: np.random.Generator, n: int, prefix: str, levels: Mapping[str, int], ratios: Ratios
) -> pl.DataFrame:
    """Zones of all levels; national ones are larger. `levels` says how many there are of each."""
    names, counts = list(levels), np.array(list(levels.values()))
    level = rng.permutation(np.resize(np.repeat(np.arange(len(names)), counts), n))
    tilt = {name: 0.3 * rng.standard_normal(n) for name in ("tax", "value_added")}
    values = {"land": lognormal(rng, n, 7000, 0.6) * np.where(level == 0, 2.0, 1.0)}
    for name, (base, ratio) in ratios.items():
        noise = tilt.get(name, 0.0) + _SD.get(name, 0.35) * rng.standard_normal(n)
        values[name] = values[base] * ratio * np.exp(noise)
    most = 0.9 * values["value_added"]
    values["hightech_value_added"] = np.minimum(values["hightech_value_added"], most)
    return pl.DataFrame(
        {
            KEY: plain_codes(prefix, n),
            NAME: pl.Series([MARK]).new_from_index(0, n),
            "county": pl.Series(county_names()).gather(draw_places(rng, n)),
            "zone_level": pl.Series(names).gather(level),
            **values,
        }
    )
