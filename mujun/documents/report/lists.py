"""The selected and the reserve by group, as printed. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import polars as pl
from attrs import frozen

from mujun.charts import tiles
from mujun.engine.evaluation import Evaluation
from mujun.rounding import fixed

COUNTY = "column:county"


@frozen
class Listed:
    """A unit on a list; `verdict` is 入选 or its place on the reserve."""

    name: str
    key: str
    county: str
    score: str
    rank: str
    tier: str
    verdict: str
    selected: bool


@frozen
class Listing:
    """One group's list, best first."""

    group: str
    units: tuple[Listed, ...]

    @property
    def selected(self) -> int:
        return sum(unit.selected for unit in self.units)

    @property
    def reserve(self) -> int:
        return len(self.units) - self.selected


def listings(evaluation: Evaluation) -> tuple[Listing, ...]:
    """A list for every group, also for one nobody was selected from."""
    scheme = evaluation.scheme
    if scheme.selection is None:
        return ()
    word = "在名单上" if scheme.selection.adopt_from else "入选"
    counties = county_of(evaluation)
    listed = evaluation.units.filter(pl.col("selected") | pl.col("reserve").is_not_null())
    ordered = listed.with_columns(_group(evaluation)).sort(
        [pl.col("selected").not_(), pl.col("reserve"), pl.col("rank"), pl.col("key")], nulls_last=True
    )
    groups = dict.fromkeys(evaluation.units.filter("eligible").select(_group(evaluation).sort()).to_series())
    groups |= dict.fromkeys(ordered["group"])
    return tuple(
        Listing(
            str(group),
            tuple(
                _listed(unit, counties, scheme.precision, word)
                for unit in ordered.filter(pl.col("group") == group).iter_rows(named=True)
            ),
        )
        for group in groups
    )


def county_of(evaluation: Evaluation) -> Mapping[str, str]:
    """County by unit key; empty where the data has no such column or names none of the 89."""
    details = evaluation.details
    if COUNTY not in details.columns:
        return {}
    known = {tile.name for tile in tiles()}
    counties = dict(zip(details["key"], details[COUNTY], strict=True))
    return {key: county for key, county in counties.items() if county} if known & set(counties.values()) else {}


def _group(evaluation: Evaluation) -> pl.Expr:
    names = evaluation.scheme.group_by
    if not names:
        return pl.lit("全部").alias("group")
    return pl.concat_str([pl.col(name).fill_null("（空）") for name in names], separator="/").alias("group")


def _listed(unit: dict[str, Any], counties: Mapping[str, str], places: int, word: str) -> Listed:
    county = counties.get(unit["key"], "")
    verdict = word if unit["selected"] else f"备选{unit['reserve']}"
    if "入选线并列" in unit["flags"] and not unit["selected"]:
        verdict += "（并列待定）"
    return Listed(
        name=unit["name"],
        key=unit["key"],
        county="" if unit["name"].startswith(county) else county,
        score="" if unit["score"] is None else fixed(Fraction(unit["score"]), places),
        rank="" if unit["rank"] is None else str(unit["rank"]),
        tier=unit["tier"] or "",
        verdict=verdict,
        selected=unit["selected"],
    )
