"""The records of a detail as plain values, with exact numbers. Judges only what no record can do without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
from attrs import frozen

from mujun.collection.derived import Problem
from mujun.collection.model import UNIT, Detail
from mujun.dataset import KEY
from mujun.findings import Severity
from mujun.rounding import shortest

LARGEST = 1e12
"""Beyond it a quantity is a slip of the pen, and its double no longer holds what was written."""


@frozen
class Record:
    """One row: its number, its unit, and its cells by column."""

    key: str
    unit: str
    cells: dict[str, Any]

    def text(self, column: str) -> str:
        value = self.cells.get(column)
        return "" if value is None else str(value)

    def number(self, column: str) -> Fraction | None:
        value = self.cells.get(column)
        return None if value is None else exact(value)

    def day(self, column: str) -> date | None:
        value = self.cells.get(column) if column else None
        return value if isinstance(value, date) else None


def records_of(frame: pl.DataFrame) -> list[Record]:
    """In the order of their numbers, so that the order of rows leaves no trace. Rows without a unit are left out."""
    if UNIT not in frame.columns:
        return []
    rows = frame.filter(pl.col(UNIT).is_not_null()).sort(KEY).iter_rows(named=True)
    return [Record(str(row[KEY]), str(row[UNIT]), row) for row in rows]


def exact(value: float | int | Decimal | str) -> Fraction:
    """The decimal that was written: the shortest that reads back as the double."""
    if isinstance(value, float):
        text = repr(value)
        whole, point, decimals = text.partition(".")
        if point and "e" not in decimals:  # much quicker than by way of Decimal
            return Fraction(int(whole + decimals), 10 ** len(decimals))
        return Fraction(Decimal(text))
    return Fraction(Decimal(value))


def written(value: float | int | Decimal | str) -> str:
    """A number as people wrote it."""
    return shortest(value) if isinstance(value, float) else str(value)


def usable(
    records: Sequence[Record], detail: Detail, needed: Sequence[str], number: str
) -> tuple[list[Record], list[Problem]]:
    """The records that have all of `needed`, and a `number` that can be counted; a problem for each that has not."""
    good, problems = [], []
    for record in records:
        lacking = [name for name in needed if record.cells.get(name) is None]
        for name in lacking:
            message = f"记录{record.key}没有“{detail.columns[name].label}”，没有计入。"
            problems.append(error("record_incomplete", record, name, message, "请补上；不该有的记录请删去。"))
        if not lacking and abs(float(record.cells[number])) > LARGEST:
            message = f"记录{record.key}的“{detail.columns[number].label}”超过一万亿，没有计入。"
            problems.append(error("record_too_large", record, number, message, "请核对这个数和计量单位。"))
        elif not lacking:
            good.append(record)
    return good, problems


def error(code: str, record: Record, column: str, message: str, mend: str, across: bool = False) -> Problem:
    return Problem(Severity.ERROR, code, record.key, column, record.unit, message, mend, across)


def warning(code: str, record: Record, column: str, message: str, mend: str) -> Problem:
    return Problem(Severity.WARNING, code, record.key, column, record.unit, message, mend)
