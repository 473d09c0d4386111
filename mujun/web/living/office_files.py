"""The demo province as the forms that its offices send: one table a form, for all places. Fictitious (示例数据).

The cells are those that the offices mail (`mujun.demo.offices`), before anybody mistypes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

import polars as pl
from attrs import evolve

from mujun.collection import Form
from mujun.collection.model import UNIT
from mujun.demo.offices.mail import Mail, mail_of
from mujun.demo.province import Province, draw_province
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.values.book import the_book
from mujun.web.queries.values.sheet import write_sheet

UNITS, SEED = 400, 2019


@cache
def demo_province(units: int = UNITS) -> Province:
    return draw_province(SEED, units)


Cells = frozenset[tuple[str, str]]
"""Unit and variable."""


def office_file(form: Form, units: int = UNITS, *, without: Cells = frozenset()) -> bytes:
    """What the office fills in, of all counties of the round.

    `without`: cells that the checks sent back and for which the office has no better value.
    """
    return write_sheet(form, (row for mail in _mails(form.round, units)[form.id] for row in _rows(mail, without)))


@cache
def _mails(round_: str, units: int) -> Mapping[str, list[Mail]]:
    """By form. Counties that are not the round's mail nothing."""
    province = demo_province(units)
    there = pl.col("county").is_in(list(city_of_county(round_)))
    here = evolve(province, tables={name: table.filter(there) for name, table in province.tables.items()})
    found: dict[str, list[Mail]] = {}
    for mailing in mail_of(here, SEED, the_book()):
        for mail in mailing.mails:
            found.setdefault(mail.form.id, []).append(mail)
    return found


def _rows(mail: Mail, without: Cells) -> Iterator[list[str]]:
    form = mail.form
    units = mail.cells[UNIT] if form.table else mail.keys
    for number, (key, name, unit) in enumerate(zip(mail.keys, mail.names, units, strict=True)):
        cells = (
            "" if (unit, one.id) in without else _text(mail.cells[one.id][number], one.type) for one in form.variables
        )
        yield [key, *([name] if form.name_label else []), *cells]


def _text(value: object, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.0f}" if kind == "integer" or value == int(value) else f"{Decimal(str(value)):f}"
    return value.isoformat() if isinstance(value, date) else str(value)
