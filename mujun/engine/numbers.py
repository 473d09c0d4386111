"""Arithmetic on columns that comes out the same on every engine. Knows no indicators."""

from __future__ import annotations

import sys

import narwhals as nw
from narwhals import Expr

LARGEST = sys.float_info.max
ROUNDING_SLACK = 2.0**-44
"""Doubles miss a decimal tie by far less, and distinct scores are farther apart than this, relatively."""


def divide_by(column: Expr, constant: float) -> Expr:
    """Divide by a constant.

    Polars turns `/ literal` into a multiplication by the reciprocal: a third of the doubles differ.
    """
    return column if constant == 1 else column / (column * 0.0 + constant)


def divide(above: Expr, below: Expr) -> Expr:
    """Division where nothing over zero is missing."""
    return nw.when(below != 0).then(above / below)


def finite(column: Expr) -> Expr:
    """What is too large for a double is missing."""
    return nw.when(column.abs() <= LARGEST).then(column)


def half_up(column: Expr, decimals: int, magnitude: Expr | None = None) -> Expr:
    """四舍五入 to the nearest double of the decimal.

    `magnitude` is the size of the terms that were added up, if larger.
    """
    power = 10.0**decimals
    size = column.abs() if magnitude is None else magnitude
    whole = ((column.abs() + size * ROUNDING_SLACK) * power + 0.5).floor()
    return divide_by(nw.when(column < 0).then(-whole).otherwise(whole), power) + 0.0


def reaches(column: Expr, step: float) -> Expr:
    """Whether a value has reached a step, with the slack of rounding."""
    return column + abs(step) * ROUNDING_SLACK >= step


def clip(column: Expr, low: float | None, high: float | None) -> Expr:
    """Within bounds; missing stays missing."""
    if low is not None:
        column = nw.when(column < low).then(low).otherwise(column)
    if high is not None:
        column = nw.when(column > high).then(high).otherwise(column)
    return column


def whole(condition: Expr) -> Expr:
    """1 where the condition holds, else 0 (also where it is missing)."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def holds(condition: Expr) -> Expr:
    """Conditions hold only if true."""
    return nw.when(condition).then(nw.lit(True)).otherwise(nw.lit(False))
