"""The arithmetic of dates in a condition, for one unit: from when to when, and how many full years that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from mujun.scheme.expression import Column, Date, Expression, Function, walk


def spans(expression: Expression, value_of: Callable[[str], object]) -> Iterator[str]:
    """A sentence for each `full_years` of the condition whose two dates are known."""
    for node in walk(expression):
        if isinstance(node, Function) and node.name == "full_years":
            start, end = (_date(one, value_of) for one in node.arguments)
            if start is not None and end is not None:
                yield f"{start}至{end}{_length(start, end)}"


def _date(expression: Expression, value_of: Callable[[str], object]) -> date | None:
    value = value_of(expression.name) if isinstance(expression, Column) else None
    if isinstance(expression, Date):
        value = expression.value
    return value if isinstance(value, date) else None


def _length(start: date, end: date) -> str:
    """2年零364天, and the full years that count; an end before the start is no time at all."""
    if end < start:
        return "，还没有到"
    years = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    days = (end - _anniversary(start, years)).days
    if not years:
        return f"为{days}天，不满1年"
    return f"为{years}年零{days}天，满{years}年" if days else f"满{years}年"


def _anniversary(start: date, years: int) -> date:
    """That of 29 February is 1 March in common years."""
    year = start.year + years
    try:
        return start.replace(year=year)
    except ValueError:
        return date(year, 2, 28) + timedelta(days=1)
