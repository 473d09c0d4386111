"""The forms that are due, read once in a process. The site's own rules differ in numbers, not in columns."""

from __future__ import annotations

from functools import cache

from mujun.collection import Form
from mujun.intake.submit import FormBook
from mujun.intake.submit.book import Due
from mujun.web.models import FormDue, Track
from mujun.web.programme import the_law, workflow
from mujun.web.queries.rules import scheme_ids

PROVINCIAL, UNIT_PATH, FIRM = "provincial", "unit", "firm"


@cache
def the_book() -> FormBook:
    return FormBook(the_law())


def due_of(track: Track, scheme: str) -> Due:
    """What a scheme of the track collects."""
    return the_book().due(name_in_store(track, scheme))


def name_in_store(track: Track, scheme: str) -> str:
    return f"{track.round.programme}/{scheme}"


def forms_of_track(track: Track) -> list[Form]:
    return [form for scheme in scheme_ids(track) for form in due_of(track, scheme).forms]


def form_named(track: Track, form_id: str) -> Form | None:
    return next((form for form in forms_of_track(track) if form.id == form_id), None)


def form_of(due: FormDue) -> Form:
    found = form_named(due.track, due.form)
    assert found is not None, "a form that is owed is in the book"
    return found


def path_of(track: Track) -> str:
    """provincial, unit or firm."""
    path = workflow().path_of(track.domain)
    return path.id if path is not None else ""


def by_county(track: Track) -> bool:
    """Whether its forms are owed county by county."""
    return path_of(track) == FIRM


def places_units(form: Form) -> bool:
    """Whether it says in which county each unit is."""
    return not form.table and any(one.id == "county" for one in form.variables)
