"""Arithmetic on columns where naive rounding, division and comparison go wrong."""

from __future__ import annotations

from collections.abc import Callable

import narwhals as nw
import polars as pl
import pytest

from mujun.engine.numbers import clip, divide, divide_by, half_up, holds, reaches, whole


def column(make: Callable[[nw.Expr], nw.Expr], *values: object, kind: pl.DataType | None = None) -> list[object]:
    """What becomes of the values."""
    frame = nw.from_native(pl.DataFrame({"x": pl.Series(values, dtype=kind or pl.Float64())}).lazy())
    made: pl.DataFrame = frame.select(y=make(nw.col("x"))).collect().to_native()
    return made["y"].to_list()


TIES = [
    (1.005, 2, 1.01),
    (2.675, 2, 2.68),
    (1.115, 2, 1.12),
    (8.345, 2, 8.35),
    (0.285, 2, 0.29),
    (0.5, 0, 1.0),
    (2.5, 0, 3.0),
    (105.70405, 4, 105.7041),
    (1000000.00005, 4, 1000000.0001),
]


@pytest.mark.parametrize(("value", "decimals", "rounded"), TIES)
def test_ties_of_decimals_go_up(value: float, decimals: int, rounded: float) -> None:
    assert column(lambda x: half_up(x, decimals), value, -value) == [rounded, -rounded]


def test_python_s_own_rounding_gets_most_of_these_wrong() -> None:
    """So that the test above could have failed."""
    wrong = [value for value, decimals, rounded in TIES if round(value, decimals) != rounded]

    assert len(wrong) >= 6


@pytest.mark.parametrize("decimals", [0, 1, 2, 3, 4])
def test_every_tie_goes_up_and_is_the_nearest_double(decimals: int) -> None:
    """All of 0.5, 1.5, … 49999.5 units of the last decimal."""
    places = 10**decimals
    ties = [float(f"{number}5e-{decimals + 1}") for number in range(50_000)]

    assert column(lambda x: half_up(x, decimals), *ties) == [(number + 1) / places for number in range(50_000)]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(1.00499, 1.0), (1.00501, 1.01), (0.00499999, 0.0), (99.9999, 100.0), (-1.00499, -1.0), (0.0, 0.0)],
)
def test_what_is_no_tie_goes_to_the_nearer_side(value: float, rounded: float) -> None:
    assert column(lambda x: half_up(x, 2), value) == [rounded]


def test_missing_stays_missing_and_there_is_no_minus_zero() -> None:
    assert column(lambda x: half_up(x, 2), None, -0.001) == [None, 0.0]
    assert str(column(lambda x: half_up(x, 2), -0.001)[0]) == "0.0"


def test_sum_whose_terms_were_large_rounds_with_their_slack() -> None:
    """0.1 + 0.2 + 0.00005 − 0.3 is 5.0000000000016e-05 or a little less; `magnitude` tells how large the terms were."""
    total = 1000.1 - 1000.0999500000001

    assert round(total * 10**4, 6) == 0.5
    assert total < 0.00005
    assert column(lambda x: half_up(x, 4), total) == [0.0]
    assert column(lambda x: half_up(x, 4, nw.lit(2000.2)), total) == [0.0001]


def test_division_by_a_constant_is_a_division() -> None:
    """Polars multiplies by the reciprocal of a literal, which is not the nearest double for a third of all numbers."""
    numbers = [float(number) for number in range(1, 1001)]

    assert column(lambda x: divide_by(x, 49.0), *numbers) == [number / 49 for number in numbers]
    assert [number * (1 / 49) for number in numbers] != [number / 49 for number in numbers]
    assert column(lambda x: divide_by(x, 1.0), 0.1, None) == [0.1, None]


def test_division_by_zero_is_missing() -> None:
    assert column(lambda x: divide(nw.lit(6.0), x), 2.0, 0.0, -0.0, None, -3.0) == [3.0, None, None, None, -2.0]


def test_step_is_reached_by_what_is_meant_to_be_on_it() -> None:
    """1.1 × 1.1 is 1.2100000000000002, and 0.1 × 3 / 0.3 lies beside 1: both are on their step, 1.4999 is not."""
    assert column(lambda x: reaches(x, 1.5), 1.5, 1.5 - 2**-52, 1.4999999, None) == [True, True, False, None]
    assert column(lambda x: reaches(x, -2.0), -2.0 - 2**-51, -2.1) == [True, False]


def test_clip_has_one_bound_or_two_and_leaves_missing_alone() -> None:
    assert column(lambda x: clip(x, 0, 1.5), -1.0, 1.0, 9.0, None) == [0.0, 1.0, 1.5, None]
    assert column(lambda x: clip(x, None, 1.5), -1.0, 9.0) == [-1.0, 1.5]
    assert column(lambda x: clip(x, 0, None), -1.0, 9.0) == [0.0, 9.0]


def test_condition_holds_only_if_true() -> None:
    assert column(holds, True, False, None, kind=pl.Boolean()) == [True, False, False]
    assert column(whole, True, False, None, kind=pl.Boolean()) == [1, 0, 0]
