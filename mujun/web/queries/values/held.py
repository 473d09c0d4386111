"""What the store holds of one unit in one form: the last that was said of each cell, as text."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from mujun.collection import Form
from mujun.store.holding import UNIT
from mujun.web.evidence import the_store
from mujun.web.models import ValueSet
from mujun.web.queries.values.book import name_in_store


def held_of(row: ValueSet, form: Form) -> dict[str, str | None]:
    """By variable; of a form of records, nothing."""
    looked = the_store().look(name_in_store(row.track, row.scheme))
    wanted = {one.id for one in form.variables}
    said = looked.every.filter(pl.col(UNIT) == row.unit, pl.col("table") == "").sort("batch").collect()
    return {name: value for name, value in said.select("variable", "value").iter_rows() if name in wanted}


def said_since(row: ValueSet, agency: str, at: datetime) -> bool:
    """Whether an office has said anything of the unit since: a correction, or records it is worked out from."""
    looked = the_store().look(name_in_store(row.track, row.scheme))
    later = [
        one.seq for one in looked.entries if one.facts["source"] == agency and datetime.fromisoformat(one.at) >= at
    ]
    said = looked.every.filter(pl.col(UNIT) == row.unit, pl.col("batch").is_in(later))
    return bool(later) and not said.limit(1).collect().is_empty()
