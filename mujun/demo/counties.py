"""The table of counties: sums of their manufacturers where the scheme wants sums, the rest drawn. Knows no scores."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.firms import ABOVE_SCALE
from mujun.demo.names import MARK, divisions
from mujun.demo.specials import Cells, draw_rows, rounded

SUMS = ("tax", "land", "value_added", "energy", "emissions", "staff", "rd", "revenue")

NO_EMISSIONS = 0.30
"""How many counties report no emissions: three of Lishui's ten areas."""

FOUND_WANTING: Mapping[str, Cells] = {
    "税收没有填": {"tax": None},
    "增加值没有填": {"value_added": None},
    "研发没有填": {"rd": None},
    "缺一位评委的分": {"innovation_rating_2": None},
    "没有整治任务": {"rectify_planned": 0.0, "rectify_done": 0.0},
    "没有填整治": {"rectify_planned": None, "rectify_done": None},
    "没有填评价数": {"firms_evaluated": None},
    "没有填政策和报送": {"policies_done": None, "reports_good": None},
}
"""One county each, drawn by lot; no county's own name says so, for it is a real name."""


def county(rng: np.random.Generator, firms: pl.DataFrame) -> pl.DataFrame:
    """The 89 and, on purpose, 龙港市, which is not yet one of them in April 2019."""
    table = pl.DataFrame(divisions(), schema=[KEY, "county", "kind"], orient="row").drop("kind")
    table = table.with_columns((pl.col("county") + MARK).alias(NAME))
    table = table.join(_sums(firms), on="county", how="left", maintain_order="left")
    smaller = pl.col(SUMS) / table.height
    new = table.select(smaller.sum()).with_columns(table["county"].tail(1))
    table = table.update(new, on="county")
    n = table.height
    drawn = table.select(KEY, NAME, "county", *SUMS).with_columns(_key_work(rng, n))
    silent = np.zeros(n, dtype=np.bool_)
    silent[draw_rows(rng, n - 1, NO_EMISSIONS)] = True
    drawn = drawn.with_columns(pl.when(pl.Series(silent)).then(None).otherwise(pl.col("emissions")).alias("emissions"))
    lots = rng.choice(n - 1, len(FOUND_WANTING), replace=False)
    for row, cells in zip(lots, FOUND_WANTING.values(), strict=True):
        here = pl.int_range(pl.len()) == int(row)
        drawn = drawn.with_columns(
            pl.when(here).then(pl.lit(value)).otherwise(pl.col(name)).alias(name) for name, value in cells.items()
        )
    return rounded(drawn, SUMS)


def adopted(rng: np.random.Generator, counties: pl.DataFrame) -> list[str]:
    """The invented list of the general office: in each class five of the best by tax per land and one drawn by lot."""
    kinds = {code: kind == "市辖区" for code, _, kind in divisions()[:-1]}
    keys = []
    for district in (True, False):
        some = counties.filter(pl.col(KEY).replace_strict(kinds, default=None) == district, pl.col("tax") > 0)
        best = some.sort(pl.col("tax") / pl.col("land"), descending=True)[KEY].to_list()
        keys += [*best[:5], str(rng.choice(best[8:]))]
    return sorted(keys)


def _sums(firms: pl.DataFrame) -> pl.DataFrame:
    """Of the firms above scale that report land, of every industry; what they left empty counts nothing."""
    able = firms.filter(pl.col("revenue") >= ABOVE_SCALE, pl.col("land") > 0)
    return able.group_by("county", maintain_order=True).agg(pl.col(SUMS).sum())


def _key_work(rng: np.random.Generator, n: int) -> list[pl.Series]:
    """What was due and what was done; two raters who mostly agree."""
    columns = []
    for due, done, size, mean in (
        ("firms_due", "firms_evaluated", 900, 0.97),
        ("rectify_planned", "rectify_done", 60, 0.9),
        ("policies_due", "policies_done", 12, 0.85),
        ("reports_due", "reports_good", 48, 0.94),
    ):
        planned = rng.poisson(size * np.exp(0.4 * rng.standard_normal(n))) + 1
        columns.append(pl.Series(due, planned.astype(np.float64)))
        columns.append(
            pl.Series(
                done, rng.binomial(planned, np.clip(mean + 0.05 * rng.standard_normal(n), 0, 1)).astype(np.float64)
            )
        )
    merit = 75 + 8 * rng.standard_normal(n)
    for rater in (1, 2):
        columns.append(
            pl.Series(f"innovation_rating_{rater}", np.clip(np.round(merit + 4 * rng.standard_normal(n)), 0, 100))
        )
    return columns
