"""Moments carry their offset: a time without one cannot be compared, so it is refused when a value is built."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8), "CST")
"""北京时间: fixed, no summer time since 1991."""


def moment(_: Any, attribute: Any, value: datetime) -> None:
    """An attrs validator."""
    if value.utcoffset() is None:
        raise ValueError(f"{attribute.name} needs an offset from UTC")


def moment_or_none(instance: Any, attribute: Any, value: datetime | None) -> None:
    """An attrs validator."""
    if value is not None:
        moment(instance, attribute, value)


def day_in_words(value: date) -> str:
    """2019年10月10日."""
    return f"{value.year}年{value.month}月{value.day}日"


def in_words(value: datetime) -> str:
    """2019年10月10日17:30, by the clock of Beijing; seconds only when there are any."""
    local = value.astimezone(CHINA)
    seconds = f":{local.second:02}" if local.second else ""
    return f"{day_in_words(local)}{local.hour:02}:{local.minute:02}{seconds}"
