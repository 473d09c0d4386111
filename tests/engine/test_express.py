"""Formulas as columns: decimals are computed with as people do, missing in is missing out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from mujun.dataset import column_name, count_decimals
from mujun.engine.express import Columns, condition, mantissa, number
from mujun.scheme.expression import Kind
from mujun.scheme.formula import Named, Names, understand

KINDS = {bool: Kind.BOOLEAN, str: Kind.TEXT, date: Kind.DATE}
TYPES: dict[Kind, Any] = {
    Kind.NUMBER: pl.Float64(),
    Kind.TEXT: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.BOOLEAN: pl.Boolean(),
}


def kind_of(values: Sequence[Any]) -> Kind:
    return next((KINDS[type(value)] for value in values if type(value) in KINDS), Kind.NUMBER)


def compute(formula: str, **columns: Sequence[Any]) -> list[Any]:
    """The formula's column. Numbers bring their decimals along, as datasets do."""
    kinds = {name: kind_of(values) for name, values in columns.items()}
    series = {name: pl.Series(values, dtype=TYPES[kinds[name]]) for name, values in columns.items()}
    decimals = {name: count_decimals(series[name]) for name, kind in kinds.items() if kind is Kind.NUMBER}
    frame = pl.DataFrame({column_name(name): values for name, values in series.items()}).with_columns(
        (pl.col(column_name(name)) * 10.0**places + 0.5).floor().alias(mantissa(name))
        for name, places in decimals.items()
        if places
    )
    typed = understand(formula, Names({name: Named(kind) for name, kind in kinds.items()}))
    express = number if typed.kind is Kind.NUMBER else condition
    lazy = nw.from_native(frame.lazy())
    made: pl.DataFrame = lazy.select(y=express(typed.expression, Columns(decimals))).collect().to_native()
    return made["y"].to_list()


# --- decimals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "a", "b", "value"),
    [
        ("a / b", 0.3, 0.1, 3.0),
        ("a + b", 0.1, 0.2, 0.3),
        ("a - b", 0.3, 0.1, 0.2),
        ("a * b", 0.1, 3.0, 0.3),
        ("a * 3", 0.1, 0.0, 0.3),
        ("(a - b) / b", 1.1, 1.0, 0.1),
        ("a / b / b", 0.9, 0.3, 10.0),
        ("1 / b", 0.0, 0.1, 10.0),
        ("-a / b", 0.3, 0.1, -3.0),
        ("a / b + a", 0.6, 0.2, 3.6),
        ("2 + 3", 0.0, 0.0, 5.0),
    ],
)
def test_decimals_come_out_as_on_paper(formula: str, a: float, b: float, value: float) -> None:
    assert compute(formula, a=[a], b=[b]) == [value]


def test_doubles_alone_would_not_give_these() -> None:
    """So that the test above could have failed."""
    assert (0.3 / 0.1, 0.1 + 0.2, 0.3 - 0.1, 0.1 * 3.0) != (3.0, 0.3, 0.2, 0.3)


@pytest.mark.parametrize(
    ("formula", "a", "b"),
    [
        ("a + b == 0.3", 0.1, 0.2),
        ("a * 3 == 0.3", 0.1, 0.0),
        ("a / b == 3", 0.3, 0.1),
        ("a - b >= 0.2", 0.3, 0.1),
        ("a - b <= 0.2", 0.3, 0.1),
        ("not a + b > 0.3", 0.1, 0.2),
        ("a / b == b / a * 9", 0.3, 0.1),
        ("min(a + b, 0.3) == max(a + b, 0.3)", 0.1, 0.2),
    ],
)
def test_what_is_equal_on_paper_compares_equal(formula: str, a: float, b: float) -> None:
    assert compute(formula, a=[a], b=[b]) == [True]


def test_equal_ratios_are_equal() -> None:
    ratios = compute("a / b", a=[0.3, 2.1, 9.0, 24.097], b=[0.1, 0.7, 3.0, 8.032333])

    assert ratios[0] == ratios[1] == ratios[2] == 3.0
    assert ratios[3] != 3.0


# --- missing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", ["a + b", "a - b", "a * b", "a / b", "-b", "abs(b)", "min(a, b)", "max(b, a)"])
def test_missing_in_is_missing_out(formula: str) -> None:
    assert compute(formula, a=[6.0], b=[None]) == [None]


