"""Scopes: who is counted with whom."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from mujun.dataset import column_name
from mujun.engine.backend import PolarsBackend
from mujun.engine.scopes import Over, Scope, index_scopes


def scope_of(over: Over, **columns: list[Any]) -> tuple[list[int], Scope]:
    """The number of each row's scope, and the scope."""
    frame = pl.DataFrame({column_name(name): values for name, values in columns.items()})
    indexed, scopes = index_scopes(nw.from_native(frame.with_row_index("row").lazy()), [over], PolarsBackend())
    rows: pl.DataFrame = indexed.collect().to_native()
    return rows.sort("row")[scopes[over].index].to_list(), scopes[over]


def test_scope_of_no_columns_is_everybody() -> None:
    numbers, scope = scope_of((), kind=["甲", "乙", None])

    assert numbers == [0, 0, 0]
    assert scope.shown(0) == "all"


def test_numbers_follow_the_sorted_values_not_the_rows() -> None:
    first, scope = scope_of(("kind",), kind=["B", "A", "B"])
    second, same = scope_of(("kind",), kind=["B", "B", "A"])

    assert (first, second) == ([1, 0, 1], [1, 1, 0])
    assert scope.labels == same.labels == (("A",), ("B",))


def test_missing_value_is_a_scope_of_its_own() -> None:
    numbers, scope = scope_of(("kind",), kind=["甲", None, None])

    assert numbers[1] == numbers[2] != numbers[0]
    assert scope.shown(numbers[1]) == "kind=（空）"


def test_several_columns_make_a_scope_of_each_combination_there_is() -> None:
    numbers, scope = scope_of(("kind", "land"), kind=["物流", "物流", "科技"], land=["有", "无", "无"])

    assert len(set(numbers)) == 3
    assert [scope.shown(number) for number in numbers] == [
        "kind=物流;land=有",
        "kind=物流;land=无",
        "kind=科技;land=无",
    ]


def test_truth_is_shown_as_it_prints() -> None:
    numbers, scope = scope_of(("listed",), listed=[True, False])

    assert [scope.shown(number) for number in numbers] == ["listed=true", "listed=false"]
