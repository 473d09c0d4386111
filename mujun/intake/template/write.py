"""Write a form as a workbook to fill in. The table comes first, so that reading opens it; then how to fill it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from mujun.collection import CollectionPlan, Form
from mujun.intake.template.columns import TemplateColumn, template_columns
from mujun.intake.template.instructions import Recipient, write_code_table, write_instructions
from mujun.intake.template.stamp import FORM, SHEET, VERSION
from mujun.intake.template.styles import Styles
from mujun.intake.template.table import Table, write_table
from mujun.register import divisions_day
from mujun.scheme.model import Scheme

ROWS = 1_000
"""Rows that are checked while typing, where no units are given."""
_LISTS = 4
"""Row of the hidden sheet, from 0, under which the words of drop-downs stand: the stamp is above."""


def write_template(
    path: Path,
    form: Form,
    units: Sequence[tuple[str, str]] = (),
    *,
    now: date,
    scheme: Scheme | None = None,
    plan: CollectionPlan | None = None,
    as_of: date | None = None,
    recipient: Recipient | None = None,
    filled: Mapping[str, Sequence[object]] | None = None,
) -> None:
    """A workbook for one office. `units` are codes and names from the register; `as_of` says which divisions hold, else
    the round does. `filled` are values known already, by variable, in the order of the units.

    `scheme` and, for a detail, `plan` are asked which words their text columns are compared to.
    """
    columns = template_columns(form, scheme, as_of or divisions_day(form.round) or now, plan)
    if recipient is None:
        recipient = Recipient(scheme.lead_agency if scheme else "")
    credit_codes = scheme is not None and scheme.key == "uscc" and not form.table
    table = Table(form, tuple(columns), tuple(units), len(units) or ROWS, credit_codes, filled or {})
    half = path.with_name(f".{path.name}.half")
    workbook = xlsxwriter.Workbook(str(half), {"strings_to_formulas": False, "strings_to_urls": False})
    made = datetime.combine(now, time())
    workbook.set_properties({"title": form.label, "comments": "填报模板", "created": made})
    stamp = {FORM: form.id, VERSION: form.version}
    for name, value in stamp.items():
        workbook.set_custom_property(name, value, "text")
    styles = Styles(workbook)
    sheet = workbook.add_worksheet("填报")
    notes = workbook.add_worksheet("填表说明")
    write_code_table(workbook, table, styles)
    lists = _write_hidden(workbook, stamp, columns)
    write_table(sheet, table, lists, styles)
    write_instructions(notes, table, recipient, styles)
    sheet.activate()
    workbook.close()
    half.replace(path)


def _write_hidden(workbook: Any, stamp: dict[str, str], columns: Sequence[TemplateColumn]) -> dict[str, str]:
    """The stamp, and below it the words of drop-downs. Gives, by variable, where its words stand."""
    sheet = workbook.add_worksheet(SHEET)
    for row, (name, value) in enumerate(stamp.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    places: dict[str, str] = {}
    for place, column in enumerate(one for one in columns if one.words):
        sheet.write_string(_LISTS - 1, place, column.variable.label)
        for row, word in enumerate(column.words, start=_LISTS):
            sheet.write_string(row, place, word)
        letter = xlsxwriter.utility.xl_col_to_name(place, True)
        places[column.variable.id] = f"={SHEET}!{letter}${_LISTS + 1}:{letter}${_LISTS + len(column.words)}"
    sheet.very_hidden()
    return places
