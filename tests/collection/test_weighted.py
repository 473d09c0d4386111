"""Sums of quantities times factors against plain fractions."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from mujun.collection.weighted import Weighted, add_up
from mujun.rounding import half_up

AMOUNTS = st.builds(Fraction, st.integers(-(10**7), 10**7), st.sampled_from([1, 3, 7, 95, 10_000]))
ENTRIES = st.lists(st.tuples(st.sampled_from("ABC"), AMOUNTS), min_size=1, max_size=12)


@seed(2019)
@settings(max_examples=200, deadline=None)
@given(ENTRIES, st.integers(0, 4))
def test_sums_are_those_of_the_slow_way(drawn: list[tuple[str, Fraction]], precision: int) -> None:
    """The unit's sum is rounded once; each record's amount is within a step of its own; together they are the sum."""
    parts = add_up([Weighted(unit, f"{n}", "", "", one) for n, (unit, one) in enumerate(drawn)], precision)
    step = Fraction(1, 10**precision)
    exact: dict[str, Fraction] = defaultdict(Fraction)
    for unit, one in drawn:
        exact[unit] += one
    got: dict[str, Fraction] = defaultdict(Fraction)
    for part in parts:
        got[part.unit] += part.amount * step
        assert abs(part.amount * step - drawn[int(part.record)][1]) < step
    assert dict(got) == {unit: half_up(value, precision) for unit, value in exact.items()}
