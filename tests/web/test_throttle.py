"""Whoever tries passwords is stopped; whose name he tries is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import get_resolver

from mujun.web.actions.accounts import let_try_again
from mujun.web.living.people import demo_doer
from mujun.web.models import Account, Tally
from mujun.web.views.limits import source_of
from mujun.workflow.moment import CHINA
from tests.web.addresses import addresses
from tests.web.test_matrix import browser_of, patterns
from tests.web.test_matrix import province as everything

assert everything  # the fixture of a whole site, under a name that hides no other
NOW = datetime(2019, 5, 6, 9, tzinfo=CHINA)
RIGHT = "shili-mima-2019"


class Counting(MD5PasswordHasher):
    """Counts how often the work of hashing is done."""

    done = 0

    def encode(self, password: str, salt: Any) -> str:
        Counting.done += 1
        return super().encode(password, salt)


def try_login(client: Client, username: str, password: str, source: str = "192.0.2.1") -> HttpResponse:
    answer: Any = client.post("/login/", {"username": username, "password": password}, REMOTE_ADDR=source)
    return answer


def test_x16_after_five_wrong_passwords_the_right_one_waits_too(people: None) -> None:
    client = Client()
    wrong = [try_login(client, "a", "wrong").status_code for _ in range(5)]
    answer = try_login(client, "a", RIGHT)

    assert (wrong, answer.status_code) == ([200] * 5, 429)
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_x16_a_stranger_stops_himself_and_not_the_owner(people: None) -> None:
    for _ in range(6):
        stranger = try_login(Client(), "a", "wrong", "198.51.100.7")

    assert stranger.status_code == 429
    assert try_login(Client(), "a", RIGHT, "192.0.2.1").status_code == 302


def test_x16_a_stranger_in_the_same_house_does_not_stop_the_owners_browser(people: None) -> None:
    own = Client()
    assert try_login(own, "a", RIGHT).status_code == 302
    for _ in range(6):
        try_login(Client(), "a", "wrong")

    assert try_login(Client(), "a", RIGHT).status_code == 429
    assert try_login(own, "a", RIGHT).status_code == 302


def test_x16_strangers_from_everywhere_are_stopped_but_not_the_owners_browser(people: None) -> None:
    own = Client()
    try_login(own, "a", RIGHT)
    for number in range(50):
        try_login(Client(), "a", "wrong", f"198.51.100.{number}")

    assert try_login(Client(), "a", "wrong", "203.0.113.1").status_code == 429
    assert try_login(own, "a", RIGHT).status_code == 302


def test_the_security_administrator_lets_the_owner_try_at_once(people: None) -> None:
    for _ in range(5):
        try_login(Client(), "a", "wrong")
        try_login(Client(), "b", "wrong")

    let_try_again(account=Account.objects.get(username="a"), by=demo_doer("se", NOW), now=NOW)

    assert [try_login(Client(), name, RIGHT).status_code for name in ("a", "b")] == [302, 429]


def test_x16_a_known_browser_is_stopped_like_any_other_and_known_for_its_owner_alone(people: None) -> None:
    client = Client()
    try_login(client, "a", RIGHT)
    assert [try_login(client, "a", "wrong").status_code for _ in range(6)] == [200] * 5 + [429]
    assert [try_login(client, "b", "wrong").status_code for _ in range(6)] == [200] * 5 + [429]


def test_x16_one_source_that_tries_many_names_is_stopped(people: None) -> None:
    tried = [try_login(Client(), f"name-{number}", "wrong").status_code for number in range(31)]

    assert tried == [200] * 30 + [429]


@override_settings(PASSWORD_HASHERS=["tests.web.test_throttle.Counting"])
def test_x16_a_name_nobody_has_gets_the_same_answer_for_the_same_work(db: None) -> None:
    from tests.web.test_grants import new_person

    new_person()
    work, said = [], []
    for username in ("zhangsan", "nobody-at-all"):
        before = Counting.done
        page = try_login(Client(), username, "wrong").content.decode()
        work.append(Counting.done - before)
        said.append(
            [line for line in page.replace(username, "…").splitlines() if "csrf" not in line and "现在是" not in line]
        )
        for _ in range(4):
            try_login(Client(), username, "wrong")
    stopped = [try_login(Client(), username, "wrong").status_code for username in ("zhangsan", "nobody-at-all")]

    assert work[0] == work[1] > 0
    assert said[0] == said[1]
    assert stopped == [429, 429]


def test_x16_a_stopped_account_is_answered_as_any_wrong_password(people: None) -> None:
    Account.objects.filter(username="b").update(is_active=False)

    stopped = try_login(Client(), "b", RIGHT).content.decode()
    assert "用户名或密码不对" in stopped


def test_x16_showing_once_more_who_one_is_is_counted_too(as_: Callable[[str, datetime], Client]) -> None:
    client = as_("b", NOW)
    answers = [client.post("/reauthenticate/", {"password": "wrong", "code": "1"}).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_tallies_name_nobody(people: None) -> None:
    try_login(Client(), "a", "wrong")

    assert {len(one.key) for one in Tally.objects.all()} == {64}
    assert Tally.objects.count() == 3


def test_x18_objections_are_limited(people: None) -> None:
    answers = [Client().post("/notice/object/", {}, REMOTE_ADDR="192.0.2.9") for _ in range(11)]

    assert [one.status_code for one in answers[:10]] == [answers[0].status_code] * 10
    assert answers[0].status_code != 429
    assert (answers[10].status_code, int(answers[10].headers["Retry-After"]) > 0) == (429, True)
    assert Client().post("/notice/object/", {}, REMOTE_ADDR="192.0.2.10").status_code != 429


def test_x18_searching_and_exporting_are_limited_for_each_person(as_: Callable[[str, datetime], Client]) -> None:
    client = as_("sa", NOW)
    most = settings.LIMITS["search"][0]
    answers = [client.get("/people/?q=x").status_code for _ in range(most + 1)]
    export = "/rounds/2019/manufacturing/runs/1/units.xlsx"
    exported = [client.get(export).status_code for _ in range(settings.LIMITS["export"][0] + 1)]

    assert answers == [200] * most + [429]
    assert (exported[0], exported[-2], exported[-1]) == (404, 404, 429)
    assert as_("se", NOW).get("/people/?q=x").status_code == 200


LIMITED = {
    "search": "search", "people": "search", "run": "search", "units": "search", "county_values": "search",
    "audit": "search", "audit_workbook": "export",
    "run_workbook": "export", "run_file": "export", "public_document": "export", "certificate": "export",
    "dispatch_paper": "export", "nomination_paper": "export", "objection_paper": "export", "pack_paper": "export",
    "minutes_paper": "export", "own_proof_file": "export", "archive": "export", "statement_file": "export",
    "form_template": "export", "marked": "export", "ratings_form": "export",
    "public_file": "download", "row_proof": "download", "evidence": "download",
    "file_objection": "objection", "paper_objection": "paper", "look_up_objection": "look_up",
    "activate": "activate", "verify": "verify",
}  # fmt: skip
"""By hand: what searches, what hands out a file, what takes an objection. Log-in counts by itself (X16)."""


def test_x18_whatever_searches_exports_or_takes_an_objection_is_limited() -> None:
    views = {one.name: getattr(one.callback, "limited", "") for _, one in patterns(get_resolver())}

    assert {name: kind for name, kind in views.items() if kind} == LIMITED
    assert set(LIMITED.values()) <= set(settings.LIMITS)


@pytest.mark.parametrize("login", ["a", "o1"])
def test_x18_no_file_is_handed_out_by_a_page_without_a_limit(everything: Any, login: str) -> None:
    client = browser_of(login)
    client.raise_request_exception = False
    files, without = 0, []
    for address in addresses():
        answer: Any = client.get(address)
        if answer.status_code == 200 and "attachment" in answer.get("Content-Disposition", ""):
            files += 1
            if not getattr(answer.resolver_match.func, "limited", ""):
                without.append(address)

    assert without == []
    assert files >= 1


def answers_to(client: Client, path: str, kind: str, **more: Any) -> list[int]:
    return [client.get(path, **more).status_code for _ in range(settings.LIMITS[kind][0] + 1)]


def test_x18_the_public_is_limited_by_where_it_asks_from(db: None) -> None:
    """Whether there is anything to find or to hand out makes no difference."""
    for path, kind in (
        ("/search/?q=x", "search"),
        ("/certificates/2019/manufacturing/x.pdf", "export"),
        ("/data/2019/list-1/list.json", "download"),
    ):
        answers = answers_to(Client(), path, kind, REMOTE_ADDR="192.0.2.9")
        assert (set(answers[:-1]) <= {200, 404}, answers[-1]) == (True, 429), path
        last = Client().get(path, REMOTE_ADDR="192.0.2.9")
        assert 0 < int(last.headers["Retry-After"]) <= settings.LIMITS[kind][1]
        assert Client().head(path, REMOTE_ADDR="192.0.2.9").status_code == 429
        assert Client().get(path, REMOTE_ADDR="192.0.2.10").status_code != 429


def test_x18_log_in_says_when_to_come_back(people: None) -> None:
    answers = [try_login(Client(), "a", "wrong") for _ in range(6)]

    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert 0 < int(answers[5].headers["Retry-After"]) <= 900


def test_x18_activating_and_checking_a_file_are_limited(db: None) -> None:
    for path, kind in (("/activate/", "activate"), ("/verify/", "verify")):
        most = settings.LIMITS[kind][0]
        answers = [Client().post(path, {}, REMOTE_ADDR="192.0.2.9") for _ in range(most + 1)]
        assert 429 not in [one.status_code for one in answers[:-1]]
        assert (answers[-1].status_code, int(answers[-1].headers["Retry-After"]) > 0) == (429, True)


@pytest.mark.parametrize(
    ("proxies", "said", "address", "source"),
    [
        (0, "203.0.113.5", "192.0.2.1", "192.0.2.1"),  # nobody of ours said so
        (1, "10.9.9.9, 203.0.113.5", "192.0.2.1", "203.0.113.5"),  # what a visitor writes before it counts for nothing
        (2, "203.0.113.5, 10.0.0.2", "192.0.2.1", "203.0.113.5"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "nonsense", "192.0.2.1", "unknown"),
    ],
)
def test_where_a_request_comes_from(proxies: int, said: str, address: str, source: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=said)
    with override_settings(PROXIES=proxies):
        assert source_of(request) == source
