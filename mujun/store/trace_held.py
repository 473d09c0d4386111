"""The walks of one unit's values as they hold at a moment. Facts only; `trace` walks back from a seal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import polars as pl

from mujun.dataset import NAME
from mujun.scheme.model import Scheme
from mujun.store.derived import DerivedValues
from mujun.store.holding import UNIT, Holding
from mujun.store.observations import typed
from mujun.store.trace import Given, Sighting, Walk, sighting_of

Cell = tuple[str, str, str]
"""Table, record, variable."""


def trace_held(
    holding: Holding, scheme: Scheme, unit: str, name: str, derived: DerivedValues, sealed: str = ""
) -> list[Walk]:
    """One walk for each variable of the scheme. `sealed` is the hash of the dataset, where these are its values."""
    seen = _seen(holding, unit)
    names = seen.get(("", "", NAME))
    name = str(names[0].value) if names else name
    scheme_name = holding.entries[0].facts["scheme"] if holding.entries else scheme.id
    walks = []
    for one in scheme.variables.values():
        rule = derived.rules.get(one.id)
        sightings = () if rule is not None else seen.get(("", "", one.id), ())
        text = _worked_out(derived, unit, one.id) if rule is not None else sightings[0].value if sightings else None
        value = typed(pl.Series([text], dtype=pl.String), one.kind)[0]
        given = tuple(_given(derived, unit, one.id, seen)) if rule is not None else ()
        walks.append(Walk(unit, name, one.id, value, sealed, scheme_name, tuple(sightings), rule, given))
    return walks


def _seen(holding: Holding, unit: str) -> Mapping[Cell, tuple[Sighting, ...]]:
    """All that was ever said of the unit, by cell, the last first."""
    rows = holding.every.filter(pl.col(UNIT) == unit).collect().sort("batch", descending=True, maintain_order=True)
    entries = {entry.seq: entry for entry in holding.entries}
    found: dict[Cell, list[Sighting]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        cell = (row["table"], row["record"], row["variable"])
        found[cell].append(sighting_of(row, entries[row["batch"]], "superseded" if found[cell] else "holds"))
    return {cell: tuple(some) for cell, some in found.items()}


def _worked_out(derived: DerivedValues, unit: str, variable: str) -> str | None:
    values = derived.values[variable].filter(pl.col(UNIT) == unit)["value"]
    return values[0] if len(values) else None


def _given(derived: DerivedValues, unit: str, variable: str, seen: Mapping[Cell, tuple[Sighting, ...]]) -> list[Given]:
    if derived.inputs is None:
        return []
    rows = derived.inputs.filter(pl.col(UNIT) == unit, pl.col("variable") == variable).sort("record")
    return [_of_record(row, seen) for row in rows.iter_rows(named=True)]


def _of_record(row: dict[str, Any], seen: Mapping[Cell, tuple[Sighting, ...]]) -> Given:
    cells = tuple(
        sight
        for (table, record, _), some in seen.items()
        if (table, record) == (row["table"], row["record"])
        for sight in some
    )
    return Given(row["table"], row["record"], row["quantity"], row["factor"], row["amount"], cells)
