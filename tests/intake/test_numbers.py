from __future__ import annotations

import polars as pl
import pytest

from mujun.intake.numbers import read_numbers
from mujun.scheme.model import Variable

TAX = Variable("tax", "税收", missing_values=("-999",))
GROWTH = Variable("growth", "增长率", unit_text="%")
COUNT = Variable("count", "起数", type="integer")


def read(text: str, variable: Variable = TAX) -> float | str | None:
    """The number, None where it is missing, or the code of the problem."""
    column = read_numbers(pl.Series([text]), variable)
    return next(iter(column.problems), None) or column.values[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", 1234.5),
        (" 1234.5\u3000", 1234.5),
        ("１２３４．５", 1234.5),
        ("－３", -3.0),
        ("−3", -3.0),
        ("＋3", 3.0),
        ("'007", 7.0),
        ("1,234,567.8", 1234567.8),
        ("１，２３４", 1234.0),
        ("1，234", 1234.0),
        ("-1,234", -1234.0),
        ("1e3", 1000.0),
        ("1.5E-3", 0.0015),
        (".5", 0.5),
        ("5.", 5.0),
        ("0.1", 0.1),
    ],
)
def test_number_as_people_type_it(text: str, number: float) -> None:
    assert read(text) == number


@pytest.mark.parametrize("text", ["", "  ", "/", "／", "-", "—", "…", "N/A", "n/a", "无", "-999", "-999.0", "－９９９"])
def test_missing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["约300", "300万元", "1 234", "(5)", "5²", "①", "0x10", "1_000", "1.2.3", "5%", "--5", "１２a"]
)
def test_text_is_no_number(text: str) -> None:
    assert read(text) == "not_a_number"


@pytest.mark.parametrize("text", ["12,34", "1,2345", "1234,567", "1,,234", "1,234,5", "１２，３４"])
def test_separator_must_stand_every_three_digits(text: str) -> None:
    assert read(text) == "misplaced_separator"


@pytest.mark.parametrize(
    ("text", "code"),
    [("inf", "not_finite"), ("-Infinity", "not_finite"), ("1e400", "not_finite"), ("NaN", "not_a_number")],
)
def test_what_is_not_finite_is_an_error(text: str, code: str) -> None:
    assert read(text) == code


def test_percent_sign_is_for_percentages_and_changes_nothing() -> None:
    assert [read(text, GROWTH) for text in ("12.5%", "12.5％", "12.5 %", "12.5")] == [12.5, 12.5, 12.5, 12.5]


def test_integer_must_be_whole() -> None:
    assert [read(text, COUNT) for text in ("3", "3.0", "1,000", "2.5")] == [3.0, 3.0, 1000.0, "not_whole"]


def test_typed_numbers_are_taken_as_they_are() -> None:
    assert read_numbers(pl.Series([1, 2, None, -999]), TAX).values.to_list() == [1.0, 2.0, None, None]
    assert read_numbers(pl.Series(["1.10"]).cast(pl.Decimal(10, 2)), TAX).values.to_list() == [1.1]


def test_nan_is_missing_and_infinite_is_an_error() -> None:
    column = read_numbers(pl.Series([1.0, float("nan"), float("inf")]), TAX)
    assert column.values.to_list() == [1.0, None, None]
    assert {code: found.to_list() for code, found in column.problems.items()} == {"not_finite": [2]}
