"""Through the pages: no step is skipped (X03), and an act that breaks in the middle has never been (X04)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client

from mujun.web.actions.step import propose
from mujun.web.living.decision import COMPILED, DECIDED, live_compiled, live_decided, live_review
from mujun.web.living.notice import ISSUED, OPENED, live_notice
from mujun.web.living.people import demo_doer
from mujun.web.middleware import REAUTHENTICATED
from mujun.web.models import AuditEvent, Round
from mujun.web.queries.issued import extended_form
from tests.web.shortcuts import accept_lists, plans_in_force
from tests.web.test_decision import LISTS
from tests.web.test_notice import ISSUE
from tests.web.walking import rows_of_tables

As = Callable[[str, datetime], Client]
_MAY_DIFFER = ("mujunweb_auditevent", "mujunweb_account")
"""The record, in which the refusal is; and when somebody last logged in."""


def fresh(browser: Client, at: datetime) -> Client:
    """Has just shown again who he is."""
    session = browser.session
    session[REAUTHENTICATED] = at.isoformat()
    session.save()
    return browser


def all_but(*tables: str) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows for name, rows in rows_of_tables().items() if name not in tables}


LATER = {
    "the list is issued before it is compiled": ("b2", "round", "R10", {**ISSUE, "how": "do"}),
    "it is decided upon before it is compiled": ("a", "round", "R6", {"meeting": "1", "how": "propose"}),
    "a decision is confirmed that nobody proposed": ("b", "round", "R6", {"how": "confirm"}),
    "it is put on notice before it is decided": ("a", "round", "R7", {"how": "propose"}),
    "a slip is corrected in a list that is not issued": ("a", "round", "RX1", {"reason": "有误", "how": "propose"}),
    "an evaluation is frozen before data are locked": ("d-services", "track", "T6", {"how": "do"}),
    "a list is signed before it is drawn up": ("d-services", "track", "T8", {"how": "do"}),
    "a list is handed in before it is signed": ("d-services", "track", "T9", {"how": "do"}),
    "a list is accepted before it is handed in": ("a", "track", "T10", {"how": "propose"}),
}


@pytest.mark.parametrize("what", LATER)
def test_x03_the_later_form_posted_first_is_refused_and_changes_nothing(planned: Round, as_: As, what: str) -> None:
    login, machine, edge, form = LATER[what]
    row = planned if machine == "round" else planned.tracks.get(domain="services")
    browser = fresh(as_(login, DECIDED), DECIDED)
    before, entries = all_but(*_MAY_DIFFER), AuditEvent.objects.count()

    answer = browser.post(f"/act/{machine}/{row.pk}/{edge}/", form)

    assert answer.status_code in (403, 409)
    assert all_but(*_MAY_DIFFER) == before
    entry = AuditEvent.objects.latest("seq")
    assert (AuditEvent.objects.count(), entry.act, entry.outcome) == (entries + 1, edge, "refused")
    assert all(message for _, message in entry.facts["reasons"])


@pytest.fixture
def on_notice(planned: Round) -> Round:
    accept_lists(planned, LISTS, COMPILED)
    for live in (live_compiled, live_review, live_decided):
        live(planned)
    plans_in_force(planned, COMPILED)
    live_notice(planned)
    return planned


HALF_WAY = {
    "the number is taken, then the disk fails": "mujunweb_publication",
    "half of the list is written": "mujunweb_publisheditem",
    "all is written but the record": "mujunweb_auditevent",
}


@pytest.mark.parametrize("what", HALF_WAY)
def test_x04_issuing_that_breaks_half_way_has_never_been(on_notice: Round, as_: As, what: str) -> None:
    """The database refuses a later write of the act, as a full disk would: in the third table it comes to."""
    browser = fresh(as_("b2", ISSUED), ISSUED)
    browser.raise_request_exception = False
    before = rows_of_tables()
    with connection.cursor() as cursor:
        second = "WHEN NEW.position > 1" if HALF_WAY[what].endswith("item") else ""
        cursor.execute(
            f"CREATE TRIGGER broken BEFORE INSERT ON {HALF_WAY[what]} {second} "
            "BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END"
        )

    answer = browser.post(f"/act/round/{on_notice.pk}/R10/", {**ISSUE, "how": "do"})

    assert answer.status_code == 500
    assert rows_of_tables() == before
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER broken")
    assert browser.post(f"/act/round/{on_notice.pk}/R10/", {**ISSUE, "how": "do"}).status_code == 302
    assert Round.objects.get().state == "PUBLISHED"


def test_x04_a_proposal_confirmed_upon_a_broken_record_stays_open(on_notice: Round, as_: As) -> None:
    browser = fresh(as_("b", OPENED), OPENED)
    browser.raise_request_exception = False
    later = on_notice.notices.get().ends_at.replace(day=11)
    propose("R7e", on_notice, extended_form(on_notice, later, "台风"), by=demo_doer("a", OPENED), now=OPENED)
    before = rows_of_tables()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON mujunweb_auditevent BEGIN SELECT RAISE(ABORT, 'disk'); END"
        )

    assert browser.post(f"/act/round/{on_notice.pk}/R7e/", {"how": "confirm"}).status_code == 500
    assert rows_of_tables() == before
