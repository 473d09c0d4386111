"""Statistics are exact: sums of doubles are sums of what the doubles are, whatever cancels."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

import narwhals as nw
import polars as pl
import pytest

from mujun.dataset import KEY, ROW
from mujun.engine.backend import PolarsBackend
from mujun.engine.scopes import Scope
from mujun.engine.statistics import Answer, Ask, answer

ALL = Scope((), "scope", ((),))
TWO = Scope(("kind",), "scope", (("甲",), ("乙",)))


def ask(kind: str, values: Sequence[float | None], q: str = "0.5", numbers: Sequence[int] | None = None) -> Answer:
    scope = ALL if numbers is None else TWO
    frame = pl.DataFrame(
        {
            KEY: [f"{place:06}" for place in range(len(values))],
            ROW: pl.Series(range(len(values)), dtype=pl.Int64),
            "x": pl.Series(values, dtype=pl.Float64),
            "scope": pl.Series(numbers or [0] * len(values), dtype=pl.Int64),
        }
    )
    one = Ask(kind, "x", scope, Fraction(q))
    return answer(nw.from_native(frame.lazy()), [one], PolarsBackend())[one]


def the(kind: str, values: Sequence[float | None], q: str = "0.5") -> Fraction | None:
    return ask(kind, values, q)[0]


def exact(values: Sequence[float | None]) -> Fraction:
    return sum((Fraction(value) for value in values if value is not None), Fraction(0))


# --- sums -------------------------------------------------------------------------------------------------------------


def test_sum_of_what_cancels_is_what_is_left() -> None:
    """Added up as doubles, 1e16 + 1 − 1e16 is 0."""
    assert 1e16 + 1.0 - 1e16 == 0.0
    assert the("sum", [1e16, 1.0, -1e16]) == 1


def test_sum_does_not_round_on_the_way() -> None:
    """Ten times 0.1 as doubles is 0.9999999999999999; the sum of the doubles is a little more than 1."""
    assert sum([0.1] * 10) == 0.9999999999999999
    assert the("sum", [0.1] * 10) == 10 * Fraction(0.1)


def test_sum_of_cancelling_thousands_is_exact_in_any_order() -> None:
    draw = random.Random(2019)
    large = [draw.uniform(-1e16, 1e16) for _ in range(2000)]
    values = [*large, *(-value for value in large), *(draw.uniform(-1, 1) * 2**-20 for _ in range(500))]
    kept = [round(value * 2**40) / 2**40 if abs(value) < 1 else value for value in values]
    shuffled = draw.sample(kept, len(kept))

    assert the("sum", kept) == the("sum", shuffled) == exact(kept)
    assert sum(kept) != sum(shuffled)


@pytest.mark.parametrize(
    "values",
    [
        [1e12, 1e-6, -1e12],
        [-3.0, -0.25],
        [0.0, -0.0],
        [2.0**52 + 0.5, 0.5],
        [9007199254740993.0] * 3,
    ],
)
def test_sum_is_exact_over_the_whole_range(values: list[float]) -> None:
    found = the("sum", values)

    assert found is not None
    assert float(found) == float(exact(values))


def test_sum_of_the_largest_doubles_is_exact() -> None:
    assert the("sum", [1e300, 1e300, -1e300]) == Fraction(1e300)


def test_missing_is_not_counted_and_a_scope_of_nobody_has_no_sum() -> None:
    assert ask("sum", [1.0, None, 4.0, None], numbers=[0, 0, 0, 1]) == {0: 5, 1: None}
    assert ask("count", [1.0, None, 4.0, None], numbers=[0, 0, 0, 1]) == {0: 2, 1: 0}


def test_scopes_are_summed_each_for_itself() -> None:
    assert ask("sum", [1e16, 1.0, -1e16, 2.0], numbers=[0, 1, 0, 1]) == {0: 0, 1: 3}


# --- order statistics -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("q", "place"),
    [("0.1", 10), ("0.25", 10), ("0.26", 20), ("0.5", 20), ("0.75", 30), ("0.76", 40), ("1", 40), ("0", 10)],
)
def test_quantile_is_the_nearest_rank(q: str, place: int) -> None:
    """Of n values the ⌈q·n⌉-th smallest, and at least the first."""
    assert the("smallest", [40.0, 10.0, None, 30.0, 20.0], q) == place


def test_quantile_of_decimals_is_not_led_astray_by_doubles() -> None:
    """0.07 × 100 is 7.000000000000001 in doubles, which would make it the eighth."""
    assert 0.07 * 100 > 7
    assert the("smallest", [float(value) for value in range(1, 101)], "0.07") == 7


@pytest.mark.parametrize(
    ("values", "median"),
    [
        ([3.0, 1.0, 2.0], 2),
        ([4.0, 1.0, 2.0, 10.0], 3),
        ([5.0], 5),
        ([2.0, 2.0, 2.0, 7.0], 2),
        ([1.0, None, 2.0], "3/2"),
    ],
)
def test_median_is_the_middle_or_the_mean_of_the_middle_two(values: list[float | None], median: int | str) -> None:
    assert the("median", values) == Fraction(median)


def test_extremes() -> None:
    values = [3.0, None, -2.5, 0.0]

    assert (the("min", values), the("max", values)) == (Fraction("-2.5"), 3)


def test_order_statistics_of_nobody_are_missing() -> None:
    assert [the(kind, [None, None]) for kind in ("median", "smallest", "min", "max", "sum")] == [None] * 5


def test_order_statistics_go_by_scope() -> None:
    assert ask("median", [1.0, 9.0, 3.0, None], numbers=[0, 1, 0, 1]) == {0: 2, 1: 9}
