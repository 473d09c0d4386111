"""Where cells are and how numbers and texts are written in formulas. Knows nothing of schemes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen
from xlsxwriter.utility import xl_col_to_name

LISTS, GUIDE, RAW, CLASSES, MARKS, CALC = "名单", "说明", "原始数据", "归类", "基准", "计算"
SLACK = "宽限"
"""A defined name: 2^-44, the nudge that keeps a decimal tie from being lost in binary."""

HEAD_ROWS = 5
FIRST = HEAD_ROWS + 1
"""The first unit's row, in 原始数据 and in 计算 alike: the same unit, the same row."""

ANY_ROW = 98_765_432_109_876_543_210
"""Stands for the row in a formula that is made once and filled in row by row: more digits than any literal has."""

YES, NO, NOBODY = "是", "否", "（空）"
_EXACT_DIGITS = 15


@frozen
class Column:
    """One column of a sheet."""

    sheet: str
    index: int

    def cell(self, row: int, home: str = CALC) -> str:
        return f"{self._prefix(home)}{xl_col_to_name(self.index)}{row}"

    def range(self, rows: tuple[int, int], home: str = CALC) -> str:
        name = xl_col_to_name(self.index)
        return f"{self._prefix(home)}{name}${rows[0]}:{name}${rows[1]}"

    def _prefix(self, home: str) -> str:
        return "" if self.sheet == home else f"{self.sheet}!"


def text(value: str) -> str:
    """A text in a formula."""
    return '"' + value.replace('"', '""') + '"'


def literal(value: Fraction) -> str:
    """A number in a formula: a decimal where it is one of up to 15 digits, else a division or the nearest double."""
    decimal = value.denominator
    for prime in (2, 5):
        while decimal % prime == 0:
            decimal //= prime
    if decimal == 1:
        places = 0
        while (value * 10**places).denominator != 1:
            places += 1
        digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
        if len(digits.strip("0")) <= _EXACT_DIGITS:
            shown = f"{digits[:-places]}.{digits[-places:]}" if places else digits
            return f"-{shown}" if value < 0 else shown
    if max(abs(value.numerator), value.denominator) < 10**9:
        return f"({value.numerator}/{value.denominator})"
    return repr(float(value))


def both(function: str, parts: Iterable[str], nothing: str) -> str:
    """AND(a,b), or `a` alone, or `nothing`."""
    parts = list(parts)
    return nothing if not parts else parts[0] if len(parts) == 1 else f"{function}({','.join(parts)})"


def all_of(*parts: str) -> str:
    """True where every part is."""
    return both("AND", [part for part in parts if part != "TRUE"], "TRUE")


def any_of(*parts: str) -> str:
    """True where some part is."""
    return both("OR", [part for part in parts if part != "FALSE"], "FALSE")
