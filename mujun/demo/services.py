"""The table of service firms. Knows no scores."""

from __future__ import annotations

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.calibration import LOGS, SD
from mujun.demo.copula import draw_shocks
from mujun.demo.names import MARK, county_names, credit_codes, draw_places, industry_codes
from mujun.demo.specials import Cells, Specials, empty_cells, name_units, place_specials, rounded, tie_at_the_cut

LOGISTICS = ("5320", "5431", "5432", "5521", "5522", "5821", "5910", "5951", "6010", "6020")
SCIENCE = ("7310", "7320", "7340", "7452", "7482", "7512", "7520", "7530", "7491", "7519")
OUTSIDE = ("5112", "5211", "5411", "5421", "6110", "6621", "7010", "6513")
"""Not in the two sectors: trade, passengers, hotels, banks, property, and 6513 (software), which no list names."""

MEAN = {"staff": 110.0, "revenue": 9000.0, "value_added": 2700.0, "tax": 480.0, "energy": 320.0, "land": 24.0}
"""人, 万元, 吨标准煤, 亩 per firm: assumed."""

EMPTY = {"tax": 0.004, "value_added": 0.004, "staff": 0.003, "energy": 0.45, "rd": 0.25}
"""How many cells are empty: assumed; few service firms report energy."""

MONEY = ("land", "tax", "revenue", "value_added", "energy", "rd")
ORDINARY: Cells = {"gb_code": "5431", "occupies_land": "是"}
OFFICE: Cells = {"gb_code": "7320", "occupies_land": "否", "land": None}
SPECIALS: Specials = {
    "批发业": {"gb_code": "5112"},
    "客运": {"gb_code": "5411"},
    "两个行业之外": {"gb_code": "6513"},
    "规模以下": {"revenue": 999.99, "staff": 49.0, "tax": 30.0, "value_added": 300.0},
    "靠人数达到规模": {"revenue": 999.99, "staff": 50.0, "tax": 30.0, "value_added": 300.0},
    "用地没有说清": {"occupies_land": None, "land": None},
    "申报占用却没有面积": {"land": None},
    "写字楼里的物流": {**OFFICE, "gb_code": "5821"},
    "写字楼里的研发": OFFICE,
    "有用地的科技": {"gb_code": "7452"},
    "税收没有填": {"tax": None},
    "收入没有填": {"revenue": None, "staff": 120.0},
    "增加值没有填": {"value_added": None},
    "退税为负": {"tax": -8.0},
    "职工为零": {"staff": 0.0, "revenue": 5000.0},
    "能耗为零": {"energy": 0.0},
    "能耗没有填": {"energy": None},
    "研发没有填": {"rd": None},
}

PLACES = 3
"""Four leaders make the cut of 科技服务业/不占用土地 (the scheme's three places) fall between two equals."""
_SHAPE = {"staff": 1, "energy": 0.4, "value_added": 3, "tax": 3, "revenue": 3, "rd": 9}


def services(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n firms, the special ones among them."""
    known = set(industry_codes())
    shares = [(LOGISTICS, 0.56), (SCIENCE, 0.40), (OUTSIDE, 0.04)]
    pairs = [(code, share / len(codes)) for codes, share in shares for code in codes if code in known or code == "6513"]
    weights = np.array([share for _, share in pairs])
    code = rng.choice(len(pairs), n, p=weights / weights.sum())
    codes = pl.Series([name for name, _ in pairs]).gather(code)
    logs = draw_shocks(rng, n) * SD * 0.9
    values = {name: np.exp(column) for name, column in zip(LOGS, logs.T, strict=True)}
    values = {name: values[name] * mean / values[name].mean() for name, mean in MEAN.items()}
    values["revenue"] = np.maximum(values["revenue"], 1000 * (1 + 0.3 * rng.random(n)))
    values["value_added"] = np.minimum(values["value_added"], 0.9 * values["revenue"])
    values["tax"] = np.minimum(values["tax"], 0.6 * values["value_added"])
    values["tax"][rng.random(n) < 0.02] = 0.0
    science = codes.is_in(SCIENCE).to_numpy()
    values["rd"] = values["revenue"] * np.where(science, 0.05, 0.004) * np.exp(0.9 * rng.standard_normal(n))
    values["rd"][rng.random(n) < 0.4] = 0.0
    says = np.searchsorted([0.03, 0.52], rng.random(n), side="right")
    frame = pl.DataFrame(
        {
            KEY: credit_codes("F", n),
            NAME: pl.Series([MARK]).new_from_index(0, n),
            "county": pl.Series(county_names()).gather(draw_places(rng, n)),
            "gb_code": codes,
            "occupies_land": pl.Series([None, "是", "否"], dtype=pl.String).gather(says),
            **{name: values[name] for name in ("land", "tax", "revenue", "value_added", "staff", "energy", "rd")},
        }
    )
    frame = frame.with_columns(pl.when(pl.col("occupies_land") == "是").then(pl.col("land")).alias("land"))
    office = frame.filter(pl.col("gb_code").is_in(SCIENCE) & (pl.col("occupies_land") == "否"))
    leaders = tie_at_the_cut(office, PLACES, _SHAPE, ("tax", "staff"), OFFICE)
    specials = {**SPECIALS, **leaders}
    frame = empty_cells(frame, rng, EMPTY, len(specials))
    frame = place_specials(frame, ORDINARY, specials, (*MONEY, "staff"))
    nouns = (
        frame["gb_code"]
        .str.slice(0, 1)
        .replace_strict({"5": "物流有限公司", "7": "科技服务有限公司"}, default="服务有限公司")
    )
    return rounded(name_units(frame, nouns), MONEY)
