"""The table of economic zones. Knows no scores."""

from __future__ import annotations

import numpy as np
import polars as pl

from mujun.demo import zones
from mujun.demo.specials import (
    Specials,
    empty_cells,
    name_units,
    ordinary_rows,
    place_specials,
    rounded,
    tie_at_the_cut,
)

RATIOS: zones.Ratios = {
    "value_added": ("land", 102.6),
    "tax": ("value_added", 0.23),
    "staff": ("value_added", 1 / 23.2),
    "revenue": ("value_added", 1 / 0.22),
    "rd": ("revenue", 0.0155),
    "energy": ("value_added", 1 / 1.14),
    "emissions": ("value_added", 1 / 900),
    "hightech_value_added": ("value_added", 0.42),
    "foreign_investment": ("land", 6.0),
    "exports": ("revenue", 0.2),
}
"""Zones in 2017: 102.6 万元/亩, 23.2 万元/人, R&D 1.55 % (省商务厅). Energy: Lishui. The others assumed."""

LEVELS = {"国家级经济技术开发区": 21, "省级经济开发区": 58, "参照省级经济开发区管理": 11}
"""21 national zones (2021); the others assumed."""

EMPTY = {"emissions": 0.30, "rd": 0.03, "foreign_investment": 0.10, "exports": 0.03, "hightech_value_added": 0.02}
"""How many cells are empty: emissions as observed, the others assumed."""

SPECIALS: Specials = {
    **zones.SPECIALS,
    "职工为零": {"staff": 0.0},
    "能耗为零": {"energy": 0.0},
    "排放没有填": {"emissions": None},
    "排放为零": {"emissions": 0.0},
    "研发和开放都没有填": dict.fromkeys(("rd", "hightech_value_added", "foreign_investment", "exports")),
}

PLACES = 2
"""Three leaders make the cut of 参照省级管理 (the scheme's two places) fall between two equals."""
_TIED = "参照省级经济开发区管理"
_SHAPE = {
    **dict.fromkeys(("land", "staff", "energy"), 1.0),
    "emissions": 0.4,
    **dict.fromkeys(("tax", "value_added", "revenue", "foreign_investment"), 3.0),
    **{"rd": 9.0, "exports": 8.0, "hightech_value_added": 5.2},
}


def economic_zone(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n zones, the special ones among them."""
    frame = zones.draw_zones(rng, n, "KFQ", LEVELS, RATIOS)
    group = ordinary_rows(frame, SPECIALS, PLACES).filter(pl.col("zone_level") == _TIED)
    leaders = tie_at_the_cut(group, PLACES, _SHAPE, ("tax", "land"), {"zone_level": _TIED})
    specials = {**SPECIALS, **leaders}
    frame = empty_cells(frame, rng, EMPTY, len(specials))
    numbers = ("land", *RATIOS)
    frame = place_specials(frame, {"zone_level": "省级经济开发区"}, specials, numbers)
    return rounded(name_units(frame, pl.Series(["经济开发区"]).new_from_index(0, n)), numbers)
