"""Manufacturers above scale, by the recipe of calibration.py. Gaps and special units are manufacturing.py's."""

from __future__ import annotations

from collections import Counter

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mujun.demo.calibration import (
    COUNTY_SD,
    COUNTY_TAX_VALUE_ADDED,
    DIVISION_WEIGHT,
    EMISSIONS_MEAN,
    ISIC_OF_DIVISION,
    ISIC_SHIFT,
    LOGS,
    MEAN,
    MOST_TAX_OF_VALUE_ADDED,
    MOST_VALUE_ADDED_OF_REVENUE,
    RD_PER_REVENUE,
    TAX_PER_LAND,
    VALUE_ADDED_PER_ENERGY,
    VALUE_ADDED_PER_LAND,
    VALUE_ADDED_PER_STAFF,
    Floats,
)
from mujun.demo.copula import draw_logs
from mujun.demo.names import county_names, draw_places, industry_codes

ABOVE_SCALE = 2000.0
"""万元 of revenue from which statistics call a firm 规模以上. Revenue is this plus a lognormal, at the same mean."""

LEAST_LAND = 0.5
MOST_VALUE_ADDED_PER_LAND = 1500.0
"""亩 and 万元/亩; beyond these a lognormal says more than it knows: assumed."""

Whole = NDArray[np.int64]


def draw_firms(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """n firms with every number known, and their county and industry."""
    codes, code = _draw_industries(rng, n)
    county = draw_places(rng, n)
    effects = _county_effects(rng)
    shift = np.array([ISIC_SHIFT[ISIC_OF_DIVISION[one[:2]]] for one in codes])
    logs = draw_logs(rng, n, MEAN) + shift[code]
    drawn = np.exp(logs)
    values = dict(zip(LOGS, (drawn * MEAN / drawn.mean(axis=0)).T, strict=True))
    values["revenue"] = ABOVE_SCALE + values["revenue"] * (1 - ABOVE_SCALE / values["revenue"].mean())
    noise = rng.standard_normal((2, n))
    values["emissions"] = np.exp(0.6 * np.log(values["energy"]) + 1.2 * noise[0] + effects["emissions"][county])
    values["emissions"][rng.random(n) < 0.5] = 0.0
    values["rd"] = values["revenue"] * np.exp(0.9 * noise[1] + effects["rd"][county])
    values["rd"][rng.random(n) < 0.4] = 0.0
    _put_zeros(rng, values)
    _meet_targets(values, county, effects)
    return pl.DataFrame(
        {
            "county": pl.Series(county_names()).gather(county),
            "gb_code": pl.Series(codes).gather(code),
            **values,
        }
    )


def _draw_industries(rng: np.random.Generator, n: int) -> tuple[list[str], Whole]:
    """All codes of manufacturing, and each firm's by number."""
    codes = [code for code in industry_codes() if code[:2] in DIVISION_WEIGHT]
    size = Counter(code[:2] for code in codes)
    weight = np.array([DIVISION_WEIGHT[code[:2]] / size[code[:2]] for code in codes])
    return codes, rng.choice(len(codes), n, p=weight / weight.sum())


def _county_effects(rng: np.random.Generator) -> dict[str, Floats]:
    """What sets counties apart, in logs."""
    n = len(county_names())
    drawn = rng.standard_normal((n, 6))
    r = COUNTY_TAX_VALUE_ADDED
    drawn[:, 1] = r * drawn[:, 0] + np.sqrt(1 - r * r) * drawn[:, 1]
    names = ("tax", "value_added", "staff", "energy", "emissions", "rd")
    return {name: COUNTY_SD[name] * drawn[:, place] for place, name in enumerate(names)}


def _put_zeros(rng: np.random.Generator, values: dict[str, Floats]) -> None:
    """No tax 3 %, no energy 1 %, no value added 0.4 % (most are idle plants): real rates. Shrunk 1 %: assumed."""
    n = len(values["tax"])
    values["tax"][rng.random(n) < 0.03] = 0.0
    lost = rng.random(n) < 0.001
    values["value_added"][lost] = -values["revenue"][lost] * rng.random(int(lost.sum())) * 0.05
    values["energy"][rng.random(n) < 0.01] = 0.0
    shrunk = rng.random(n) < 0.01
    values["revenue"][shrunk] = ABOVE_SCALE * (0.5 + 0.5 * rng.random(int(shrunk.sum())))


def _meet_targets(values: dict[str, Floats], county: Whole, effects: dict[str, Floats]) -> None:
    """Scale land and tax county by county, the rest as a whole, so that the ratios of sums are the targets."""
    n = len(effects["tax"])

    def sums(name: str) -> Floats:
        return np.bincount(county, values[name], n).astype(np.float64)

    ceiling = MOST_VALUE_ADDED_OF_REVENUE * values["revenue"]
    values["value_added"] = np.minimum(values["value_added"], ceiling)
    wanted = VALUE_ADDED_PER_LAND * np.exp(effects["value_added"])
    values["land"] = values["land"] * (np.maximum(sums("value_added"), 1.0) / wanted / sums("land"))[county]
    values["land"] = values["land"] * (values["value_added"].sum() / VALUE_ADDED_PER_LAND / values["land"].sum())
    values["land"] = np.maximum(
        values["land"], np.maximum(values["value_added"] / MOST_VALUE_ADDED_PER_LAND, LEAST_LAND)
    )
    wanted = np.exp(effects["tax"])
    wanted = wanted * TAX_PER_LAND * values["land"].sum() / (wanted * sums("land")).sum()
    most = np.maximum(MOST_TAX_OF_VALUE_ADDED * values["value_added"], 0.0)
    for _ in range(4):
        factor = wanted * sums("land") / np.maximum(sums("tax"), 1.0)
        values["tax"] = np.minimum(values["tax"] * factor[county], most)
    values["tax"] = np.minimum(values["tax"] * (TAX_PER_LAND * values["land"].sum() / values["tax"].sum()), most)
    values["staff"] *= np.exp(-effects["staff"])[county]
    values["staff"] *= values["value_added"].sum() / VALUE_ADDED_PER_STAFF / values["staff"].sum()
    values["energy"] *= np.exp(effects["energy"])[county]
    values["energy"] *= values["value_added"].sum() / VALUE_ADDED_PER_ENERGY / values["energy"].sum()
    values["rd"] *= RD_PER_REVENUE * values["revenue"].sum() / values["rd"].sum()
    values["emissions"] *= EMISSIONS_MEAN / values["emissions"].mean()
