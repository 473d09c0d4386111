"""All tables of the province, of two years. Writes no files."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from attrs import frozen

from mujun.demo.below_scale import manufacturing_below_scale
from mujun.demo.calibration import GROWTH
from mujun.demo.copula import stream, year_before
from mujun.demo.counties import adopted, county
from mujun.demo.economic import economic_zone
from mujun.demo.hightech import hightech_zone
from mujun.demo.manufacturing import manufacturing
from mujun.demo.parks import micro_park
from mujun.demo.services import services
from mujun.demo.specials import rounded
from mujun.demo.towns import characteristic_town

LEAST_MANUFACTURERS = 400
"""With fewer the smallest industries have no tier A."""

TOWNS, ECONOMIC_ZONES, HIGHTECH_ZONES = 80, 90, 45


@frozen
class Province:
    """Tables by scheme, of this year and the last, and the keys of the counties on the adopted list."""

    tables: Mapping[str, pl.DataFrame]
    previous: Mapping[str, pl.DataFrame]
    adopted: tuple[str, ...]


def draw_province(seed: int, manufacturers: int) -> Province:
    """Counties, towns and zones are always as many; parks, services and small firms go with the manufacturers."""
    if manufacturers < LEAST_MANUFACTURERS:
        raise ValueError(f"at least {LEAST_MANUFACTURERS} manufacturers, not {manufacturers}")

    def sized(of_twelve_thousand: int, least: int) -> int:
        return max(least, round(manufacturers * of_twelve_thousand / 12_000))

    firms = manufacturing(stream(seed, "manufacturing"), manufacturers)
    tables = {
        "county": county(stream(seed, "county"), firms),
        "characteristic_town": characteristic_town(stream(seed, "characteristic_town"), TOWNS),
        "economic_zone": economic_zone(stream(seed, "economic_zone"), ECONOMIC_ZONES),
        "hightech_zone": hightech_zone(stream(seed, "hightech_zone"), HIGHTECH_ZONES),
        "micro_park": micro_park(stream(seed, "micro_park"), sized(260, 120)),
        "manufacturing": firms,
        "manufacturing_below_scale": manufacturing_below_scale(stream(seed, "below"), sized(3_000, 150)),
        "services": services(stream(seed, "services"), sized(2_500, 200)),
    }
    last_year = {name: _last_year(seed, name, table) for name, table in tables.items() if name != "county"}
    counties = county(stream(seed, "county of last year"), last_year["manufacturing"])
    chosen = adopted(stream(seed, "adopted"), tables["county"])
    return Province(tables, {"county": counties, **last_year}, tuple(chosen))


_OTHER_GROWTH = {
    "output": 1.07,
    "investment": 1.05,
    "electricity": 1.02,
    "rd": 1.12,
    "emissions": 0.97,
    "exports": 1.06,
}
_OTHER_GROWTH |= {"hightech_value_added": 1.1, "foreign_investment": 1.02, "tech_trade": 1.08}
"""This year over last, of what the copula does not hold: assumed."""


def _last_year(seed: int, name: str, table: pl.DataFrame) -> pl.DataFrame:
    """The same units but for three in a hundred, who are new; where a cell is empty now it was then."""
    growth = {**GROWTH, **_OTHER_GROWTH}
    rng = stream(seed, f"{name} of last year")
    there = pl.Series(rng.random(table.height) >= 0.03)
    return rounded(year_before(table, rng, growth), tuple(growth)).filter(there)
