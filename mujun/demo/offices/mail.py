"""Who mails what: each office its form for each place, in the order in which they are asked for. Writes nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache

import polars as pl
from attrs import frozen

from mujun.collection import Form
from mujun.collection.model import UNIT
from mujun.dataset import KEY, NAME
from mujun.demo.copula import stream
from mujun.demo.offices.parcels import Cells, draw_parcels
from mujun.demo.offices.taxes import draw_taxes
from mujun.demo.province import Province
from mujun.demo.readme import SCHEME_NAMES
from mujun.intake.submit import FormBook
from mujun.law import PROGRAMME

LEAST_ROWS = 50
"""A file has as many rows on average, or it is not one county's or one city's but a larger place's."""
BY_COUNTY = ("经信",)
"""Offices whose counties mail for themselves; of the others, the cities do."""
WHOLE = "全省"
FIRMS = ("manufacturing", "manufacturing_below_scale", "services")
"""Schemes of so many units that no one office sends them all in one file."""
_FIRST = datetime(2019, 4, 15, 9, 0, tzinfo=timezone(timedelta(hours=8)))
_HOLIDAYS = 5, 6


@frozen
class Mail:
    """One file: a form about a place. `cells` has the values of the rows by variable, `kind` says how it looks."""

    form: Form
    place: str
    file: str
    keys: tuple[str, ...]
    names: tuple[str, ...]
    cells: Mapping[str, Sequence[object]]
    kind: str = "template"


@frozen
class Mailing:
    """What an office mails about a scheme in one go. `instead` come when the files of these names were sent back."""

    scheme: str
    source: str
    at: datetime
    mails: tuple[Mail, ...]
    instead: tuple[Mail, ...] = ()
    reasons: tuple[str, ...] = ()
    corrects: bool = False


def mail_of(province: Province, seed: int, book: FormBook) -> list[Mailing]:
    """Of each scheme the details first, since other offices' numbers are checked against what they come to."""
    mailings: list[Mailing] = []
    for scheme, table in province.tables.items():
        due = book.due(f"2019/{scheme}")
        forms = sorted(due.forms, key=lambda form: not form.table)
        for form in forms:
            at = workday(_FIRST, len(mailings))
            mails = tuple(_mails(form, table, seed))
            mailings.append(Mailing(f"2019/{scheme}", form.source, at, mails))
    return mailings


def workday(first: datetime, number: int) -> datetime:
    """So many mailings later, three a day."""
    day = first + timedelta(days=number // 3)
    for _ in range(number // 3 + 1):
        while day.weekday() in _HOLIDAYS:
            day += timedelta(days=1)
    return day.replace(hour=9 + 3 * (number % 3))


def _mails(form: Form, table: pl.DataFrame, seed: int) -> Iterator[Mail]:
    rows = _detail(form, table, seed) if form.table else _own(form, table)
    place = place_of(form, rows.height)
    what = form.label.rpartition("·")[2]
    for (name,), some in rows.group_by([place(pl.col("county:place"))], maintain_order=True):
        file = f"{SCHEME_NAMES[form.scheme]}·{what}·{name}.xlsx"
        cells = {one.id: some[one.id].to_list() for one in form.variables}
        yield Mail(form, str(name), file, tuple(some[KEY]), tuple(some[NAME]), cells)


def _own(form: Form, table: pl.DataFrame) -> pl.DataFrame:
    columns = [table[KEY], table[NAME], table["county"].alias("county:place")]
    for one in form.variables:
        column = table[one.id]
        whole = one.type == "integer" or one.id == "staff"
        columns.append(column.cast(pl.Int64) if whole else column)
    return pl.DataFrame(columns).sort("county:place", KEY)


def _detail(form: Form, table: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Records under numbers with zeros in front, which a spreadsheet likes to lose."""
    rng = stream(seed, f"{form.scheme} {form.table}")
    below = form.scheme == "manufacturing_below_scale"
    if form.table == "land_parcels":
        records: list[Cells] = draw_parcels(rng, table, "规下" if below else "规上")
    else:
        records = draw_taxes(rng, table)
    first = 500_000 if below else 1
    keys = [f"{number:07d}" for number in range(first, first + len(records))]
    frame = pl.DataFrame(records, infer_schema_length=None).rename({"county": "county:place"})
    for one in form.variables:
        if one.id not in frame.columns:
            frame = frame.with_columns(pl.lit(None).alias(one.id))
    return frame.with_columns(pl.Series(KEY, keys), pl.col(UNIT).alias(NAME))


def place_of(form: Form, rows: int) -> Callable[[pl.Expr], pl.Expr]:
    """From a county's name to the place that mails for it: itself, its city, or the province."""
    cities = cities_of_counties()
    if form.scheme not in FIRMS or rows < LEAST_ROWS * len(set(cities.values())):
        return lambda county: pl.lit(WHOLE)
    if form.source in BY_COUNTY and rows >= LEAST_ROWS * len(cities):
        return lambda county: county
    return lambda county: county.replace_strict(cities)


@cache
def cities_of_counties() -> dict[str, str]:
    """The 89 of April 2019 and their cities."""
    with (PROGRAMME / "2019" / "divisions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["valid_from"]]
    return {row["name"]: row["prefecture"] for row in rows}