def test_division_by_zero_is_missing() -> None:
    assert compute("a / b", a=[1.0, 0.0, -1.0], b=[0.0, 0.0, 0.0]) == [None, None, None]
    assert compute("a / (b - b)", a=[1.0], b=[2.0]) == [None]
    assert compute("1 / (a / b)", a=[0.0], b=[5.0]) == [None]


@pytest.mark.parametrize("formula", ["ln(a)", "sqrt(a)"])
def test_function_outside_its_domain_is_missing(formula: str) -> None:
    assert compute(formula, a=[-1.0]) == [None]


def test_functions_at_the_edge_of_their_domain() -> None:
    assert compute("ln(a)", a=[0.0, 1.0, None]) == [None, 0.0, None]
    assert compute("sqrt(a)", a=[0.0, 2.25]) == [0.0, 1.5]
    assert compute("exp(a)", a=[0.0, 1e6]) == [1.0, None]


def test_coalesce_takes_the_first_that_is_there() -> None:
    assert compute("coalesce(a, b, 0.5)", a=[None, 1.0, None], b=[2.5, 9.0, None]) == [2.5, 1.0, 0.5]
    assert compute("coalesce(a, '无') == '无'", a=["有", None]) == [False, True]


def test_min_and_max_take_negatives_and_more_than_two() -> None:
    assert compute("min(a, b, 0)", a=[1.5], b=[-2.0]) == [-2.0]
    assert compute("max(a, b, 0)", a=[-1.5], b=[-2.0]) == [0.0]


# --- conditions -------------------------------------------------------------------------------------------------------


def test_conditions_are_three_valued() -> None:
    """As in SQL: unknown and false is false, unknown or true is true, not unknown is unknown."""
    columns = {"a": [1.0, 1.0, None, None], "b": [True, False, True, False]}

    assert compute("a > 0 and b", **columns) == [True, False, None, False]
    assert compute("a > 0 or b", **columns) == [True, True, True, None]
    assert compute("not a > 0", **columns) == [False, False, None, None]
    assert compute("missing(a)", **columns) == [False, False, True, True]


def test_membership() -> None:
    assert compute("a in ['甲', '乙']", a=["甲", "丙", None]) == [True, False, None]
    assert compute("a not in ['甲', '乙']", a=["甲", "丙", None]) == [False, True, None]
    assert compute("a in [0.3, 2]", a=[0.3, 2.0, 1.0]) == [True, True, False]


def test_sum_is_in_a_list_that_names_it() -> None:
    assert compute("a + b in [0.3, 1]", a=[0.1], b=[0.2]) == [True]


def test_missing_of_a_computed_value() -> None:
    assert compute("missing(a / b)", a=[1.0, 1.0], b=[0.0, 2.0]) == [True, False]
    assert compute("missing(a > 1)", a=[None, 2.0]) == [True, False]


def test_dates_compare_with_dates() -> None:
    days = [date(2019, 4, 9), date(2019, 4, 10), None]

    assert compute("a <= b", a=days, b=[date(2019, 4, 9)] * 3) == [True, False, None]


# --- full years -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2016-04-09", "2019-04-09", 3),
        ("2016-04-10", "2019-04-09", 2),  # 2 years 364 days
        ("2016-02-29", "2017-02-28", 0),
        ("2016-02-29", "2017-03-01", 1),
        ("2016-02-29", "2020-02-28", 3),
        ("2016-02-29", "2020-02-29", 4),
        ("2015-02-28", "2016-02-28", 1),
        ("2019-04-09", "2019-04-09", 0),
        ("2019-12-31", "2020-01-01", 0),
        ("2019-04-10", "2019-04-09", -1),
    ],
)
def test_full_years_are_completed_years(start: str, end: str, years: int) -> None:
    assert compute("full_years(a, b)", a=[date.fromisoformat(start)], b=[date.fromisoformat(end)]) == [years]


def test_full_years_of_no_date_is_missing() -> None:
    assert compute("full_years(a, b)", a=[None, date(2019, 1, 1)], b=[date(2019, 1, 1), None]) == [None, None]
