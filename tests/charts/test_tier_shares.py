from itertools import pairwise

import pytest

from mujun.charts import Shares, tier_shares
from mujun.charts.palette import tier_colours
from tests.charts.drawn import bars, written

BARS = [Shares("甲组", {"A": 1, "B": 3}), Shares("乙组", {}), Shares("丙组", {"B": 2})]


def test_shares_and_counts_are_those_given() -> None:
    figure = tier_shares("比例", ["A", "B"], BARS)
    assert figure.table.rows == (("甲组", "1", "3", "4"), ("乙组", "0", "0", "0"), ("丙组", "0", "2", "2"))
    assert list(bars(figure)) == ["甲组 A档：1个，占25.0%", "甲组 B档：3个，占75.0%", "丙组 B档：2个，占100.0%"]


def test_bars_fill_the_width_by_share() -> None:
    ends = [(round(left), round(left + long)) for left, long in bars(tier_shares("比例", ["A", "B"], BARS)).values()]
    assert ends == [(0, 54), (54, 216), (0, 216)]


def test_tiers_are_named_in_the_bars() -> None:
    words = written(tier_shares("比例", ["A", "B"], BARS))
    assert [word for word in words if word[:1] in "AB" and len(word) > 1] == ["A 25", "B 75", "B 100"]


@pytest.mark.parametrize("number", [2, 3, 4])
def test_neighbouring_tiers_differ_in_black_and_white(number: int) -> None:
    light = [_lightness(colour) for colour in tier_colours(number)]
    assert min(abs(one - other) for one, other in pairwise(light)) > 0.06


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue
