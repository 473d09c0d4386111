"""Cells as they stand in the files of a store, read without mujun: openpyxl or csv, and a few words about typing."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

NOTHING = ("", "/", "—", "-", "无", "……")
RATE = Decimal("0.0015")
"""亩 per 平方米."""


class Evidence:
    """One file of the store, by the name it came under."""

    def __init__(self, store: Path, batch: dict[str, Any]) -> None:
        sha256 = batch["digest"]["sha256"]
        self.bytes = (store / "evidence" / sha256[:2] / sha256).read_bytes()
        self.name, self.sheet = batch["file"], batch["sheet"]

    @cached_property
    def rows(self) -> list[tuple[Any, ...]]:
        if self.name.endswith(".csv"):
            return [tuple(row) for row in csv.reader(io.StringIO(self.bytes.decode("gb18030")))]
        book = openpyxl.load_workbook(io.BytesIO(self.bytes), read_only=True)
        rows = list(book[self.sheet].iter_rows(values_only=True))
        book.close()
        return rows

    def cell(self, row: int, column: int) -> Any:
        """`row` from 1, `column` from 0; None where the row is shorter."""
        cells = self.rows[row - 1]
        return cells[column] if column < len(cells) else None


def plain(cell: Any) -> str:
    """What a cell says, in one way of writing."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    return unicodedata.normalize("NFKC", str(cell)).strip().removeprefix("'")


def says(cell: Any, value: str | None, kind: str) -> bool:
    """Whether a cell says this value (None: nothing)."""
    text = plain(cell)
    if value is None:
        return text in [plain(mark) for mark in NOTHING]
    try:
        if kind in ("number", "integer"):
            return Decimal(text.replace(",", "")) == Decimal(value)
        if kind == "date":
            parts = text.replace("年", "-").replace("月", "-").replace("日", "").replace(".", "-").replace("/", "-")
            return date(*map(int, parts.split("-"))) == date.fromisoformat(value)
    except (InvalidOperation, ValueError, TypeError):  # another cell altogether
        return False
    return text == plain(value)


def of_sealed(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Data and sources as they lie there."""
    return pl.read_parquet(folder / "data.parquet"), pl.read_parquet(folder / "sources.parquet")
