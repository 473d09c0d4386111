"""Read a register of units from a CSV or XLSX file, by the same safe reading as data. Checks are the register's own."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from mujun.intake.cells import TOP, Cells, letters, refusal
from mujun.intake.column import as_text
from mujun.intake.open import open_cells
from mujun.intake.words import plain, trim
from mujun.register import COLUMNS, RegisterReading, make_register
from mujun.register.columns import header_words
from mujun.register.told import Places


def load_register(
    path: Path, sheet: str | None = None, *, credit_codes: bool = True, round_name: str = "2019"
) -> RegisterReading:
    """The register of a file, with findings. Raises CannotGoOn when it cannot be read at all."""
    cells = open_cells(path, sheet)
    row, columns = _header(cells)
    body = cells.below(row)
    texts = {name: as_text(body.columns[place]) for name, place in columns.items() if place < len(body.columns)}
    table = pl.DataFrame({name: trim(text) for name, text in texts.items() if text is not None})
    table = table.with_columns(pl.int_range(body.first_row, body.first_row + pl.len(), dtype=pl.Int64).alias("row"))
    places = Places(cells.file, cells.sheet, {name: letters(place) for name, place in columns.items()})
    return make_register(table, places, credit_codes=credit_codes, round_name=round_name)


def _header(cells: Cells) -> tuple[int, dict[str, int]]:
    """The row number of the header, and the place of each column."""
    words = {plain(word): name for word, name in header_words().items()}
    for row, texts in enumerate(cells.top[:TOP], start=1):
        found: dict[str, int] = {}
        for place, text in enumerate(texts):
            if plain(text) in words:
                found.setdefault(words[plain(text)], place)
        if all(column.id in found for column in COLUMNS if column.required):
            return row, found
    labels = "、".join(column.label for column in COLUMNS)
    message = f"前{TOP}行里找不到名录的表头：至少要有“代码”和“名称”两列。"
    raise refusal(cells.file, "no_register_header", message, f"名录的各列是：{labels}。", cells.sheet)
