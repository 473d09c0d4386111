"""A form's template for an office: a workbook with its units filled in, stamped, to be typed into."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from mujun.intake.template import write_template
from mujun.web.models import ValueSet
from mujun.web.queries.values.book import due_of
from mujun.web.queries.values.offices import Desk


def units_of_desk(desk: Desk) -> list[tuple[str, str]]:
    """Units of the places it is filled in for, as far as they are known."""
    sets = ValueSet.objects.filter(track=desk.track, scheme=desk.form.scheme, excluded="")
    if desk.regions:
        sets = sets.filter(county__in=desk.regions)
    return list(sets.order_by("county", "unit").values_list("unit", "name"))


def office_template(desk: Desk, today: date) -> bytes:
    """The units stand in it already; a form of records is left open."""
    due = due_of(desk.track, desk.form.scheme)
    units = () if desk.form.table else units_of_desk(desk)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, desk.form, units, now=today, scheme=due.scheme, plan=due.plan)
        return path.read_bytes()
