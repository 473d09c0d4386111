"""The table of high-tech zones. Knows no scores."""

from __future__ import annotations

import numpy as np
import polars as pl

from mujun.demo import zones
from mujun.demo.specials import (
    Cells,
    Specials,
    empty_cells,
    name_units,
    ordinary_rows,
    place_specials,
    rounded,
    tie_at_the_cut,
)

RATIOS: zones.Ratios = {
    "value_added": ("land", 130.0),
    "tax": ("value_added", 0.24),
    "staff": ("value_added", 1 / 26),
    "revenue": ("value_added", 1 / 0.23),
    "rd": ("revenue", 0.032),
    "hightech_value_added": ("value_added", 0.48),
    "firms": ("staff", 1 / 90),
    "hightech_firms": ("firms", 0.14),
    "rd_staff": ("staff", 0.1),
    "patents": ("staff", 0.02),
    "foreign_investment": ("land", 8.0),
    "exports": ("revenue", 0.18),
    "tech_trade": ("revenue", 0.004),
}
"""Somewhat better than economic zones: assumed."""

LEVELS = {"国家级": 8, "省级": 37}
"""8 national zones (2017); the others assumed."""

EMPTY = {"foreign_investment": 0.10, "tech_trade": 0.35, "exports": 0.03, "patents": 0.03}
"""How many cells are empty: assumed."""

SPECIALS: Specials = {
    **zones.SPECIALS,
    "研发没有填": {"rd": None},
    "缺一位评委的分": {"reform_rating_2": None},
    "可不填的都没有填": dict.fromkeys(
        ("hightech_value_added", "rd_staff", "hightech_firms", "patents", "foreign_investment", "exports", "tech_trade")
    ),
}

PLACES = 3
"""Four leaders make the cut of the national zones (the scheme's three places) fall between two equals."""
_LEADER: Cells = {"zone_level": "国家级", "reform_rating_1": 99.0, "reform_rating_2": 99.0}
_SHAPE = {
    **dict.fromkeys(("land", "staff", "firms"), 1.0),
    **dict.fromkeys(("tax", "value_added", "revenue", "foreign_investment"), 3.0),
    **dict.fromkeys(("patents", "rd_staff", "hightech_firms"), 3.0),
    **{"rd": 9.0, "exports": 8.0, "tech_trade": 9.0, "hightech_value_added": 5.4},
}


def hightech_zone(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n zones, the special ones among them."""
    frame = zones.draw_zones(rng, n, "GXQ", LEVELS, RATIOS)
    ratings = {f"reform_rating_{rater}": 75 + 8 * rng.standard_normal(n) for rater in (1, 2)}
    frame = frame.with_columns(pl.Series(name, np.clip(np.round(marks), 40, 98)) for name, marks in ratings.items())
    group = ordinary_rows(frame, SPECIALS, PLACES).filter(pl.col("zone_level") == "国家级")
    specials = {**SPECIALS, **tie_at_the_cut(group, PLACES, _SHAPE, ("tax", "land"), _LEADER)}
    frame = empty_cells(frame, rng, EMPTY, len(specials))
    numbers = ("land", *RATIOS)
    frame = place_specials(frame, {"zone_level": "省级"}, specials, numbers)
    return rounded(name_units(frame, pl.Series(["高新技术产业开发区"]).new_from_index(0, n)), numbers)
