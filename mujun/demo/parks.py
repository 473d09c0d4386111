"""The table of micro parks. Knows no scores."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.copula import lognormal
from mujun.demo.dates import draw_dates
from mujun.demo.names import MARK, county_names, draw_places, incentive_counties, plain_codes
from mujun.demo.specials import (
    Cells,
    Specials,
    draw_rows,
    empty_cells,
    name_units,
    ordinary_rows,
    place_specials,
    rounded,
    tie_at_the_cut,
)

PER_LAND = {"tax": 16.0, "output": 310.0, "firms": 0.35, "staff": 8.0}
PER_FIRM = {"above_scale_firms": 0.14, "tech_firms": 0.16, "upgraded_firms": 0.04, "institutions": 0.05}
TALENTS_PER_STAFF = 0.006
"""万元, 家, 人 per 亩; per firm; per staff: all assumed. A park has some 90 亩."""

IN_PILOTS = 0.8
"""Most parks lie in the twenty incentive counties: assumed."""

EMPTY = {
    "stars": 0.85,
    "platforms": 0.10,
    "talents": 0.08,
    "institutions": 0.08,
    "tech_firms": 0.03,
    "upgraded_firms": 0.05,
}
"""How many cells are empty: assumed. A park without stars leaves the cell empty."""

VACANT = 0.07
"""Service parks that stand empty: more than tier D holds (5 %), so that D begins among equals."""

MONEY = ("land", "tax", "output")
ORDINARY: Cells = {"county": "余姚市", "park_kind": "生产制造类", "operating_since": date(2013, 10, 1), "stars": None}
SPECIALS: Specials = {
    "不在二十个县": {"county": "上城区"},
    "类型没有填": {"park_kind": None},
    "类型认不出": {"park_kind": "商贸类"},
    "尚未运营": {"operating_since": date(2019, 4, 10)},
    "运营日期没有填": {"operating_since": None},
    "没有填用地": {"land": None},
    "用地为零": {"land": 0.0},
    "差一天满三年": {"operating_since": date(2016, 4, 10)},
    "恰满三年": {"operating_since": date(2016, 4, 9)},
    "五星": {"stars": 5.0},
    "四星": {"stars": 4.0, "park_kind": "生产性服务类"},
    "三星": {"stars": 3.0},
    "税收没有填": {"tax": None},
    "产出没有填": {"output": None},
    "培育和要素都没有填": dict.fromkeys(
        ("above_scale_firms", "tech_firms", "upgraded_firms", "institutions", "talents", "platforms")
    ),
    "一个平台": {"platforms": 1.0},
    "两个平台": {"platforms": 2.0},
    "三个平台": {"platforms": 3.0},
    "没有平台": {"platforms": 0.0},
}

MULTIPLES = {"第一段": 0.6, "第二段": 1.4, "第三段": 1.9, "第四段": 2.4, "第五段": 2.9, "第六段": 3.9}
"""One manufacturing park in every band of 亩均税收 and 亩均产出, as multiples of the class's ratio of sums."""

PLACES = 5
"""Six leaders with stars make the cut of 生产服务类 (the scheme's five places) fall between two equals."""
_SHAPE = {
    **dict.fromkeys(("land", "firms", "staff"), 1.0),
    **dict.fromkeys(("tax", "output"), 5.0),
    **dict.fromkeys(("above_scale_firms", "tech_firms", "upgraded_firms", "institutions", "talents"), 3.0),
}
_LEADER: Cells = {"park_kind": "生产服务类", "stars": 4.0, "platforms": 4.0}


def micro_park(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n parks, the special ones among them."""
    land = lognormal(rng, n, 90, 0.6)
    tilt = 0.45 * rng.standard_normal(n)
    values = {"land": land}
    for name, ratio in PER_LAND.items():
        values[name] = land * ratio * np.exp((tilt if name in MONEY else 0.0) + 0.35 * rng.standard_normal(n))
    values["firms"], values["staff"] = np.ceil(values["firms"]), np.ceil(values["staff"])
    for name, ratio in PER_FIRM.items():
        values[name] = rng.binomial(values["firms"].astype(np.int64), ratio).astype(float)
    values["talents"] = rng.poisson(values["staff"] * TALENTS_PER_STAFF).astype(float)
    values["platforms"] = rng.choice(5, n, p=[0.25, 0.3, 0.25, 0.15, 0.05]).astype(float)
    places = pl.Series(county_names()).gather(draw_places(rng, n))
    pilots = pl.Series(incentive_counties()).gather(rng.choice(len(incentive_counties()), n))
    kind = np.searchsorted([0.65, 0.95], rng.random(n), side="right")
    frame = pl.DataFrame(
        {
            KEY: plain_codes("YQ", n),
            NAME: pl.Series([MARK]).new_from_index(0, n),
            "county": places.zip_with(pl.Series(rng.random(n) >= IN_PILOTS), pilots),
            "park_kind": pl.Series(["生产制造类", "生产服务类", "生产性服务类"]).gather(kind),
            "operating_since": draw_dates(rng, n, date(2008, 1, 1), date(2019, 4, 1)),
            "stars": rng.choice([2.0, 3.0, 4.0, 5.0], n, p=[0.3, 0.4, 0.2, 0.1]),
            **values,
        }
    )
    specials = {**SPECIALS, **_multiples(frame), **_leaders(frame)}
    frame = empty_cells(frame, rng, EMPTY, len(specials))
    frame = _vacant(frame, rng, len(specials))
    frame = place_specials(frame, ORDINARY, specials, tuple(values))
    return rounded(name_units(frame, pl.Series(["小微工业园"]).new_from_index(0, n)), MONEY)


def _multiples(frame: pl.DataFrame) -> dict[str, Cells]:
    ordinary = ordinary_rows(frame, SPECIALS, PLACES, beside=len(MULTIPLES))
    class_ = ordinary.filter(pl.col("park_kind") == "生产制造类", pl.col("county").is_in(incentive_counties()))
    sums = {name: float(class_[name].sum()) for name in MONEY}
    land = round(sums["land"] / class_.height / 4, 2)
    return {
        label: {
            "land": land,
            **{name: round(land * times * sums[name] / sums["land"], 2) for name in ("tax", "output")},
        }
        for label, times in MULTIPLES.items()
    }


def _leaders(frame: pl.DataFrame) -> dict[str, Cells]:
    return tie_at_the_cut(_service(frame), PLACES, _SHAPE, ("tax", "land"), _LEADER)


def _service(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("park_kind").str.contains("服务"))


def _vacant(frame: pl.DataFrame, rng: np.random.Generator, spared: int) -> pl.DataFrame:
    """No tax, no output, nobody to be proud of: all equal, and without stars."""
    rows = frame.with_row_index().head(frame.height - spared).filter(pl.col("park_kind").str.contains("服务"))
    rows = rows.filter(pl.col("county").is_in(incentive_counties()) & (pl.col("operating_since") < date(2016, 4, 1)))
    vacant = np.zeros(frame.height, dtype=np.bool_)
    vacant[rows["index"].to_numpy()[draw_rows(rng, rows.height, VACANT, beside=1)]] = True
    nothing = ("tax", "output", *PER_FIRM, "talents", "platforms")
    return frame.with_columns(
        *(pl.when(pl.Series(vacant)).then(0.0).otherwise(pl.col(name)).alias(name) for name in nothing),
        pl.when(pl.Series(vacant)).then(None).otherwise(pl.col("stars")).alias("stars"),
    )
