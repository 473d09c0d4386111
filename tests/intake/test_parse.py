from __future__ import annotations

from datetime import date, datetime

import polars as pl

from mujun.intake.parse import oddities, read_column
from mujun.scheme.model import Variable

TAX = Variable("tax", "税收", decimals=2)
CODE = Variable("code", "代码", type="text")
SINCE = Variable("since", "日期", type="date")
LISTED = Variable("listed", "上市", type="boolean")


def values(cells: pl.Series, variable: Variable) -> list[object] | None:
    column = read_column(cells, variable)
    return None if column is None else column.values.to_list()


def test_numbers_in_a_text_column_become_their_integer_text() -> None:
    assert values(pl.Series([330100, 25]), CODE) == ["330100", "25"]
    assert values(pl.Series([330100.0, 2.5, None]), CODE) == ["330100", "2.5", None]


def test_typed_columns_are_taken_as_they_are() -> None:
    assert values(pl.Series([date(2019, 4, 9)]), SINCE) == [date(2019, 4, 9)]
    assert values(pl.Series([datetime(2019, 4, 9, 8)]), SINCE) == [date(2019, 4, 9)]
    assert values(pl.Series([True, None]), LISTED) == [True, None]
    assert values(pl.Series([1, 0]), LISTED) == [True, False]
    assert values(pl.Series([None, None]), TAX) == [None, None]
    assert values(pl.Series(["甲"], dtype=pl.Categorical), CODE) == ["甲"]


def test_wrong_type_is_parsed_like_text() -> None:
    column = read_column(pl.Series([date(2019, 4, 9)]), TAX)
    assert column is not None
    assert {code: found.to_list() for code, found in column.problems.items()} == {"not_a_number": [0]}


def test_lists_are_no_values() -> None:
    assert values(pl.Series([[1, 2]]), TAX) is None


def test_error_values_of_a_spreadsheet_are_problems_in_every_column() -> None:
    for variable in (TAX, CODE, SINCE, LISTED):
        column = read_column(pl.Series(["#N/A", "#DIV/0!", " #REF! "]), variable)
        assert column is not None
        assert {code: found.to_list() for code, found in column.problems.items()} == {"spreadsheet_error": [0, 1, 2]}
        assert column.values.to_list() == [None, None, None]


def test_odd_numbers() -> None:
    cells = pl.Series([1.23, 1.234, -2e12, 1e12, 5e-7, 0.0, None, 0.1 + 0.2])
    assert {code: found.to_list() for code, found in oddities(cells, TAX).items()} == {
        "out_of_magnitude": [2, 4],
        "too_many_decimals": [1, 4, 7],
    }
