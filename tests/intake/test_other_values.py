from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from mujun.intake.other_values import read_booleans, read_dates, read_text
from mujun.scheme.model import Variable

SINCE = Variable("since", "投产日期", type="date")
LISTED = Variable("listed", "是否上市", type="boolean")
CODE = Variable("code", "行业代码", type="text")


@pytest.mark.parametrize(
    "text",
    [
        "2019-04-09",
        "2019-4-9",
        "2019/4/9",
        "2019.4.9",
        "2019年4月9日",
        "20190409",
        "２０１９－０４－０９",
        " 2019-04-09 ",
        "2019-04-09 00:00:00",
        "2019-04-09T08:30",
    ],
)
def test_date_as_people_type_it(text: str) -> None:
    assert read_dates(pl.Series([text]), SINCE).values.to_list() == [date(2019, 4, 9)]


def test_dates_that_are_none() -> None:
    texts = pl.Series(
        ["2019-02-30", "2019-13-01", "去年", "2019-04", "19-4-9", "43564", "2019-4/9", "无", None, "2020-02-29"]
    )
    column = read_dates(texts, SINCE)
    assert column.values.to_list() == [*[None] * 9, date(2020, 2, 29)]
    assert {code: found.to_list() for code, found in column.problems.items()} == {
        "no_such_day": [0, 1],
        "not_a_date": [2, 3, 4, 5, 6],
    }


def test_booleans_as_people_type_them() -> None:
    yes, no = ["是", "true", "TRUE", "1", "Y", "y", "√", "Ｙ"], ["否", "false", "0", "N", "n", "×"]
    assert read_booleans(pl.Series(yes), LISTED).values.to_list() == [True] * 8
    assert read_booleans(pl.Series(no), LISTED).values.to_list() == [False] * 6


def test_boolean_that_is_none() -> None:
    column = read_booleans(pl.Series(["是", "有", "/", "2"]), LISTED)
    assert column.values.to_list() == [True, None, None, None]
    assert {code: found.to_list() for code, found in column.problems.items()} == {"not_a_boolean": [1, 3]}


def test_text_is_trimmed_and_else_kept() -> None:
    column = read_text(pl.Series([" 0250 ", "（甲）", "", "=HYPERLINK(1)", "9.133E+17"]), CODE)
    assert column.values.to_list() == ["0250", "（甲）", None, "=HYPERLINK(1)", "9.133E+17"]
    assert {code: found.to_list() for code, found in column.problems.items()} == {"digits_lost": [4]}
