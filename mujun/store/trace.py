"""Walk back from a sealed value to the cell, the file, the sender and every correction. Facts only; draws nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from attrs import frozen

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.scheme.model import Scheme
from mujun.store.journal import Entry
from mujun.store.refusals import refusing
from mujun.store.sealed import Sealed
from mujun.store.store import Store, receipt_of


@frozen
class Sighting:
    """One observation of the cell: what it said, where it stands (`row` from 1, `column` from 0), who sent it.

    `standing` is `holds`, `superseded` or, for what came after the seal, `later`.
    """

    standing: str
    table: str
    record: str
    variable: str
    value: str | None
    text: str | None
    file: str
    sheet: str
    row: int
    column: int
    source: str
    by: str
    at: str
    receipt: str
    sha256: str
    waivers: tuple[dict[str, Any], ...] = ()


@frozen
class Given:
    """What one record gave to a derived value: `amount`, which is quantity × factor."""

    table: str
    record: str
    quantity: str
    factor: str
    amount: str
    sightings: tuple[Sighting, ...]


@frozen
class Walk:
    """`sightings` from the last to the first, of the unit's cell, or of those of all `members` taken together.

    A derived value has a `rule` and what its records gave.
    """

    unit: str
    name: str
    variable: str
    value: object
    sealed: str
    scheme: str
    sightings: tuple[Sighting, ...]
    rule: dict[str, Any] | None = None
    given: tuple[Given, ...] = ()
    members: tuple[str, ...] = ()


def trace(store: Store, sealed: Sealed, scheme: Scheme, unit: str, variable: str) -> Walk:
    """`unit` is a key or a name, `variable` an id or a label. Raises CannotGoOn when there is none such, naming near
    ones.
    """
    return trace_all(store, sealed, scheme, unit, [variable])[0]


def trace_all(store: Store, sealed: Sealed, scheme: Scheme, unit: str, variables: Sequence[str]) -> list[Walk]:
    """Several values of one unit; what was ever said of it is looked up once."""
    wanted = [_variable(scheme, variable) for variable in variables]
    with refusing(store.folder):
        row = _unit(sealed, scheme, unit, wanted)
        key = row[scheme.key]
        groups = sealed.manifest["groups"]
        members = tuple(sorted(one for one, lead in groups.items() if lead == groups.get(key, key)))
        said = _Said.of(store, sealed, members or (key,))
        return [_walk(sealed, said, (key, row[scheme.name], row[name]), name, members) for name in wanted]


@frozen(eq=False)
class _Said:
    """All that was ever said of some units, the last first, and what the seal says of them."""

    units: tuple[str, ...]
    rows: pl.DataFrame
    sources: pl.DataFrame
    entries: dict[int, Entry]
    upto: int

    @classmethod
    def of(cls, store: Store, sealed: Sealed, units: tuple[str, ...]) -> _Said:
        looked = store.look(sealed.manifest["scheme"])
        mine = pl.col("unit").is_in(units)
        rows = looked.every.filter(mine).collect().sort("batch", descending=True, maintain_order=True)
        sources = sealed.sources().filter(mine).collect()
        entries = {entry.seq: entry for entry in looked.entries}
        return cls(units, rows, sources, entries, sealed.manifest["journal"]["seq"])


def _walk(sealed: Sealed, said: _Said, found: tuple[str, str, object], name: str, members: tuple[str, ...]) -> Walk:
    key, shown, value = found
    rule = sealed.manifest["derived"].get(name)
    given: tuple[Given, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    if rule is not None:
        given = tuple(_given(said, name))
    else:
        sightings = tuple(sight for one in said.units for sight in _seen(said, one, "", "", name))
    return Walk(key, shown, name, value, sealed.hash, sealed.manifest["scheme"], sightings, rule, given, members)


def _variable(scheme: Scheme, wanted: str) -> str:
    for one in scheme.variables.values():
        if wanted in (one.id, one.label):
            return one.id
    known = "、".join(f"{one.id}（{one.label}）" for one in scheme.variables.values())
    message = f"“{scheme.label}”没有数据项“{wanted}”。"
    raise CannotGoOn([Finding(Severity.ERROR, "no_such_variable", message, f"可用：{known}。")])


def _unit(sealed: Sealed, scheme: Scheme, wanted: str, variables: Sequence[str]) -> dict[str, Any]:
    """Its row of the data: key, name and the variables."""
    table = pl.scan_parquet(sealed.data, glob=False)
    key, name = pl.col(scheme.key), pl.col(scheme.name)
    found = table.filter((key == wanted) | (name == wanted)).select(key, name, *variables).collect()
    if found.height == 1:
        return found.row(0, named=True)
    if found.height > 1:
        message, mend = (
            f"叫“{wanted}”的有{found.height}个单位。",
            "请改用代码：" + "、".join(found[scheme.key][:10]) + "。",
        )
        raise CannotGoOn([Finding(Severity.ERROR, "many_units", message, mend)])
    lead = sealed.manifest["groups"].get(wanted)
    if lead is not None and lead != wanted:
        message = f"单位“{wanted}”与别的单位合并评价，数据集里是{lead}一行。"
        raise CannotGoOn([Finding(Severity.ERROR, "taken_together", message, f"请改查{lead}。")])
    near = table.filter(key.str.contains(wanted, literal=True) | name.str.contains(wanted, literal=True))
    names = "、".join(f"{one[0]}（{one[1]}）" for one in near.select(key, name).head(5).collect().iter_rows())
    mend = f"是不是{names}？" if names else "请核对单位代码或名称。"
    raise CannotGoOn([Finding(Severity.ERROR, "no_such_unit", f"数据集里没有单位“{wanted}”。", mend)])


def _given(said: _Said, variable: str) -> Iterator[Given]:
    """The records of a derived value in the order of their numbers, each with its cells."""
    parts = said.sources.filter(pl.col("variable") == variable, pl.col("factor").is_not_null()).sort("record", "unit")
    for row in parts.iter_rows(named=True):
        record = [pl.col("table") == row["table"], pl.col("record") == row["record"], pl.col("unit") == row["unit"]]
        cells = said.sources.filter(*record, pl.col("batch").is_not_null())["variable"]
        sightings = tuple(
            sight for cell in cells for sight in _seen(said, row["unit"], row["table"], row["record"], cell)
        )
        yield Given(row["table"], row["record"], row["quantity"], row["factor"], row["value"], sightings)


def _seen(said: _Said, unit: str, table: str, record: str, variable: str) -> list[Sighting]:
    """All that was ever said of a cell, last first."""
    rows = said.rows.filter(
        pl.col("table") == table,
        pl.col("unit") == unit,
        pl.col("record") == record,
        pl.col("variable") == variable,
    )
    sightings, holds = [], False
    for row in rows.iter_rows(named=True):
        entry = said.entries[row["batch"]]
        standing = "later" if entry.seq > said.upto else "superseded" if holds else "holds"
        holds = holds or standing == "holds"
        sightings.append(sighting_of(row, entry, standing))
    return sightings


def sighting_of(row: dict[str, Any], entry: Entry, standing: str) -> Sighting:
    """An observation, as a row of the store, with what the journal says of its batch."""
    facts = entry.facts
    return Sighting(
        standing=standing,
        table=row["table"],
        record=row["record"],
        variable=row["variable"],
        value=row["value"],
        text=row["text"],
        file=facts["file"],
        sheet=facts["sheet"],
        row=row["row"],
        column=row["column"],
        source=facts["source"],
        by=entry.by,
        at=entry.at,
        receipt=receipt_of(entry).number,
        sha256=facts["digest"]["sha256"],
        waivers=tuple(one for one in facts["waivers"] if not one["units"] or row["unit"] in one["units"]),
    )
