"""The table of manufacturers above scale: recipe, events, gaps, idle plants, special units. Knows no scores."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.calibration import LOGS
from mujun.demo.dates import draw_dates
from mujun.demo.firms import draw_firms
from mujun.demo.manufacturing_specials import EMPTY, EVENTS, LEADER, ORDINARY, PLACES, SHAPE, SPECIALS
from mujun.demo.names import MARK, credit_codes
from mujun.demo.specials import draw_rows, empty_cells, name_units, place_specials, rounded, tie_at_the_cut

MONEY = (*(name for name in LOGS if name != "staff"), "emissions", "rd")


def manufacturing(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n firms, the special ones among them."""
    frame = draw_firms(rng, n)
    frame = frame.with_columns(
        *_events(rng, n),
        _draw_centres(rng, n),
        production_since=draw_dates(rng, n, date(1992, 1, 1), date(2019, 3, 31)),
    )
    frame = frame.select(credit_codes("M", n).alias(KEY), pl.lit(MARK).alias(NAME), pl.all())
    specials = {**SPECIALS, **tie_at_the_cut(_equipment(frame), PLACES, SHAPE, ("tax", "land"), LEADER)}
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

    More than a twentieth of the industry (which is what D takes) and 0.2 % of all firms.
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
    zero = dict.fromkeys(("tax", "value_added", "rd", *EVENTS), 0.0)
    return frame.with_columns(
        *(pl.when(standing).then(value).otherwise(pl.col(name)).alias(name) for name, value in zero.items()),
        pl.when(standing).then(2.5).otherwise(pl.col("emissions")).alias("emissions"),
        pl.when(standing).then(date(2003, 6, 1)).otherwise(pl.col("production_since")).alias("production_since"),
        pl.when(standing).then(None).otherwise(pl.col("tech_centre")).alias("tech_centre"),
    )
