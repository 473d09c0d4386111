"""Read a data file into the shared table. Everything wrong with it is told at once; only an unreadable file stops."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import polars as pl
from attrs import frozen

from mujun.dataset import KEY, NAME, Dataset, make_dataset
from mujun.digest import digest_file
from mujun.findings import Finding
from mujun.intake.cells import Cells, Progress, address
from mujun.intake.column import Column, as_text
from mujun.intake.header import Header, Names, read_header
from mujun.intake.merged import report_merged
from mujun.intake.open import open_cells
from mujun.intake.outside import report_outside
from mujun.intake.parse import TYPES, oddities, read_column
from mujun.intake.places import Places
from mujun.intake.report import MOST, SHOWN, Report, cells_shown
from mujun.intake.units import Units, read_units
from mujun.intake.wording import say, say_number, say_odd
from mujun.intake.words import trim
from mujun.scheme.model import Scheme, Variable


@frozen
class Reading:
    """What came of reading a data file: what could be read, and everything wrong with it. `key_places` traces cells."""

    dataset: Dataset
    findings: tuple[Finding, ...]
    key_places: Places


@frozen
class Table:
    """A sheet that was understood: its units, and a typed column for each variable, of all rows that bring values."""

    header: Header
    body: Cells
    units: Units
    values: Mapping[str, pl.Series]


def read_dataset(
    path: Path,
    scheme: Scheme,
    sheet: str | None = None,
    *,
    variables: Collection[str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """The units of a CSV, XLSX, XLS or Parquet file. Raises CannotGoOn only when it cannot be read at all.

    `variables` are those of the scheme that this file is to bring, such as one office's own; a column of another is an
    error, and the dataset has no column of it. None is all of them.
    """
    own, others = _own_and_others(scheme, variables)
    cells = open_cells(path, sheet, progress=progress)
    report = Report(cells.file, cells.sheet)
    table = read_table(cells, Names.of(scheme, own, others), report)
    units = table.units
    frame = pl.DataFrame({KEY: units.keys, NAME: units.names, **table.values})
    rows = units.rows + table.body.first_row
    if not units.keep.all():
        frame, rows = frame.filter(units.keep), rows.filter(units.keep)
    places = Places(cells.file, cells.sheet, frame[KEY], rows, table.header.variables)
    dataset = make_dataset(frame, cells.file, digest_file(path))
    return Reading(dataset, tuple(report.findings), places)


def _own_and_others(
    scheme: Scheme, variables: Collection[str] | None
) -> tuple[dict[str, Variable], dict[str, Variable]]:
    wanted = set(scheme.variables if variables is None else variables)
    if not wanted <= set(scheme.variables):
        raise ValueError(f"not variables of {scheme.id}: {sorted(wanted - set(scheme.variables))}")
    own = {name: variable for name, variable in scheme.variables.items() if name in wanted}
    return own, {name: variable for name, variable in scheme.variables.items() if name not in wanted}


def read_table(cells: Cells, names: Names, report: Report, name_expected: bool = True) -> Table:
    """Header, units, values, in this order; findings go to the report in the same order."""
    header = read_header(cells, names, report, name_expected)
    body = cells.below(header.row)
    report_outside(cells, body, header, report)
    units = read_units(body, header, report)
    report_merged(body, units, report)
    values = {variable.id: _values(variable, body, header, units, report) for variable in names.variables.values()}
    return Table(header, body, units, values)


def _values(variable: Variable, body: Cells, header: Header, units: Units, report: Report) -> pl.Series:
    nothing = pl.Series(values=[None], dtype=TYPES[variable.kind]).new_from_index(0, len(units.rows))
    place = header.variables.get(variable.id)
    if place is None:
        return nothing
    every = len(units.rows) == body.height
    cells = body.columns[place] if place < len(body.columns) else nothing
    cells = cells if every or place >= len(body.columns) else cells.gather(units.rows)
    column = read_column(cells, variable)
    if column is None:
        message = f"“{variable.label}”一列每格有不止一个值，没有读入。"
        report.error(
            "not_a_table", message, "请改成每格一个值。", cell=address(header.row, place), variable=variable.id
        )
        return nothing
    _report_problems(variable, place, cells, column, body, units, report)
    if variable.id in header.refused:
        return nothing
    _report_odd(variable, place, cells, column, body, units, report)
    return column.values


def _report_problems(
    variable: Variable, place: int, cells: pl.Series, column: Column, body: Cells, units: Units, report: Report
) -> None:
    for code, found in column.problems.items():
        rows = units.rows.gather(found.head(MOST)).to_list()
        keys = units.keys.gather(found.head(MOST)).to_list()
        texts = as_text(cells.gather(found.head(MOST)))
        assert texts is not None
        for row, key, text in zip(rows, keys, trim(texts).to_list(), strict=True):
            message, mend = say(code, text, variable)
            cell = address(row + body.first_row, place)
            report.error(code, message, mend, cell=cell, unit=key or "", variable=variable.id)
        report.many(code, len(found), say_number(code, variable), variable=variable.id)


def _report_odd(
    variable: Variable, place: int, cells: pl.Series, column: Column, body: Cells, units: Units, report: Report
) -> None:
    odd = oddities(column.values, variable)
    if variable.default is None and column.values.has_nulls():
        empty = column.values.is_null()
        for found in column.problems.values():
            empty = empty.scatter(found, False)
        if empty.any():
            odd = {"empty_cells": empty.arg_true(), **odd}
    for code, found in odd.items():
        rows = (units.rows.gather(found.head(SHOWN + 1)) + body.first_row).to_list()
        message, mend = say_odd(code, len(found), cells_shown(rows, place), variable)
        report.warning(code, message, mend, variable=variable.id)
