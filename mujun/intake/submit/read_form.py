"""Read a filled-in form: values for the checks, observations for the store. Judges only who may say what."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from attrs import frozen

from mujun.collection import Form
from mujun.dataset import KEY, NAME, Dataset, make_dataset
from mujun.digest import Digest
from mujun.findings import Finding
from mujun.intake.cells import Progress
from mujun.intake.column import as_text
from mujun.intake.details import names_of, report_records
from mujun.intake.header import Names
from mujun.intake.open import open_cells
from mujun.intake.places import Places
from mujun.intake.read import Table, read_table
from mujun.intake.report import Report
from mujun.intake.submit.canonical import canonical
from mujun.scheme.model import Scheme, Variable
from mujun.store.holding import UNIT
from mujun.store.observations import SCHEMA


@frozen(eq=False)
class FormReading:
    """What a file says as a form. Of a detail the dataset's KEY is the record's number."""

    dataset: Dataset
    places: Places
    observations: pl.DataFrame
    findings: tuple[Finding, ...]


def read_form(
    path: Path, form: Form, scheme: Scheme, digest: Digest, sheet: str | None = None, progress: Progress | None = None
) -> FormReading:
    """Only the form's own variables are read. Raises CannotGoOn when the file cannot be read at all."""
    cells = open_cells(path, sheet, progress=progress)
    report = Report(cells.file, cells.sheet)
    table = read_table(cells, _names(form, scheme), report, name_expected=not form.table)
    keep, units = table.units.keep, table.units
    values = {name: column.filter(keep) for name, column in table.values.items()}
    keys, rows = units.keys.filter(keep), (units.rows + table.body.first_row).filter(keep)
    frame = pl.DataFrame({KEY: keys, NAME: units.names.filter(keep), **values})
    places = Places(cells.file, cells.sheet, keys, rows, table.header.variables)
    if form.table:
        report_records(frame, places, form, report)
    parts = [
        _observed(table, form, variable, keys, rows, values)
        for variable in form.variables
        if variable.id in table.header.variables and variable.id not in table.header.refused
    ]
    if not form.table and table.header.name is not None:
        parts.insert(0, _named(table, keys, rows))
    observations = pl.concat(parts) if parts else pl.DataFrame(schema=SCHEMA)
    return FormReading(make_dataset(frame, cells.file, digest), places, observations, tuple(report.findings))


def _names(form: Form, scheme: Scheme) -> Names:
    """What the header may say; a column of another office is told to be another's."""
    if form.table:
        return names_of(form)
    own = {variable.id: variable for variable in form.variables}
    return Names.of(scheme, own, {name: one for name, one in scheme.variables.items() if name not in own})


def _observed(
    table: Table, form: Form, variable: Variable, keys: pl.Series, rows: pl.Series, values: dict[str, pl.Series]
) -> pl.DataFrame:
    place, column = table.header.variables[variable.id], values[variable.id]
    cells = _cells(table, place)
    said = canonical(cells, column, variable)
    text = cells.set(cells.eq_missing(said), None)
    detail = bool(form.table)
    return _frame(
        form.table, values[UNIT] if detail else keys, keys if detail else "", variable.id, said, text, rows, place
    )


def _named(table: Table, keys: pl.Series, rows: pl.Series) -> pl.DataFrame:
    """The names given; a name that lacks says nothing."""
    assert table.header.name is not None
    names = table.units.names.filter(table.units.keep)
    frame = _frame("", keys, "", NAME, names, pl.Series([None], dtype=pl.String), rows, table.header.name)
    return frame.filter(pl.col("value") != pl.col("unit"))


def _cells(table: Table, place: int) -> pl.Series:
    """The column's cells as text, in the order of the kept rows."""
    if place < len(table.body.columns):
        texts = as_text(table.body.columns[place].gather(table.units.rows).filter(table.units.keep))
        if texts is not None:
            return texts
    return pl.Series(values=[None], dtype=pl.String).new_from_index(0, int(table.units.keep.sum()))


def _frame(
    table: str,
    units: pl.Series,
    records: pl.Series | str,
    variable: str,
    values: pl.Series,
    texts: pl.Series,
    rows: pl.Series,
    column: int,
) -> pl.DataFrame:
    record = pl.lit(records) if isinstance(records, str) else records.alias("record")
    return pl.DataFrame({"unit": units, "value": values, "row": rows}).select(
        pl.lit(table).alias("table"),
        "unit",
        record.alias("record"),
        pl.lit(variable).alias("variable"),
        "value",
        (texts if len(texts) == len(units) else pl.lit(None, pl.String)).alias("text"),
        pl.col("row").cast(pl.Int32),
        pl.lit(column, pl.Int16).alias("column"),
    )
