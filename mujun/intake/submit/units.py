"""Ask the register who the units are: codes that changed are followed, all else is asked about, nobody is dropped."""

from __future__ import annotations

from datetime import date

import polars as pl
from attrs import evolve

from mujun.collection import Form
from mujun.collection.model import KnownUnits
from mujun.dataset import KEY, NAME, make_dataset
from mujun.findings import Finding
from mujun.intake.cells import letters
from mujun.intake.places import Places
from mujun.intake.submit.book import Due
from mujun.intake.submit.read_form import FormReading
from mujun.register import MatchKind, Register, resolve_units
from mujun.register.match import MATCHED
from mujun.register.told import Places as RegisterPlaces
from mujun.store.holding import UNIT

ASKED = frozenset({"unit_renamed", "unit_recoded", "unit_name_differs", "unit_closed"})
"""What the register tells with a warning and wants a reason for; what it does not know at all is an error."""
_NOT_MATCHED = frozenset(f"unit_{kind.value}" for kind in MatchKind if kind not in MATCHED)


def declared_day(due: Due, form: Form) -> date | None:
    """The day that the plan's own check of the units goes by; None if it has none for this form."""
    checks = () if due.plan is None else due.plan.checks(due.scheme, form.table)
    return next((check.rule.at for check in checks if isinstance(check.rule, KnownUnits)), None)


def resolve(
    reading: FormReading, form: Form, register: Register, day: date, declared: bool
) -> tuple[FormReading, tuple[Finding, ...]]:
    """The reading under the codes of the register, and what is asked. Who is not found stays as written.

    `declared`: the plan has a check of its own that asks about whom the register does not know.
    """
    frame = reading.dataset.frame
    places = reading.places
    rows = pl.Series("row", places.rows, dtype=pl.Int64)
    if form.table:
        units = pl.DataFrame({KEY: frame[UNIT], NAME: frame[UNIT], "row": rows}).drop_nulls(KEY)
        units = units.unique(KEY, keep="first", maintain_order=True)
    else:
        county = [frame["county"]] if "county" in frame.columns and "county" in places.columns else []
        units = pl.DataFrame([frame[KEY], frame[NAME], rows, *county])
    columns = {name: letters(places.columns[name]) for name in ("county",) if name in places.columns}
    resolved = resolve_units(units, register, day, RegisterPlaces(places.file, places.sheet, columns))
    findings = tuple(one for one in resolved.findings if not declared or one.code not in _NOT_MATCHED)
    changed = resolved.rows.filter(pl.col("matched").is_not_null() & (pl.col("matched") != pl.col("key")))
    if changed.is_empty():
        return reading, findings
    return _under(reading, form, dict(changed.select("key", "matched").iter_rows())), findings


def _under(reading: FormReading, form: Form, codes: dict[str, str]) -> FormReading:
    column = UNIT if form.table else KEY
    frame = reading.dataset.frame.with_columns(pl.col(column).replace(codes))
    observations = reading.observations.with_columns(pl.col(UNIT).replace(codes))
    places: Places = reading.places if form.table else evolve(reading.places, units=frame[KEY])
    dataset = make_dataset(frame, reading.dataset.file, reading.dataset.digest)
    return evolve(reading, dataset=dataset, observations=observations, places=places)
