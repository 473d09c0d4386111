"""Counties and cities as the round takes them: by the divisions of its day. Draws no map."""

from __future__ import annotations

from functools import cache

from mujun.register import divisions_at, divisions_day


@cache
def city_of_county(programme: str = "2019") -> dict[str, str]:
    """The city of every county, in the order of their codes."""
    day = divisions_day(programme)
    assert day is not None, "a round that collects by county says which divisions hold"
    return {one.name: one.prefecture for one in sorted(divisions_at(day, programme), key=lambda one: one.code)}


@cache
def county_of_code(programme: str = "2019") -> dict[str, str]:
    day = divisions_day(programme)
    return {one.code: one.name for one in divisions_at(day, programme)} if day is not None else {}


def counties_of(city: str, programme: str = "2019") -> list[str]:
    return [county for county, its in city_of_county(programme).items() if its == city]


def cities(programme: str = "2019") -> list[str]:
    return list(dict.fromkeys(city_of_county(programme).values()))
