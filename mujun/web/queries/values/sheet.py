"""A form as a plain table of text: what is typed by hand goes the way of a file, so each cell has an address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from mujun.collection import Form
from mujun.intake.template.columns import header_of


def write_sheet(form: Form, rows: Iterable[Sequence[str]]) -> bytes:
    """CSV. A row: the key, the name unless the form is of records, then a text for each variable."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet_head(form))
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def sheet_head(form: Form) -> list[str]:
    return [*_before(form), *(one.label for one in form.variables)]


def shown_head(form: Form) -> list[str]:
    """With the measure that each number is in, as templates have it."""
    return [*_before(form), *(header_of(one).replace("\n", "") for one in form.variables)]


def _before(form: Form) -> list[str]:
    """Key and name; where a variable is headed like the name, the name is 名称 without more."""
    if not form.name_label:
        return [form.key_label]
    taken = form.name_label in {one.label for one in form.variables}
    return [form.key_label, "名称" if taken else form.name_label]
