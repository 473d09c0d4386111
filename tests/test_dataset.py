"""The shared table: it knows how many decimals its number columns have, so that ratios can be taken exactly."""

from __future__ import annotations

import polars as pl
import pytest

from mujun.dataset import KEY, NAME, column_name, count_decimals, make_dataset


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        ([1.0, 20.0, -3.0], 0),
        ([0.5, 2.0], 1),
        ([24.097, 136.16], 3),
        ([0.1, 0.2, 0.3, None], 1),
        ([1e-9], 9),
        ([123456789.123456], 6),
        ([None, None], 0),
        ([], 0),
    ],
)
def test_decimals_of_a_column_are_those_of_its_longest_number(values: list[float | None], decimals: int) -> None:
    assert count_decimals(pl.Series(values, dtype=pl.Float64)) == decimals


@pytest.mark.parametrize("value", [1 / 3, 1e-10, 0.1 + 0.2, 12345678901.123456, 2.0**53, 1e300])
def test_number_that_is_no_short_decimal_makes_its_column_inexact(value: float) -> None:
    assert count_decimals(pl.Series([1.0, value])) is None


def test_make_dataset_measures_number_columns_only() -> None:
    frame = pl.DataFrame(
        {KEY: ["A"], NAME: ["甲"], "tax": [0.25], "staff": [3.0], "code": ["0311"], "listed": [True]},
    )

    dataset = make_dataset(frame, "税务.csv")

    assert dataset.decimals == {"tax": 2, "staff": 0}
    assert (dataset.size, dataset.file, dataset.digest) == (1, "税务.csv", None)


def test_column_names_keep_clear_of_variables() -> None:
    assert column_name("tax") == "column:tax"
    assert not KEY.isidentifier()
    assert not NAME.isidentifier()
