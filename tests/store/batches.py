"""Make batches of cells written as `A.tax=300`; `A.tax=` is an empty cell. Rows count from 2, columns from 2."""

from __future__ import annotations

import polars as pl

from mujun.dataset import NAME
from mujun.digest import digest_bytes
from mujun.store import Batch, Waiver
from mujun.store.observations import SCHEMA

TAX, LAND = "2019/firms/税务", "2019/firms/自然资源"


def make_batch(
    cells: str, form: str = TAX, file: str = "税务.xlsx", table: str = "", waivers: tuple[Waiver, ...] = ()
) -> Batch:
    """In a detail `table` a cell is `record@unit.variable=value`."""
    rows: dict[str, int] = {}
    columns: dict[str, int] = {}
    frame = []
    for cell in cells.split():
        place, _, value = cell.partition("=")
        owner, _, variable = place.partition(".")
        record, _, unit = owner.rpartition("@")
        row, column = rows.setdefault(owner, len(rows) + 2), columns.setdefault(variable, len(columns) + 2)
        variable = NAME if variable == "name" else variable
        frame.append((table, unit, record, variable, value or None, None, row, column))
    observations = pl.DataFrame(frame, SCHEMA, orient="row").sort("column", maintain_order=True)
    digest = digest_bytes(f"{file}: {cells}".encode())
    source = form.split("/")[2]
    return Batch(form, "v1", f"企业·{source}", "2019/firms", source, file, "填报", digest, observations, waivers)
