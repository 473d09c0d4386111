"""Read a list that was decided elsewhere: whom it names, and the document it rests on."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from attrs import frozen

from mujun.dataset import AdoptedList
from mujun.findings import Finding
from mujun.intake.cells import address
from mujun.intake.header import Names
from mujun.intake.open import open_cells
from mujun.intake.read import Table, read_table
from mujun.intake.report import Report
from mujun.scheme.model import Scheme, Variable

COLUMNS = {
    "instrument": Variable("instrument", "依据文件", "text", default=""),
    "document_number": Variable("document_number", "文号", "text", default=""),
    "issued_on": Variable("issued_on", "印发日期", "date", default=""),
}
"""Each holds one value, in every row or only in the first; so an empty cell is no finding."""


@frozen
class AdoptedReading:
    """What came of reading an adopted list."""

    adopted: AdoptedList
    findings: tuple[Finding, ...]


def read_adopted(path: Path, scheme: Scheme) -> AdoptedReading:
    """Raises CannotGoOn only when the file cannot be read at all."""
    cells = open_cells(path)
    report = Report(cells.file, cells.sheet)
    table = read_table(cells, Names.of(scheme, COLUMNS), report, name_expected=False)
    instrument, number, issued_on = (_only_value(variable, table, report) for variable in COLUMNS.values())
    keys = tuple(table.units.keys.filter(table.units.keep).to_list())
    adopted = AdoptedList(keys, instrument, number, issued_on, cells.file)
    return AdoptedReading(adopted, tuple(report.findings))


def _only_value(variable: Variable, table: Table, report: Report) -> str:
    """The value all filled cells agree on; as text."""
    column = table.header.variables.get(variable.id)
    if column is None or any(finding.variable == variable.id for finding in report.findings):
        return ""
    values = table.values[variable.id]
    filled = (
        pl.DataFrame({"value": values, "row": table.units.rows})
        .drop_nulls()
        .unique("value", keep="first", maintain_order=True)
    )
    if filled.is_empty():
        message = f"名单没有写明“{variable.label}”。"
        mend = f"请在第一个单位的“{variable.label}”一格填写。"
        report.error("missing_value", message, mend, cell=address(table.body.first_row, column), variable=variable.id)
        return ""
    value, row = filled.row(0)
    if len(filled) > 1:
        other, other_row = filled.row(1)
        message = (
            f"“{variable.label}”前后不一：{address(row + table.body.first_row, column)}是“{value}”，这里是“{other}”。"
        )
        cell = address(other_row + table.body.first_row, column)
        report.error(
            "several_values", message, "一份名单只能有一个依据；不同文件的请分成几份。", cell=cell, variable=variable.id
        )
    return str(value)
