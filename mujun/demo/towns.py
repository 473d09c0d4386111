"""The table of characteristic towns. Knows no scores."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.copula import lognormal
from mujun.demo.names import MARK, county_names, draw_places, plain_codes
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

BATCHES = (date(2015, 6, 1), date(2016, 1, 27), date(2017, 8, 1), date(2018, 9, 1))
"""When towns were listed: 37 in 2015-06, 42 in 2016, 35 in 2017-08, 21 in 2018-09; the days are assumed."""

INDUSTRIES = ("信息经济", "环保", "健康", "旅游", "时尚", "金融", "高端装备", "历史经典")

PER_LAND = {"tax": 32.0, "output": 520.0, "investment": 95.0}
PER_OUTPUT = {"staff": 0.011, "energy": 0.045, "firms": 0.0006}
PER_THOUSAND_STAFF = {"talents": 18.0, "patents": 45.0}
PER_HUNDRED_FIRMS = {"hightech_firms": 6.0, "institutions": 1.6}
"""万元/亩; 人, 吨标准煤, 家 per 万元; per 1,000 staff; per 100 firms: all assumed. A town uses some 1,100 亩."""

EMPTY = {"energy": 0.30, "investment": 0.03, "talents": 0.04, "patents": 0.05, "institutions": 0.10, "named": 0.4}
"""How many cells are empty: assumed."""

MONEY = ("land", "tax", "output", "investment", "energy")
ORDINARY: Cells = {"town_industry": "高端装备", "named": False, "listed_on": BATCHES[0]}
SPECIALS: Specials = {
    "两年零364天": {"listed_on": date(2016, 4, 10)},
    "恰满三年": {"listed_on": date(2016, 4, 9)},
    "未满三年而已命名": {"listed_on": date(2017, 8, 1), "named": True},
    "命名的历史经典": {"town_industry": "历史经典", "named": True},
    "主导产业没有填": {"town_industry": None},
    "主导产业认不出": {"town_industry": "数字文旅"},
    "没有填用地": {"land": None},
    "用地为零": {"land": 0.0},
    "税收没有填": {"tax": None},
    "产出没有填": {"output": None},
    "从业人员为零": {"staff": 0.0, "talents": 0.0},
    "要素都没有填": dict.fromkeys(("talents", "hightech_firms", "patents", "institutions", "investment")),
    "能耗为零": {"energy": 0.0},
    "能耗没有填": {"energy": None},
    "退税为负": {"tax": -40.0},
}

PLACES = 10
"""Eleven leaders make the cut of 服务类 (the scheme's ten places) fall between two equals."""
_SHAPE = {
    **dict.fromkeys(("land", "staff", "firms", "energy"), 1),
    **dict.fromkeys(("tax", "output", "investment", "talents", "patents", "hightech_firms", "institutions"), 3),
}
_LEADER: Cells = {"town_industry": "信息经济", "named": True}


def characteristic_town(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n towns, the special ones among them."""
    land = lognormal(rng, n, 1100, 0.5)
    tilt = 0.35 * rng.standard_normal(n)
    values = {"land": land}
    for name, ratio in PER_LAND.items():
        values[name] = land * ratio * np.exp(tilt + 0.4 * rng.standard_normal(n))
    for name, ratio in PER_OUTPUT.items():
        values[name] = values["output"] * ratio * np.exp(0.4 * rng.standard_normal(n))
    for base, ratios in (("staff", PER_THOUSAND_STAFF), ("firms", PER_HUNDRED_FIRMS)):
        for name, ratio in ratios.items():
            per = 1000 if base == "staff" else 100
            values[name] = rng.poisson(values[base] / per * ratio * np.exp(0.5 * rng.standard_normal(n))).astype(float)
    industry = np.concatenate(
        [np.arange(len(INDUSTRIES)), rng.choice(len(INDUSTRIES), n - len(INDUSTRIES), p=_WEIGHTS)]
    )
    batch = rng.choice(len(BATCHES), n, p=[0.42, 0.38, 0.14, 0.06])
    frame = pl.DataFrame(
        {
            KEY: plain_codes("XZ", n),
            NAME: pl.Series([MARK]).new_from_index(0, n),
            "county": pl.Series(county_names()).gather(draw_places(rng, n)),
            "town_industry": pl.Series(INDUSTRIES).gather(industry),
            "named": rng.random(n) < 0.15,
            "listed_on": pl.Series(BATCHES).gather(batch),
            **values,
        }
    )
    service = ordinary_rows(frame, SPECIALS, PLACES).filter(
        pl.col("town_industry").is_in(["信息经济", "健康", "旅游", "金融"])
    )
    specials = {**SPECIALS, **tie_at_the_cut(service, PLACES, _SHAPE, ("tax", "land"), _LEADER)}
    frame = empty_cells(frame, rng, EMPTY, len(specials))
    frame = place_specials(frame, ORDINARY, specials, tuple(values))
    return rounded(name_units(frame, frame["town_industry"].fill_null("") + "小镇"), MONEY)


_WEIGHTS = (0.18, 0.08, 0.10, 0.17, 0.12, 0.08, 0.19, 0.08)
"""How common the industries are: assumed."""
