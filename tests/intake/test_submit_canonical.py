"""The text that is kept of a cell: every digit it says, in one way of writing."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from mujun.intake.parse import read_column
from mujun.intake.submit.canonical import canonical, plain_decimals
from mujun.scheme.model import Variable


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("300", "300"),
        ("300.0", "300"),
        ("1,204.850", "1204.85"),
        ("１，２０４．８５", "1204.85"),
        ("+5", "5"),
        ("-0.50", "-0.5"),
        ("-0", "0"),
        ("007.10", "7.1"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.2E+5", "120000"),
        ("12e-4", "0.0012"),
        ("'42", "42"),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("0", "0"),
        ("1000", "1000"),
    ],
)
def test_a_number_is_kept_digit_by_digit_in_one_way(written: str, kept: str) -> None:
    cells = pl.Series([written])
    column = read_column(cells, Variable("tax", "税收"))
    assert column is not None
    assert canonical(cells, column.values, Variable("tax", "税收")).to_list() == [kept]
    assert float(kept) == column.values[0]
    assert cells.to_list() == [written]


def test_per_cent_is_kept_in_the_unit_of_the_variable() -> None:
    variable = Variable("growth", "增长率", unit_text="%")
    cells = pl.Series(["25%", "/", None])
    column = read_column(cells, variable)
    assert column is not None
    assert canonical(cells, column.values, variable).to_list() == ["25", None, None]


def test_dates_booleans_and_text() -> None:
    dates = pl.Series([date(2019, 4, 9), None])
    assert canonical(pl.Series(["2019/4/9", ""]), dates, Variable("d", "日期", "date")).to_list() == [
        "2019-04-09",
        None,
    ]
    flags = pl.Series([True, False, None])
    said = canonical(pl.Series(["√", "0", None]), flags, Variable("b", "是否", "boolean"))
    assert said.to_list() == ["是", "否", None]
    assert canonical(pl.Series([" 甲 "]), pl.Series(["甲"]), Variable("t", "名", "text")).to_list() == ["甲"]


def test_a_double_from_a_typed_file_is_kept_so_that_it_reads_back() -> None:
    values = pl.Series([0.1, 1e15, 123456789.125, 1e-7])
    kept = canonical(values.cast(pl.String), values, Variable("x", "数"))
    assert kept.to_list() == ["0.1", "1000000000000000", "123456789.125", "0.0000001"]
    assert kept.cast(pl.Float64).to_list() == values.to_list()


def test_what_is_no_number_is_nothing() -> None:
    assert plain_decimals(pl.Series(["三百", "1-2", None, "5"])).to_list() == [None, None, None, "5"]
