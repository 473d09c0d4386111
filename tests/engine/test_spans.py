"""The arithmetic of dates as a unit reads it."""

from __future__ import annotations

from datetime import date

import pytest

from mujun.engine.spans import spans
from mujun.scheme.expression import Column, Comparison, Date, Function, Kind, Number

CUTOFF = date(2019, 4, 9)


def said(start: date | None, end: date = CUTOFF) -> list[str]:
    years = Function("full_years", (Column("listed_on", Kind.DATE), Date(end)), Kind.NUMBER)
    return list(spans(Comparison(">=", years, Number(3), Kind.NUMBER), {"listed_on": start}.get))


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (date(2016, 4, 10), CUTOFF, "2016-04-10至2019-04-09为2年零364天，满2年"),
        (date(2016, 4, 9), CUTOFF, "2016-04-09至2019-04-09满3年"),
        (date(2019, 4, 1), CUTOFF, "2019-04-01至2019-04-09为8天，不满1年"),
        (date(2016, 2, 29), date(2019, 2, 28), "2016-02-29至2019-02-28为2年零364天，满2年"),
        (date(2016, 2, 29), date(2019, 3, 1), "2016-02-29至2019-03-01满3年"),
        (date(2019, 4, 10), CUTOFF, "2019-04-10至2019-04-09，还没有到"),
    ],
)
def test_each_span_is_told(start: date, end: date, sentence: str) -> None:
    assert said(start, end) == [sentence]


def test_without_a_date_there_is_nothing_to_tell() -> None:
    assert said(None) == []
