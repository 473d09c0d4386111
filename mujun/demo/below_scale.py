"""The table of manufacturers below scale. Knows no scores."""

from __future__ import annotations

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.calibration import DIVISION_WEIGHT, LOGS, SD
from mujun.demo.copula import draw_shocks
from mujun.demo.firms import ABOVE_SCALE
from mujun.demo.names import MARK, county_names, credit_codes, draw_places, industry_codes
from mujun.demo.specials import Cells, Specials, draw_rows, empty_cells, name_units, place_specials, rounded

TAX_PER_LAND = 14.0
TAX_PER_ELECTRICITY = 0.235
"""万元/亩 and 万元/万千瓦时: 黄岩区's benchmarks of 2021 and 2022 (16.6 and 11.6; 0.2366 and 0.2352)."""

LAND_MEAN = 5.0
REVENUE_MEDIAN = 550.0
"""亩 and 万元: assumed."""

NO_TAX = 0.09
"""More than above scale (small taxpayers are exempt) and more than tier D holds: D begins among equals. Assumed."""

EMPTY = {"land": 0.10, "electricity": 0.12, "tax": 0.003, "data_refusals": 0.05}
"""How many cells are empty: assumed."""

MONEY = ("land", "tax", "electricity", "revenue")
ORDINARY: Cells = {"gb_code": "2927", "data_refusals": 0.0}
SPECIALS: Specials = {
    "不是制造业": {"gb_code": "4620"},
    "已上规模": {"revenue": ABOVE_SCALE},
    "差一分上规模": {"revenue": ABOVE_SCALE - 0.01},
    "收入没有填": {"revenue": None},
    "没有填用地": {"land": None},
    "用地为零": {"land": 0.0},
    "拒报数据": {"data_refusals": 1.0},
    "税收没有填": {"tax": None},
    "退税为负": {"tax": -1.5},
    "合用电表": {"electricity": None},
    "用电为零": {"electricity": 0.0},
}


def manufacturing_below_scale(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n firms, the special ones among them."""
    codes = [code for code in industry_codes() if code[:2] in DIVISION_WEIGHT]
    shocks = dict(zip(LOGS, (draw_shocks(rng, n) * SD).T, strict=True))
    revenue = REVENUE_MEDIAN * np.exp(0.6 * shocks["revenue"])
    land = np.maximum(np.exp(0.9 * shocks["land"]), 0.2)
    land *= LAND_MEAN / land.mean()
    tax = np.exp(0.8 * shocks["tax"])
    tax[draw_rows(rng, n, NO_TAX)] = 0.0
    tax *= TAX_PER_LAND * land.sum() / tax.sum()
    electricity = np.exp(0.8 * shocks["energy"])
    electricity *= tax.sum() / TAX_PER_ELECTRICITY / electricity.sum()
    frame = pl.DataFrame(
        {
            KEY: credit_codes("X", n),
            NAME: pl.Series([MARK]).new_from_index(0, n),
            "county": pl.Series(county_names()).gather(draw_places(rng, n)),
            "gb_code": pl.Series(codes).gather(rng.choice(len(codes), n)),
            "tax": tax,
            "land": land,
            "electricity": electricity,
            "revenue": np.where(revenue < ABOVE_SCALE, revenue, revenue % ABOVE_SCALE + 1),
            "data_refusals": (rng.random(n) < 0.003).astype(np.float64),
        }
    )
    frame = empty_cells(frame, rng, EMPTY, len(SPECIALS))
    frame = place_specials(frame, ORDINARY, SPECIALS, MONEY)
    return rounded(name_units(frame, pl.Series(["加工厂"]).new_from_index(0, n)), MONEY)
