"""A site with the people of the demo, its round begun; tests say how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from mujun.demo import LEAST_MANUFACTURERS, make_province
from mujun.web.clock import move_clock
from mujun.web.doer import Doer
from mujun.web.living import notice as lives
from mujun.web.living import round as begins
from mujun.web.living.decision import COMPILED, live_compiled, live_decided, live_review
from mujun.web.living.people import demo_doer, settle_people
from mujun.web.models import Account, Round
from tests.browser import chromium
from tests.web.shortcuts import accept_lists, plans_in_force

LISTS = {
    "county": [("330108", "滨江区", "滨江区")],
    "economic_zone": [("KFQ-1", "甲开发区（示例）", "海宁市")],
    "manufacturing": [("M1", "甲电子有限公司（示例）", "滨江区"), ("M2", "乙机械有限公司（示例）", "萧山区")],
    "services": [("M2", "乙机械有限公司（示例）", "萧山区")],
}
PASSWORD = "shili-mima-2019"


@pytest.fixture(autouse=True)
def uncounted() -> None:
    """How often somebody looked something up is forgotten between tests."""
    cache.clear()


@pytest.fixture(scope="session")
def browser() -> None:
    """Opened before the database of a test that looks at pages: from then on an event loop runs in this thread, and
    Django keeps another connection for code beside a loop than for code without one."""
    chromium()


@pytest.fixture
def people(db: None) -> None:
    """Everybody of the demo has a chair and a log-in."""
    settle_people(PASSWORD)


@pytest.fixture
def threads(transactional_db: None) -> Iterator[None]:
    """A database that several threads share. What may never be deleted is let go of when the test is over."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'kept_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


@pytest.fixture
def begun(people: None) -> Round:
    """A round of 2019 in preparation."""
    return begins.live_begun()


@pytest.fixture
def planned(begun: Round) -> Round:
    """Its plan is issued, and the tracks of all seven domains are begun."""
    begins.live_planned(begun)
    begun.refresh_from_db()
    begins.live_tracks_begun(begun)
    return begun


@pytest.fixture
def decided(planned: Round) -> Round:
    """The leading group has decided small lists; every plan is in force."""
    accept_lists(planned, LISTS, COMPILED)
    live_compiled(planned)
    live_review(planned)
    live_decided(planned)
    plans_in_force(planned, COMPILED)
    return planned


@pytest.fixture
def on_notice(decided: Round) -> Round:
    """They are on public notice."""
    lives.live_notice(decided)
    return decided


@pytest.fixture
def issued(on_notice: Round) -> Round:
    """And issued."""
    lives.live_issued(on_notice)
    return on_notice


@pytest.fixture
def as_(people: None) -> Callable[[str, datetime], Client]:
    """A browser in which somebody is logged in, with the site's clock at a moment."""

    def open_browser(username: str, at: datetime) -> Client:
        move_clock(at)
        client = Client()
        client.force_login(Account.objects.get(username=username))
        return client

    return open_browser


@pytest.fixture
def doer(people: None) -> Callable[[str, datetime], Doer]:
    return demo_doer


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a small fictitious province."""
    folder = tmp_path_factory.mktemp("province")
    make_province(folder, seed=2019, manufacturers=LEAST_MANUFACTURERS)
    return folder
