"""Parts of a whole by largest remainder: they add up exactly, and no part is a whole step off."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from mujun.collection.apportion import apportion, settle

WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any)


def test_equal_parts_where_the_steps_do_not_go_round() -> None:
    """10 / 3 = 3.33…: the step left over goes to the first."""
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]


def test_the_largest_remainder_gets_the_step_left_over() -> None:
    """10 × 1/6 = 1.67, 10 × 2/6 = 3.33, 10 × 3/6 = 5: down to 1 + 3 + 5 = 9, and .67 is the largest."""
    assert apportion(10, [1, 2, 3]) == [2, 3, 5]


def test_a_weight_of_zero_gets_nothing() -> None:
    assert apportion(7, [0, 1, 0]) == [0, 7, 0]


def test_negative_parts_are_settled_too() -> None:
    """1.5 and −0.5 make 1: down to 1 and −1, whose sum is 0; the first remainder gets the step."""
    assert settle([3, -1], 2, 1) == [2, -1]


@seed(2019)
@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), WEIGHTS)
def test_parts_are_those_of_the_slow_way(whole: int, weights: list[int]) -> None:
    """The slow way: hand out step after step to whoever lags furthest behind his exact part after rounding down."""
    exact = [Fraction(whole * weight, sum(weights)) for weight in weights]
    slow = [int(part) for part in exact]
    while sum(slow) < whole:
        lag = [part - given for part, given in zip(exact, slow, strict=True)]
        slow[lag.index(max(lag))] += 1
    assert apportion(whole, weights) == slow
    assert sum(slow) == whole
