"""Days, hours and numbers as official documents write them. Knows no document."""

from __future__ import annotations

from datetime import date, datetime

_NUMERALS = "〇一二三四五六七八九十"
_TEN = 10


def chinese_day(day: date) -> str:
    """2019年4月9日: Arabic figures, no zero in front."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(moment: datetime) -> str:
    """2019年10月10日17:30, to the minute: a period ends at a clock time."""
    return f"{chinese_day(moment)}{moment.hour}:{moment.minute:02}"


def numeral(number: int) -> str:
    """1 as 一, 12 as 十二, 21 as 二十一; to 99."""
    if number <= _TEN:
        return _NUMERALS[number]
    tens, ones = divmod(number, _TEN)
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}"
