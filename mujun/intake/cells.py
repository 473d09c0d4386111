"""The cells of one sheet as they stand, with their addresses. Interprets nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

import polars as pl
from attrs import evolve, frozen

from mujun.findings import CannotGoOn, Finding, Severity

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column: rows count from 1, columns from 0."""

MOST_COLUMNS = 2_000
TOP = 20
"""How many rows are searched for the header."""


@frozen
class Cells:
    """A series per column; all text, but for Parquet, whose columns have types and whose header is no row of theirs.

    `top` are the first rows, each as long as the file has it; `first_row` is the row number of the columns' first
    value. `ragged` says that a cell can stand outside the header only because its row was cut into too many.
    `merged` are the merged ranges of a workbook, of which only the first cell holds anything.
    """

    file: str
    sheet: str
    top: tuple[tuple[str, ...], ...]
    columns: tuple[pl.Series, ...]
    first_row: int = 1
    ragged: bool = False
    other_sheets: tuple[str, ...] = ()
    merged: tuple[Range, ...] = ()

    def below(self, row: int) -> Cells:
        """The cells under row number `row`."""
        start = max(row + 1, self.first_row)
        return evolve(
            self, columns=tuple(column.slice(start - self.first_row) for column in self.columns), first_row=start
        )

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0


def silent(done: int, end: int) -> None:
    """For whom progress does not matter."""


def letters(column: int) -> str:
    """The letters of a column; 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def address(row: int, column: int) -> str:
    """A1 style: rows count from 1, columns from 0."""
    return f"{letters(column)}{row}"


def text_columns(chunks: Iterable[Sequence[Sequence[str | None]]]) -> tuple[pl.Series, ...]:
    """Turn rows of any length, a chunk at a time, into text columns of equal length."""
    parts: list[tuple[int, list[pl.Series]]] = []
    for rows in chunks:
        turned = zip_longest(*rows)
        parts.append((len(rows), [pl.Series(values=column, dtype=pl.String) for column in turned]))
    width = max((len(columns) for _, columns in parts), default=0)
    return tuple(
        pl.concat([columns[place] if place < len(columns) else _empty(height) for height, columns in parts])
        for place in range(width)
    )


def _empty(height: int) -> pl.Series:
    return pl.Series(values=[None], dtype=pl.String).new_from_index(0, height)


def refusal(file: str, code: str, message: str, mend: str, sheet: str = "") -> CannotGoOn:
    """A file that cannot be read at all."""
    return CannotGoOn([Finding(Severity.ERROR, code, message, mend, file=file, sheet=sheet)])


def too_many_columns(file: str, sheet: str = "", number: int | None = None) -> CannotGoOn:
    count = f"有{number:,}列，" if number else ""
    message = f"{count}超过{MOST_COLUMNS:,}列，没有读。"
    mend = "请核对是不是拿错了文件，或行列颠倒；删去不用的列再试。"
    return refusal(file, "too_many_columns", message, mend, sheet)
