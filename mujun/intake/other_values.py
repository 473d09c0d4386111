"""Read text, dates and booleans. Dates and booleans are worked out once per distinct text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import polars as pl

from mujun.intake.column import LOST_DIGITS, Column, problems_where
from mujun.intake.words import halve, without_missing
from mujun.scheme.model import Variable

_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))"
)
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_YES, _NO = ("是", "TRUE", "1", "Y", "YES", "√"), ("否", "FALSE", "0", "N", "NO", "×")
_BOOLEANS = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)


def read_text(texts: pl.Series, variable: Variable) -> Column:
    """Trimmed, else as written."""
    values = without_missing(texts, variable.missing_values)
    return Column(values, problems_where(digits_lost=values.str.contains(LOST_DIGITS)))


def read_dates(texts: pl.Series, variable: Variable) -> Column:
    return _by_distinct(without_missing(texts, variable.missing_values), _date, pl.Date())


def read_booleans(texts: pl.Series, variable: Variable) -> Column:
    return _by_distinct(without_missing(texts, variable.missing_values), _boolean, pl.Boolean())


def _by_distinct(texts: pl.Series, read: Callable[[str], object], dtype: pl.DataType) -> Column:
    """`read` gives a value, or as text the code of the problem."""
    distinct = texts.drop_nulls().unique()
    results = [read(text) for text in halve(distinct).to_list()]
    table = pl.DataFrame(
        {
            "text": distinct,
            "value": pl.Series(values=[None if isinstance(result, str) else result for result in results], dtype=dtype),
            "problem": pl.Series(
                values=[result if isinstance(result, str) else None for result in results], dtype=pl.String
            ),
        }
    )
    joined = pl.DataFrame({"text": texts}).join(table, on="text", how="left", maintain_order="left")
    codes = sorted({result for result in results if isinstance(result, str)})
    return Column(joined["value"], problems_where(**{code: joined["problem"] == code for code in codes}))


def _date(text: str) -> date | str:
    parts = _DATE.fullmatch(_TIME.sub("", text.replace(" 年", "年")))
    if parts is None:
        return "not_a_date"
    year, month, day = (int(part) for part in parts.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return "no_such_day"


def _boolean(text: str) -> bool | str:
    return _BOOLEANS.get(text.upper(), "not_a_boolean")
