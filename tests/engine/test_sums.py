"""Arrays are added up exactly, and to the same fraction as a table's columns."""

from __future__ import annotations

import random
from fractions import Fraction

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from mujun.dataset import ROW
from mujun.engine.backend import PolarsBackend
from mujun.engine.scopes import Scope
from mujun.engine.statistics import Ask, answer
from mujun.engine.sums import add_up

TWO = Scope(("kind",), "scope", (("甲",), ("乙",)))


def added(values: list[float], scopes: list[int], whole: bool = False) -> list[Fraction]:
    return add_up(np.array(values), np.array(scopes, dtype=np.int64), 2, whole)


def test_each_scope_has_its_sum_and_one_without_values_has_0() -> None:
    assert added([1.5, 2.25, -0.5], [0, 1, 0]) == [1, Fraction("2.25")]
    assert added([], []) == [0, 0]
    assert added([7.0], [1], whole=True) == [0, 7]


def test_whole_numbers_too_large_for_doubles_are_added_in_halves() -> None:
    """2^53 + 1 is no double: added up as doubles, these come out even."""
    values = [2.0**53, 1.0, 1.0, -(2.0**53), 1.0]
    assert sum(values) == 1
    assert added(values, [0] * 5, whole=True) == [3, 0]


class Elsewhere(PolarsBackend):
    """As if the table were out of reach, like a streamed one or one in a database."""

    in_memory = False


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e9, 1e18])
def test_arrays_and_columns_come_to_the_same(size: float) -> None:
    draw = random.Random(7)
    values = [draw.choice([None, draw.uniform(-size, size), float(round(draw.uniform(0, size)))]) for _ in range(500)]
    frame = pl.DataFrame(
        {
            ROW: pl.Series(range(500), dtype=pl.Int64),
            "x": pl.Series(values, dtype=pl.Float64),
            "there": pl.Series([draw.choice([None, 1.0]) for _ in range(500)], dtype=pl.Float64),
            "scope": pl.Series([draw.randrange(2) for _ in range(500)], dtype=pl.Int64),
        }
    )
    asks = [Ask("sum", "x", TWO), Ask("count", "x", TWO), Ask("sum", "x", TWO, where="there")]
    found, other = (answer(nw.from_native(frame.lazy()), asks, one) for one in (PolarsBackend(), Elsewhere()))
    assert found == other
    exact = [
        Fraction(x) for x, scope, there in frame.select("x", "scope", "there").iter_rows() if x and not scope and there
    ]
    assert found[asks[2]][0] == sum(exact)
