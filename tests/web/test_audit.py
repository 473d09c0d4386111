"""The record names its first bad event, and notices a tail cut off. Its triggers are let go of to break it at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from mujun.web.actions.record import record_event
from mujun.web.living.people import settle_people
from mujun.web.living.round import TRACKS_BEGUN, live_begun, live_planned, live_tracks_begun
from mujun.web.models import AuditEvent, Round
from mujun.web.queries.audit import verify_record


@pytest.fixture
def unguarded(planned: Round) -> None:
    """Somebody with the database in his hands."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER unchanged_mujunweb_auditevent")
        cursor.execute("DROP TRIGGER kept_mujunweb_auditevent")


def first_bad() -> int | None:
    findings = verify_record()
    return findings[0].line if findings else None


def test_a_whole_record_has_no_findings(planned: Round) -> None:
    assert AuditEvent.objects.count() == 9
    assert verify_record() == []


def test_p03_a_changed_event_is_named(unguarded: None) -> None:
    AuditEvent.objects.filter(seq=4).update(who="别人")

    assert first_bad() == 4


def test_p03_a_deleted_event_is_named(unguarded: None) -> None:
    AuditEvent.objects.filter(seq=5).delete()

    assert first_bad() == 5


def test_p03_two_events_that_changed_places_are_named(unguarded: None) -> None:
    AuditEvent.objects.filter(seq=6).update(seq=100)
    AuditEvent.objects.filter(seq=7).update(seq=6)
    AuditEvent.objects.filter(seq=100).update(seq=7)

    assert first_bad() == 6


def test_f06_a_clock_set_back_an_hour_is_told_to_the_auditor_once(
    planned: Round, settings: Settings, as_: Callable[[str, datetime], Client]
) -> None:
    """A demo's clock may be moved; of a real site's the record says so, before the first act at the earlier time."""
    settings.DEMO = False
    earlier = TRACKS_BEGUN - timedelta(hours=1)
    for at in (earlier, earlier + timedelta(minutes=1)):
        record_event("look", "看过", by=None, now=at)
    record_event("look", "看过", by=None, now=earlier + timedelta(seconds=31))  # waited for the lock

    told = list(AuditEvent.objects.filter(seq__gt=9).values_list("act", "outcome", "about"))
    assert told == [
        ("clock_back", "alert", "比上一条记录早60分钟，请核对服务器时钟和这期间的期限"),
        *[("look", "done", "")] * 3,
    ]
    assert verify_record() == []
    settings.DEMO = True
    assert "时钟倒退" in as_("au", TRACKS_BEGUN).get("/audit/?outcome=alert").content.decode()


def test_p04_a_tail_cut_off_shows_beside_the_event_noted_outside(threads: None) -> None:
    settle_people("shili-mima-2019")
    round_ = live_begun()
    live_planned(round_)
    round_.refresh_from_db()
    live_tracks_begun(round_)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER kept_mujunweb_auditevent")
    AuditEvent.objects.filter(seq__gt=7).delete()

    assert first_bad() == 8


def test_the_auditor_takes_along_what_he_looks_at(planned: Round, as_: Callable[[str, datetime], Client]) -> None:
    """The rows of the page, all of them, with their whole hashes; text that looks like a formula stays text."""
    record_event("note", "=1+1", by=None, now=TRACKS_BEGUN, about="试一试")
    answer = as_("au", TRACKS_BEGUN).get("/audit/events.xlsx?q=试一试")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    event = AuditEvent.objects.get(act="note")
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)] == [
        [event.seq, "2019年4月15日09:00", "系统", "=1+1", "试一试", "已办", event.sha256, event.sm3]
    ]
    assert sheet["D5"].data_type == "s"
    assert as_("a", TRACKS_BEGUN).get("/audit/events.xlsx").status_code == 403
