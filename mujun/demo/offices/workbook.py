"""Write a mail as a file: the form's own template, a table that somebody laid out anew, or the export of a system."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from mujun.demo.offices.mail import Mail
from mujun.demo.offices.own_layout import OwnLayout
from mujun.intake.submit.book import Due
from mujun.intake.template import write_template
from mujun.intake.template.columns import header_of
from mujun.intake.template.stamp import FORM, VERSION

MADE = datetime(2019, 4, 12)
"""A date of making that does not come from the clock."""


def write_mail_file(folder: Path, mail: Mail, due: Due) -> Path:
    """By the mail's kind."""
    path = folder / mail.file
    if mail.kind == "csv":
        path.write_bytes(_csv(mail, due))
    elif mail.kind == "own":
        _write_own(path, mail, due)
    else:
        units = tuple(zip(mail.keys, mail.names, strict=True))
        write_template(path, mail.form, units, now=MADE.date(), scheme=due.scheme, plan=due.plan, filled=mail.cells)
    return path


def heads(mail: Mail, due: Due) -> list[str]:
    """The header's first columns, as templates have them."""
    key = "统一社会信用代码" if due.scheme.key == "uscc" and not mail.form.table else mail.form.key_label
    return [key, mail.form.name_label] if mail.form.name_label else [key]


def _csv(mail: Mail, due: Due) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    variables = mail.form.variables
    writer.writerow([*heads(mail, due), *(header_of(one).replace("\n", "") for one in variables)])
    columns: list[Sequence[object]] = [mail.keys, mail.names] if mail.form.name_label else [mail.keys]
    columns += [mail.cells[one.id] for one in variables]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode("gb18030")


def _write_own(path: Path, mail: Mail, due: Due) -> None:
    """The stamp stays in the properties of the file, whatever was done to its sheet."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": mail.form.label, "created": MADE})
        stamp = {FORM: mail.form.id, VERSION: mail.form.version}
        for name, value in stamp.items():
            workbook.set_custom_property(name, value, "text")
        sheet: Any = workbook.add_worksheet("Sheet1")
        OwnLayout(workbook, sheet, mail, heads(mail, due)).write()
