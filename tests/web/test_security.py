"""What the site does not let pass, whoever asks: forged posts, writing by reading, foreign frames, lines in the log.

The numbers are those of the checks of security; each is tried at the door of the site.
"""

from __future__ import annotations

import logging
import re
import runpy
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

import mujun.web.settings
from mujun.web.actions.accounts import create_account, stop_account
from mujun.web.living.people import demo_doer
from mujun.web.log import OneLine
from mujun.web.models import Account, AuditEvent, Round
from mujun.web.models.rounds import Machine
from tests.web.addresses import addresses
from tests.web.conftest import PASSWORD
from tests.web.test_matrix import NOW, browser_of
from tests.web.test_matrix import province as everything

Open = Callable[[str, datetime], Client]
assert everything  # the fixture of a whole site, under a name that hides no other


def burst(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("内部细节 /srv/secret")


urlpatterns = [path("burst/", burst), path("", include("mujun.web.urls"))]
handler500 = "mujun.web.views.home.broken"


def whole_database() -> dict[str, list[Any]]:
    """All rows but those a reading may write: its session, and the refusals of the record."""
    rows: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            where = " WHERE outcome NOT IN ('refused', 'alert')" if table == "mujunweb_auditevent" else ""
            if table != "django_session":
                cursor.execute(f"SELECT * FROM {table}{where}")
                rows[table] = sorted(cursor.fetchall(), key=repr)
    return rows


@pytest.mark.parametrize("login", ["", "a", "c-manufacturing", "k-330108", "sa", "se", "au", "o1"])
def test_x12_reading_writes_nothing_at_any_address(everything: dict[str, list[Machine]], login: str) -> None:
    client = browser_of(login)
    client.raise_request_exception = False
    before = whole_database()

    answers = {address: client.get(address).status_code for address in addresses()}

    assert whole_database() == before
    assert {address: code for address, code in answers.items() if code >= 500} == {}
    assert list(answers.values()).count(200) >= 3


def test_x12_a_post_without_the_token_of_the_page_is_refused_at_every_address(planned: Round) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(username="a"))
    before = whole_database()

    answers = {address: client.post(address).status_code for address in addresses()}

    assert set(answers.values()) == {403}
    assert whole_database() == before
    assert set(AuditEvent.objects.filter(act="forged").values_list("outcome", "account")) == {("refused", "a")}
    assert "什么也没有改动" in client.post("/desk/clock/").content.decode()


def test_x13_every_page_carries_the_headers(as_: Open) -> None:
    for answer in (Client().get("/"), as_("a", NOW).get("/desk/"), as_("a", NOW).get("/nowhere/at/all/")):
        parts = [part.split() for part in answer.headers["Content-Security-Policy"].split("; ")]
        policy = {name: values for name, *values in parts}
        assert (policy["object-src"], policy["base-uri"], policy["frame-ancestors"]) == (["'none'"],) * 3
        assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
        assert {name: answer.headers[name] for name in ("Referrer-Policy", "Cross-Origin-Opener-Policy")} == {
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_x13_over_https_cookies_belong_to_the_host_and_the_browser_stays_with_it(
    people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUJUN_HTTPS", "1")
    read = runpy.run_path(str(Path(mujun.web.settings.__file__)))
    told = {name: read[name] for name in read if re.match("HTTPS|SECURE_|(SESSION|CSRF|DEVICE)_COOKIE_", name)}

    with override_settings(**told):
        client = Client()
        client.get("/login/", secure=True)
        answer = client.post("/login/", {"username": "a", "password": PASSWORD}, secure=True)

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert {
        name: (one["secure"], one["httponly"], one["samesite"], one["path"], one["domain"])
        for name, one in client.cookies.items()
    } == dict.fromkeys(("__Host-csrf", "__Host-session", "__Host-device"), (True, True, "Lax", "/", ""))


def test_x14_logging_in_gives_a_new_session_and_logging_out_ends_it(people: None) -> None:
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before or ""

    client.post("/login/", {"username": "a", "password": "shili-mima-2019"})
    after = client.session.session_key
    assert before != after
    assert client.get("/desk/").status_code == 200

    client.post("/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = after or ""
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize(("what", "seconds"), [("seen", 30 * 60 + 1), ("began", 8 * 3600 + 1)])
def test_x14_a_session_left_alone_or_too_old_is_over(as_: Open, what: str, seconds: int) -> None:
    client = as_("a", NOW)
    assert client.get("/desk/").status_code == 200
    session = client.session
    session[what] -= seconds
    session.save()

    assert client.get("/desk/").status_code == 302


def test_x19_what_somebody_types_stays_one_line_in_record_and_log(people: None) -> None:
    typed = "甲\r\n2019-05-06 已授予 B\u2028"
    made = create_account(username="zhangsan", name=typed, office="某处", by=demo_doer("sa", NOW), now=NOW)
    stop_account(account=made.account, why=typed, by=demo_doer("se", NOW), now=NOW)
    Client().post("/login/", {"username": f"a{typed}", "password": "x" * 12})

    for event in AuditEvent.objects.all():
        assert "\n" not in event.about + event.label + event.who + event.link.content
        assert "\r" not in event.about + event.label + event.who + event.link.content
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(OneLine())
    handler.handle(logging.LogRecord("mujun", logging.WARNING, "", 0, "试 %s", (typed,), None))
    assert len(written.getvalue().rstrip("\n").split("\n")) == 1
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING", written.getvalue())


def test_x19_log_ins_that_fail_are_recorded_without_what_was_typed(people: None) -> None:
    Client().post("/login/", {"username": "a", "password": "geheim-geheim"})
    Client().post("/login/", {"username": "wo-de-mima-zai-zheli", "password": "geheim-geheim"})

    assert [(one.act, one.outcome, one.about) for one in AuditEvent.objects.all()] == [
        ("login", "refused", "a"),
        ("login", "refused", "没有这个用户名"),
    ]
    assert "mima" not in repr(list(AuditEvent.objects.values()))


@override_settings(ROOT_URLCONF="tests.web.test_security")
def test_x20_a_page_that_breaks_tells_a_number_and_nothing_else(people: None) -> None:
    client = Client(raise_request_exception=False)

    answer = client.get("/burst/")

    page = answer.content.decode()
    assert answer.status_code == 500
    assert re.search(r"编号 <b>[0-9a-f]{12}</b>", page)
    assert [word for word in ("内部细节", "secret", "Traceback", "RuntimeError", ".py") if word in page] == []


def test_x20_nothing_is_told_of_what_runs_the_site(people: None) -> None:
    client = Client()

    assert settings.DEBUG is False
    for address in ("/.git/config", "/static/../.git/config", "/.env"):
        assert client.get(address).status_code == 404
    assert client.generic("TRACE", "/").status_code == 405
    assert {"Server", "X-Powered-By"} & set(client.get("/").headers) == set()


@pytest.mark.parametrize("login", ["sa", "se", "au"])
def test_x22_an_administrator_who_tries_business_is_refused_and_an_alert_is_recorded(
    as_: Open, begun: Round, login: str
) -> None:
    answer = as_(login, NOW).post(f"/act/round/{begun.pk}/R2/", {"how": "do"})

    last = AuditEvent.objects.latest("seq")
    begun.refresh_from_db()
    assert (answer.status_code, last.outcome, last.account, begun.state) == (403, "alert", login, "DRAFT")
    assert "查看近30天的告警（1）" in as_("au", NOW).get("/desk/").content.decode()
    assert "拒绝并告警" in as_("au", NOW).get("/audit/?outcome=alert").content.decode()
