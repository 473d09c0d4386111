"""Read a detail: records of units, each under a number of its own. Judges records one by one; adds up nothing."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from mujun.collection import Form
from mujun.collection.model import UNIT
from mujun.dataset import KEY, NAME, Dataset, make_dataset
from mujun.digest import digest_file
from mujun.intake.header import Names
from mujun.intake.open import open_cells
from mujun.intake.places import Places
from mujun.intake.read import Reading, Table, read_table
from mujun.intake.report import MOST, Report
from mujun.intake.words import plain
from mujun.scheme.expression import Kind
from mujun.scheme.model import Variable

CROSSED = "dates_crossed"
STARTS, ENDS = "_start", "_end"
"""Two dates named so belong together: lease_start and lease_end."""


def read_details(path: Path, form: Form, sheet: str | None = None) -> Reading:
    """The records of a file; KEY is the record's number. Raises CannotGoOn only when it cannot be read at all."""
    cells = open_cells(path, sheet)
    report = Report(cells.file, cells.sheet)
    table = read_table(cells, names_of(form), report, name_expected=False)
    dataset, places = _dataset(table, path, cells.file, cells.sheet)
    report_records(dataset.frame, places, form, report)
    return Reading(dataset, tuple(report.findings), places)


def names_of(form: Form) -> Names:
    """A record's number has no other name than the form gives it: 单位代码 is a column like any other."""
    variables = {variable.id: variable for variable in form.variables}
    words = {plain(one.label): one for one in reversed(form.variables)} | {plain(one.id): one for one in form.variables}
    return Names((form.key_label,), (), variables, words)


def report_records(frame: pl.DataFrame, places: Places, form: Form, report: Report) -> None:
    """Records without a unit, and dates that cross."""
    columns = {variable.id: variable for variable in form.variables}
    if UNIT in frame.columns and UNIT in places.columns:
        without = frame.filter(pl.col(UNIT).is_null())[KEY]
        for key in without.head(MOST):
            message = f"记录{key}没有“{columns[UNIT].label}”，不知是哪家的。"
            report.error(
                "no_unit", message, "请补上代码；多余的记录请删去。", cell=_cell(places, key, UNIT), variable=UNIT
            )
        report.many("no_unit", len(without), "没有单位代码的记录", variable=UNIT)
    for starts, ends in _periods(form):
        if starts.id in frame.columns and ends.id in frame.columns:
            _report_crossed(frame, starts, ends, places, report)


def _dataset(table: Table, path: Path, file: str, sheet: str) -> tuple[Dataset, Places]:
    units = table.units
    frame = pl.DataFrame({KEY: units.keys, NAME: units.keys, **table.values}).filter(units.keep)
    rows = (units.rows + table.body.first_row).filter(units.keep)
    places = Places(file, sheet, frame[KEY], rows, table.header.variables)
    return make_dataset(frame, file, digest_file(path)), places


def _periods(form: Form) -> list[tuple[Variable, Variable]]:
    """Pairs of dates that begin and end the same thing."""
    dates = {variable.id: variable for variable in form.variables if variable.kind is Kind.DATE}
    return [
        (dates[name], dates[name.removesuffix(STARTS) + ENDS])
        for name in dates
        if name.endswith(STARTS) and name.removesuffix(STARTS) + ENDS in dates
    ]


def _report_crossed(frame: pl.DataFrame, starts: Variable, ends: Variable, places: Places, report: Report) -> None:
    crossed = frame.filter(pl.col(ends.id) < pl.col(starts.id)).select(KEY, UNIT, starts.id, ends.id)
    for key, unit, begins, finishes in crossed.head(MOST).iter_rows():
        message = f"记录{key}的“{ends.label}”{finishes}在“{starts.label}”{begins}之前。"
        cell = _cell(places, key, ends.id)
        report.error(CROSSED, message, "请核对两个日期，是不是填反了。", cell=cell, unit=unit or "", variable=ends.id)
    report.many(CROSSED, crossed.height, f"“{ends.label}”在“{starts.label}”之前的记录", variable=ends.id)


def _cell(places: Places, key: str, column: str) -> str:
    return places.cell(key, column) or ""
