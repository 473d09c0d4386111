"""Units of measurement: a small registry, exact conversions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mujun.scheme.units import KNOWN_UNITS, PURE, conversion, parse_unit, shown


def factor(source: str, target: str) -> Fraction | None:
    units = parse_unit(source), parse_unit(target)
    assert units[0] is not None
    assert units[1] is not None
    return conversion(units[0], units[1])


@pytest.mark.parametrize(
    ("source", "target", "times"),
    [
        ("万元", "元", "10000"),
        ("亿元", "万元", "10000"),
        ("公顷", "亩", "15"),
        ("亩", "平方米", "2000/3"),
        ("万元/亩", "元/平方米", "15"),
        ("万元/亩", "亿元/公顷", "3/2000"),
        ("吨", "千克", "1000"),
        ("万千瓦时", "千瓦时", "10000"),
        ("千人", "人", "1000"),
        ("万人", "千人", "10"),
        ("家/家", "家/百家", "100"),
        ("人/人", "人/千人", "1000"),
        ("1", "%", "100"),
        ("%", "", "1/100"),
        ("万元/人", "万元/人", "1"),
        ("万元·亩", "亩·万元", "1"),
    ],
)
def test_conversion_is_exact(source: str, target: str, times: str) -> None:
    assert factor(source, target) == Fraction(times)
    assert factor(target, source) == 1 / Fraction(times)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("万元", "亩"),
        ("吨", "当量吨"),
        ("吨", "吨标准煤"),
        ("个", "项"),
        ("家", "个"),
        ("万元", "1"),
        ("万元/亩", "亩/万元"),
        ("平方米", "立方米"),
    ],
)
def test_different_things_have_no_conversion(source: str, target: str) -> None:
    assert factor(source, target) is None


@pytest.mark.parametrize("text", ["公里", "万元/亩/某", "/亩", "万元/", "万 元人", "万元**2", "％％", "kg"])
def test_unknown_name_is_no_unit(text: str) -> None:
    assert parse_unit(text) is None


@pytest.mark.parametrize("text", ["", "1", " ", "1/1"])
def test_empty_and_1_are_pure_numbers(text: str) -> None:
    assert parse_unit(text) == PURE


def test_what_follows_a_stroke_is_divided_by_up_to_the_next_stroke() -> None:
    """万元/人·年 is 万元 per (人·年), and so is 万元/人/年."""
    assert parse_unit("万元/人·年") == parse_unit("万元/人/年")
    assert parse_unit("万元/人·年") != parse_unit("万元·年/人")


def test_unit_times_its_own_inverse_is_pure() -> None:
    assert parse_unit("万元/万元") == PURE


def test_full_width_percent_is_percent() -> None:
    assert parse_unit("％") == parse_unit("%")


@pytest.mark.parametrize("text", ["万元/亩", "1", "%", "1/亩", "万元/人·年", "元·元"])
def test_unit_shows_as_people_write_it(text: str) -> None:
    unit = parse_unit(text)

    assert unit is not None
    assert shown(unit) == text


def test_every_known_unit_is_one_that_people_may_write() -> None:
    units = [parse_unit(name) for name in KNOWN_UNITS]

    assert None not in units
    assert [shown(unit) for unit in units if unit is not None] == KNOWN_UNITS
