"""The tables of economic zones and of high-tech zones. Knows no scores."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.copula import lognormal
from mujun.demo.names import MARK, county_names, draw_places, plain_codes
from mujun.demo.specials import Cells, Specials, empty_cells, name_units, place_specials, rounded, tie_at_the_cut

ECONOMIC = {
    **{"value_added": ("land", 102.6), "tax": ("value_added", 0.23), "staff": ("value_added", 1 / 23.2)},
    **{"revenue": ("value_added", 1 / 0.22), "rd": ("revenue", 0.0155), "energy": ("value_added", 1 / 1.14)},
    **{"emissions": ("value_added", 1 / 900), "hightech_value_added": ("value_added", 0.42)},
    **{"foreign_investment": ("land", 6.0), "exports": ("revenue", 0.2)},
}
"""What of what: zones in 2017 had 102.6 万元/亩, 23.2 万元/人 and 1.55 % R&D (省商务厅); energy Lishui; the others assumed."""

HIGHTECH = {
    **{"value_added": ("land", 130.0), "tax": ("value_added", 0.24), "staff": ("value_added", 1 / 26)},
    **{"revenue": ("value_added", 1 / 0.23), "rd": ("revenue", 0.032), "hightech_value_added": ("value_added", 0.52)},
    **{"firms": ("staff", 1 / 90), "hightech_firms": ("firms", 0.14), "rd_staff": ("staff", 0.1)},
    **{"patents": ("staff", 0.02), "foreign_investment": ("land", 8.0), "exports": ("revenue", 0.18)},
    **{"tech_trade": ("revenue", 0.004)},
}
"""All assumed: somewhat better than economic zones."""

ECONOMIC_LEVELS = {"国家级经济技术开发区": 21, "省级经济开发区": 58, "参照省级经济开发区管理": 11}
HIGHTECH_LEVELS = {"国家级": 8, "省级": 37}
"""How many of each there are: 21 national zones (2021), 8 national high-tech zones (2017); the others assumed."""

ECONOMIC_MONEY = ("land", "tax", "value_added", "energy", "emissions", "rd", "revenue", "hightech_value_added") + (
    "foreign_investment",
    "exports",
)
HIGHTECH_MONEY = (
    "land",
    "tax",
    "value_added",
    "rd",
    "revenue",
    "hightech_value_added",
    "foreign_investment",
    "exports",
) + (
    "tech_trade",
    "reform_rating_1",
    "reform_rating_2",
)
ECONOMIC_EMPTY = {
    "emissions": 0.30,
    "rd": 0.03,
    "foreign_investment": 0.10,
    "exports": 0.03,
    "hightech_value_added": 0.02,
}
HIGHTECH_EMPTY = {"foreign_investment": 0.10, "tech_trade": 0.35, "exports": 0.03, "patents": 0.03}
"""How many cells are empty: emissions as observed, the others assumed."""

_OF_ALL: Specials = {
    "级别没有填": {"zone_level": None},
    "不在名单": {"zone_level": "市级园区"},
    "没有填用地": {"land": None},
    "用地为零": {"land": 0.0},
    "税收没有填": {"tax": None},
    "增加值没有填": {"value_added": None},
    "退税为负": {"tax": -300.0},
}
ECONOMIC_SPECIALS: Specials = {
    **_OF_ALL,
    "职工为零": {"staff": 0.0},
    "能耗为零": {"energy": 0.0},
    "排放没有填": {"emissions": None},
    "排放为零": {"emissions": 0.0},
    "研发和开放都没有填": dict.fromkeys(("rd", "hightech_value_added", "foreign_investment", "exports")),
}
HIGHTECH_SPECIALS: Specials = {
    **_OF_ALL,
    "研发没有填": {"rd": None},
    "缺一位评委的分": {"reform_rating_2": None},
    "可不填的都没有填": dict.fromkeys(
        ("hightech_value_added", "rd_staff", "hightech_firms", "patents", "foreign_investment", "exports", "tech_trade")
    ),
}

ECONOMIC_PLACES, HIGHTECH_PLACES = 2, 3
"""Leaders make the cut fall between two equals: among 参照省级管理 (two places) and national high-tech zones (three places)."""
_ECONOMIC_SHAPE = {
    **dict.fromkeys(("land", "staff", "energy", "emissions"), 1.0),
    **dict.fromkeys(("tax", "value_added", "revenue", "foreign_investment"), 3.0),
    **{"rd": 9.0, "exports": 8.0, "hightech_value_added": 5.2},
}
_HIGHTECH_SHAPE = {
    **dict.fromkeys(("land", "staff", "firms"), 1.0),
    **dict.fromkeys(
        ("tax", "value_added", "revenue", "foreign_investment", "patents", "rd_staff", "hightech_firms"), 3.0
    ),
    **{"rd": 9.0, "exports": 8.0, "tech_trade": 9.0, "hightech_value_added": 5.0},
}


def economic_zone(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n zones, the special ones among them."""
    frame = _zones(rng, n, "KFQ", ECONOMIC_LEVELS, ECONOMIC)
    level = "参照省级经济开发区管理"
    leaders = tie_at_the_cut(
        _of(frame, level), ECONOMIC_PLACES, _ECONOMIC_SHAPE, ("tax", "land"), {"zone_level": level}
    )
    specials = {**ECONOMIC_SPECIALS, **leaders}
    frame = empty_cells(frame, rng, ECONOMIC_EMPTY, len(specials))
    numbers = ("land", *ECONOMIC)
    frame = place_specials(frame, {"zone_level": "省级经济开发区"}, specials, numbers)
    return rounded(name_units(frame, pl.Series(["经济开发区"]).new_from_index(0, n)), ECONOMIC_MONEY)


