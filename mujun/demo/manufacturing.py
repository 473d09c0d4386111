"""The table of manufacturers above scale: recipe, events, gaps, idle plants, special units. Knows no scores."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.calibration import LOGS
from mujun.demo.dates import draw_dates
from mujun.demo.firms import draw_firms
from mujun.demo.names import MARK, credit_codes
from mujun.demo.specials import (
    Cells,
    Specials,
    draw_rows,
    empty_cells,
    name_units,
    place_specials,
    rounded,
    tie_at_the_cut,
)

MONEY = (*(name for name in LOGS if name != "staff"), "emissions", "rd")
EVENTS = {
    "national_awards": 0.002,
    "penalties": 0.03,
    "wage_arrears": 0.003,
    "accidents": 0.0005,
    "pollution_events": 0.0005,
    "dishonesty": 0.003,
    "illegal_land": 0.003,
    "data_refusals": 0.002,
}
"""How many firms have one or more: assumed."""

EMPTY = {
    "land": 0.12,
    "emissions": 0.30,
    "rd": 0.15,
    "tax": 0.003,
    "value_added": 0.003,
    "staff": 0.003,
    "energy": 0.005,
    "production_since": 0.05,
    "penalties": 0.02,
    "accidents": 0.02,
}
"""How many cells are empty: land and emissions as observed (10-30 %, 30 %), the others assumed."""

ORDINARY: Cells = {
    "gb_code": "3441",
    "production_since": date(2008, 5, 1),
    "tech_centre": None,
    **dict.fromkeys(EVENTS, 0.0),
}
SPECIALS: Specials = {
    "七个行业之外": {"gb_code": "1361"},
    "规模以下": {"revenue": 1999.99},
    "收入恰为2000万元": {"revenue": 2000.0, "value_added": 500.0, "tax": 60.0, "rd": 40.0},
    "未投产": {"production_since": date(2019, 4, 10)},
    "通知当日投产": {"production_since": date(2019, 4, 9)},
    "没有填用地": {"land": None},
    "用地为零": {"land": 0.0},
    "差一天满两年": {"production_since": date(2017, 4, 10)},
    "恰满两年": {"production_since": date(2017, 4, 9)},
    "安全事故": {"accidents": 1.0},
    "重大污染": {"pollution_events": 1.0},
    "严重失信": {"dishonesty": 1.0},
    "违法用地": {"illegal_land": 1.0},
    "拒报数据": {"data_refusals": 1.0},
    "国家级技术中心": {"tech_centre": "国家级"},
    "省级技术中心": {"tech_centre": "省级"},
    "国家科技奖": {"national_awards": 2.0},
    "一起处罚": {"penalties": 1.0},
    "四起处罚扣到下限": {"penalties": 4.0},
    "欠薪又受罚": {"penalties": 3.0, "wage_arrears": 1.0},
    "拖欠工资": {"wage_arrears": 1.0},
    "税收没有填": {"tax": None},
    "退税为负": {"tax": -12.5},
    "增加值没有填": {"value_added": None},
    "增加值为负": {"value_added": -85.3},
    "能耗为零": {"energy": 0.0},
    "职工为零": {"staff": 0.0},
    "排放没有填": {"emissions": None},
    "排放为零": {"emissions": 0.0},
    "研发没有填": {"rd": None},
    "数字经济": {"gb_code": "3832"},
    "时尚": {"gb_code": "2438"},
    "生物医药": {"gb_code": "3581"},
    "纺织服装": {"gb_code": "1819"},
    "汽车": {"gb_code": "3620"},
    "石化": {"gb_code": "2614"},
}
"""One firm for every rule of the scheme, each side of every date and threshold."""

TIED = ("34", 10)
"""Eleven leaders make the cut of 高端装备制造业 (ten places, the scheme's assumption) fall between two equals."""
_SHAPE = {"land": 1, "staff": 1, "energy": 1, "emissions": 1, "value_added": 3, "tax": 3, "revenue": 3, "rd": 9}


def manufacturing(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n firms, the special ones among them."""
    frame = draw_firms(rng, n)
    frame = frame.with_columns(
        *_events(rng, n),
        _draw_centres(rng, n),
        production_since=draw_dates(rng, n, date(1992, 1, 1), date(2019, 3, 31)),
    )
    frame = frame.select(credit_codes("M", n).alias(KEY), pl.lit(MARK).alias(NAME), pl.all())
    leaders = tie_at_the_cut(
        _equipment(frame), TIED[1], _SHAPE, ("tax", "land"), {"tech_centre": "国家级", "national_awards": 1.0}
    )
    specials = {**SPECIALS, **leaders}
    frame = empty_cells(frame, rng, EMPTY, len(specials))
    frame = _idle(frame, rng, len(specials))
    frame = place_specials(frame, ORDINARY, specials, (*LOGS, "emissions", "rd"))
    return rounded(name_units(frame, _nouns(frame["gb_code"])), MONEY)


def _events(rng: np.random.Generator, n: int) -> list[pl.Series]:
    """Mostly zero, else mostly one."""
    columns = []
    for name, rate in EVENTS.items():
        count = np.zeros(n)
        struck = draw_rows(rng, n, rate)
        count[struck] = rng.choice([1.0, 2.0, 3.0], len(struck), p=[0.85, 0.12, 0.03])
        columns.append(pl.Series(name, count))
    return columns


def _draw_centres(rng: np.random.Generator, n: int) -> pl.Series:
    """国家级 0.3 %, 省级 3 %: assumed."""
    level = np.searchsorted([0.003, 0.033], rng.random(n), side="right")
    return pl.Series("tech_centre", ["国家级", "省级", None]).gather(level)


def _nouns(codes: pl.Series) -> pl.Series:
    nouns = {
        "17": "纺织",
        "18": "服饰",
        "19": "皮具",
        "21": "家居",
        "25": "石化",
        "26": "化工",
        "27": "药业",
        "36": "汽车部件",
    }
    nouns |= {"34": "机械", "35": "装备", "38": "电气", "39": "电子", "40": "仪表"}
    return codes.str.slice(0, 2).replace_strict(nouns, default="制品") + "有限公司"


def _equipment(frame: pl.DataFrame) -> pl.DataFrame:
    """Firms of 高端装备制造业: all of 34, 35, 38, 40, a little more than the scheme's set."""
    return frame.filter(pl.col("gb_code").str.slice(0, 2).is_in(["34", "35", "38", "40"]))


def _idle(frame: pl.DataFrame, rng: np.random.Generator, spared: int) -> pl.DataFrame:
    """Petrochemical plants that stand still: no tax, no value added, no R&D, so that they tie where tier D begins.

    More than a twentieth of the industry (the scheme's assumption for D), which is 0.2 % of all: the rest of the real 0.4 %.
    """
    code = pl.col("gb_code")
    able = (
        code.str.slice(0, 2).is_in(["25", "26"])
        & ~code.str.starts_with("268")
        & (pl.int_range(pl.len()) < frame.height - spared)
    )
    whole = pl.all_horizontal(pl.col("land", "energy", "staff").is_not_null()) & (pl.col("energy") > 0)
    rows = frame.with_row_index().filter(able & whole)["index"].to_numpy()
    idle = np.zeros(frame.height, dtype=np.bool_)
    idle[rows[draw_rows(rng, len(rows), 0.065, beside=1)]] = True
    standing = pl.Series(idle)
    zero = {name: 0.0 for name in ("tax", "value_added", "rd", *EVENTS)}
    return frame.with_columns(
        *(pl.when(standing).then(value).otherwise(pl.col(name)).alias(name) for name, value in zero.items()),
        pl.when(standing).then(2.5).otherwise(pl.col("emissions")).alias("emissions"),
        pl.when(standing).then(date(2003, 6, 1)).otherwise(pl.col("production_since")).alias("production_since"),
        pl.when(standing).then(None).otherwise(pl.col("tech_centre")).alias("tech_centre"),
    )
