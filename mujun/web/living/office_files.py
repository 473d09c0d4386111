"""The demo province as the forms that its offices send: one table a form, for all places. Fictitious (示例数据)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

import polars as pl

from mujun.collection import Form
from mujun.dataset import KEY, NAME
from mujun.demo.province import Province, draw_province
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.values.sheet import write_sheet

UNITS, SEED = 400, 2019
_SQUARE_METRES = Decimal(2000) / Decimal(3)
"""Of a 亩."""


@cache
def demo_province(units: int = UNITS) -> Province:
    return draw_province(SEED, units)


Cells = frozenset[tuple[str, str]]
"""Unit and variable."""


def office_file(
    form: Form, units: int = UNITS, *, counties: frozenset[str] | None = None, without: Cells = frozenset()
) -> bytes:
    """What the office fills in, of all counties or of some. Counties that are not the round's have no row.

    `without`: cells that the checks sent back and for which the office has no better value.
    """
    table = demo_province(units).tables[form.scheme]
    there = set(city_of_county(form.round)) if counties is None else counties
    table = table.filter(pl.col("county").is_in(list(there)))
    rows = _records(form, table) if form.table else _rows(form, table, without)
    return write_sheet(form, rows)


def _rows(form: Form, table: pl.DataFrame, without: Cells) -> Iterator[list[str]]:
    for row in table.iter_rows(named=True):
        cells = ("" if (row[KEY], one.id) in without else _text(row[one.id], one.type) for one in form.variables)
        yield [row[KEY], row[NAME], *cells]


def _records(form: Form, table: pl.DataFrame) -> Iterator[list[str]]:
    """One parcel, and one kind of tax, a unit: enough for the derived value to be that of the table."""
    for row in table.iter_rows(named=True):
        cells: dict[str, str] = {"unit": row[KEY]}
        if form.table == "land_parcels" and row["land"] is not None:
            area = (Decimal(str(row["land"])) * _SQUARE_METRES).quantize(Decimal("0.000001")).normalize()
            cells |= {"parcel": f"示例宗地{row[KEY]}", "kind": "登记", "area": f"{area:f}"}
        elif form.table == "tax_components" and row["tax"] is not None:
            amount = Decimal(str(row["tax"]))
            cells |= {"component": "增值税" if amount >= 0 else "即征即退", "amount": f"{abs(amount):f}"}
        else:
            continue
        yield [f"{row[KEY]}-1", *(cells.get(one.id, "") for one in form.variables)]


def _text(value: object, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.0f}" if kind == "integer" or value == int(value) else f"{Decimal(str(value)):f}"
    return value.isoformat() if isinstance(value, date) else str(value)