def hightech_zone(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n zones, the special ones among them."""
    frame = _zones(rng, n, "GXQ", HIGHTECH_LEVELS, HIGHTECH)
    frame = frame.with_columns(
        pl.Series(f"reform_rating_{rater}", np.clip(np.round(75 + 8 * rng.standard_normal(n)), 40, 98))
        for rater in (1, 2)
    )
    best: Cells = {"zone_level": "国家级", "reform_rating_1": 99.0, "reform_rating_2": 99.0}
    leaders = tie_at_the_cut(_of(frame, "国家级"), HIGHTECH_PLACES, _HIGHTECH_SHAPE, ("tax", "land"), best)
    specials = {**HIGHTECH_SPECIALS, **leaders}
    frame = empty_cells(frame, rng, HIGHTECH_EMPTY, len(specials))
    frame = place_specials(frame, {"zone_level": "省级"}, specials, ("land", *HIGHTECH))
    return rounded(name_units(frame, pl.Series(["高新技术产业开发区"]).new_from_index(0, n)), HIGHTECH_MONEY)


def _zones(
    rng: np.random.Generator,
    n: int,
    prefix: str,
    levels: Mapping[str, int],
    ratios: Mapping[str, tuple[str, float]],
) -> pl.DataFrame:
    """Zones of all levels; national ones are larger."""
    names, counts = list(levels), np.array(list(levels.values()))
    level = rng.permutation(np.resize(np.repeat(np.arange(len(names)), counts), n))
    tilt = {name: 0.3 * rng.standard_normal(n) for name in ("tax", "value_added")}
    values = {"land": lognormal(rng, n, 7000, 0.6) * np.where(level == 0, 2.0, 1.0)}
    for name, (base, ratio) in ratios.items():
        values[name] = values[base] * ratio * np.exp(tilt.get(name, 0) + _SD.get(name, 0.35) * rng.standard_normal(n))
    share = values["value_added"] * 0.9
    values["hightech_value_added"] = np.minimum(values["hightech_value_added"], share)
    return pl.DataFrame(
        {
            KEY: plain_codes(prefix, n),
            NAME: pl.Series([MARK]).new_from_index(0, n),
            "county": pl.Series(county_names()).gather(draw_places(rng, n)),
            "zone_level": pl.Series(names).gather(level),
            **values,
        }
    )


_SD = {
    "emissions": 0.74,
    "foreign_investment": 1.0,
    "tech_trade": 1.2,
    "tax": 0.25,
    "value_added": 0.1,
    "revenue": 0.15,
}
"""Log-sd of a ratio between zones beside the common tilt: Lishui's areas for emissions, the others assumed."""


def _of(frame: pl.DataFrame, level: str) -> pl.DataFrame:
    return frame.filter(pl.col("zone_level") == level)
