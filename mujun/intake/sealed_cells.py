"""Where every value of a sealed dataset stands: file, sheet, cell, and the file's hash, as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from mujun.intake.cells import address
from mujun.store import Sealed, open_sealed
from mujun.store.sealed import DATA

Cells = dict[str, dict[str, list[str]]]


def find_sealed(folders: Sequence[Path], data_sha256: str) -> Sealed | None:
    """The one whose data have that hash. Raises CannotGoOn when one of them is not as it was sealed."""
    opened = [open_sealed(folder) for folder in folders]
    return next((one for one in opened if one.manifest["files"][DATA]["sha256"] == data_sha256), None)


def cells_of(sealed: Sealed, only: str = "") -> Cells:
    """By unit and variable, of all units or of one. What gave to a derived value stands under its own name."""
    files = {one["seq"]: (one["file"], one["sheet"], one["digest"]["sha256"]) for one in sealed.manifest["batches"]}
    found: Cells = {}
    sources = sealed.sources().filter(pl.col("unit") == only) if only else sealed.sources()
    rows = (
        sources.filter(pl.col("batch").is_not_null() & pl.col("column").is_not_null())
        .select("unit", "variable", "batch", "row", "column")
        .sort("unit", "variable", "batch", "row", "column")
        .collect()
    )
    for unit, variable, batch, row, column in rows.iter_rows():
        file, sheet, sha256 = files[batch]
        place = "!".join(part for part in (file, sheet, address(row, column)) if part)
        found.setdefault(unit, {}).setdefault(variable, []).append(f"{place} sha256:{sha256}")
    return found
