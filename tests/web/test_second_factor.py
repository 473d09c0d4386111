"""X15: grave acts want password and phone together, five minutes old at most; a code of the phone works once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from mujun.web.actions.access import set_password
from mujun.web.actions.accounts import create_account
from mujun.web.actions.backup import take_backup
from mujun.web.actions.refused import Refused
from mujun.web.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    reset_second_factor,
    show_second_factor,
)
from mujun.web.clock import move_clock
from mujun.web.codes import SECONDS, code_of, step_at, step_of
from mujun.web.doer import Doer
from mujun.web.living.notice import ISSUED
from mujun.web.living.people import demo_doer, give_second_factor, settle_people
from mujun.web.models import Account, AuditEvent, Message, Person, RecoveryCode, RoleGrant, Round, SecondFactor
from mujun.web.queries.audit import CHECKPOINT
from mujun.web.queries.second_factor import demo_code, handed, pending_of, roles_that_need_it, secret_of
from mujun.web.seal import seal, unseal
from mujun.workflow.moment import CHINA
from tests.web.conftest import PASSWORD
from tests.web.shortcuts import code_now
from tests.web.test_notice import ISSUE

NOW = datetime(2019, 5, 6, 9, tzinfo=CHINA)
AT = datetime(2026, 3, 2, 9, 0, 10, tzinfo=CHINA)
"""The machine's clock, which a phone follows; the site's (`NOW`) is that of the demo."""
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
Open = Callable[[str, datetime], Client]


def account(login: str) -> Account:
    return Account.objects.select_related("person").get(username=login)


def said(login: str, at: datetime) -> str:
    """What the phone shows at a moment."""
    return code_of(secret_of(SecondFactor.objects.get(account__username=login)), step_at(at))


def show(login: str, code: str, at: datetime = AT) -> bool:
    return show_second_factor(account(login), code, by=demo_doer(login, NOW), now=NOW, at=at)


def enrol(login: str, at: datetime = AT) -> list[str]:
    one = account(login)
    begin_second_factor(one, by=demo_doer(login, NOW), now=NOW, at=at)
    return confirm_second_factor(one, said(login, at), by=demo_doer(login, NOW), now=NOW, at=at)


def prove(client: Client, login: str) -> Any:
    return client.post("/reauthenticate/", {"password": PASSWORD, "code": code_now(login)})


def without_factor(login: str) -> None:
    SecondFactor.objects.filter(account__username=login).delete()


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as raised:
        act()
    return [one.code for one in raised.value.reasons]


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """Appendix B, SHA-1, its last six digits."""
    at = datetime.fromtimestamp(seconds, tz=CHINA)

    assert (code_of(RFC, step_at(at)), step_of(RFC, code, at)) == (code, seconds // SECONDS)


def test_what_is_sealed_opens_for_its_owner_alone_and_with_the_sites_key_alone() -> None:
    sealed = seal(RFC, "7")

    assert (unseal(sealed, "7"), RFC in sealed) == (RFC, False)
    with pytest.raises(InvalidTag):
        unseal(sealed, "8")
    with override_settings(SECRET_KEY="another"), pytest.raises(InvalidTag):
        unseal(sealed, "7")


def test_those_need_it_who_confirm_minutes_issue_or_grant() -> None:
    assert {one.value for one in roles_that_need_it()} == {"B", "SE"}


def test_x15_the_right_code_passes_and_the_same_one_again_does_not(people: None) -> None:
    code = said("b", AT)

    assert [show("b", code), show("b", code), show("b", code, AT + timedelta(seconds=15))] == [True, False, False]
    assert [(one.act, one.outcome) for one in AuditEvent.objects.all()] == [
        ("reauthenticate", "done"), ("reauthenticate", "refused"), ("reauthenticate", "refused"),
    ]  # fmt: skip


@pytest.mark.parametrize(("steps", "passes"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_x15_a_phone_may_be_one_step_early_or_late_and_not_two(people: None, steps: int, passes: bool) -> None:
    assert show("b", said("b", AT + timedelta(seconds=SECONDS * steps))) is passes


def test_x15_a_code_from_before_the_last_one_is_not_taken_though_it_is_in_time(people: None) -> None:
    late, early = said("b", AT), said("b", AT - timedelta(seconds=SECONDS))

    assert (show("b", late), show("b", early)) == (True, False)


def test_x15_another_ones_code_is_wrong(people: None) -> None:
    assert show("b", said("b2", AT)) is False


def test_a_code_typed_with_spaces_or_full_width_is_the_same(people: None) -> None:
    code = said("b", AT)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code)

    assert show("b", f" {wide[:3]} {wide[3:]} ") is True


def test_x15_ten_recovery_codes_work_once_each(people: None) -> None:
    without_factor("b")
    codes = enrol("b")

    assert len(set(codes)) == 10
    assert [show("b", codes[0]), show("b", codes[0]), show("b", codes[1].upper().replace("-", " "))] == [
        True, False, True,
    ]  # fmt: skip
    assert RecoveryCode.objects.filter(used_at=None).count() == 8
    assert AuditEvent.objects.latest("seq").facts == {"with": "恢复码", "recovery_codes_left": 8}
    assert show("b2", codes[2]) is False


def test_nothing_counts_before_the_phone_has_answered(people: None) -> None:
    without_factor("b")
    one = account("b")
    begin_second_factor(one, by=demo_doer("b", NOW), now=NOW, at=AT)

    assert demo_doer("b", NOW).actor.second_factor is False
    assert show("b", said("b", AT)) is False
    assert confirm_second_factor(one, "000000", by=demo_doer("b", NOW), now=NOW, at=AT) == []
    late = AT + timedelta(minutes=15)
    assert refused(lambda: confirm_second_factor(one, said("b", late), by=demo_doer("b", NOW), now=NOW, at=late)) == [
        "nothing_begun"
    ]
    confirm_second_factor(one, said("b", AT), by=demo_doer("b", NOW), now=NOW, at=AT)
    assert demo_doer("b", NOW).actor.second_factor is True


def test_x15_the_code_that_set_it_up_is_used_up_with_it(people: None) -> None:
    without_factor("b")
    enrol("b")

    assert show("b", said("b", AT)) is False


def test_what_is_set_is_not_begun_over(people: None) -> None:
    assert refused(lambda: begin_second_factor(account("b"), by=demo_doer("b", NOW), now=NOW, at=AT)) == [
        "has_second_factor"
    ]
    with pytest.raises(ValueError, match="in use"):
        handed(SecondFactor.objects.get(account__username="b"))


def test_x15_it_is_set_up_by_the_pages_and_the_secret_is_shown_until_the_phone_answers(as_: Open) -> None:
    without_factor("b")
    client = as_("b", NOW)
    assert client.post("/account/second-factor/", {"password": "wrong"}).status_code == 200
    first = client.post("/account/second-factor/", {"password": PASSWORD, "next": "/people/"})
    assert first.headers["Location"] == "/account/second-factor/confirm/?next=%2Fpeople%2F"

    page = client.get(first.headers["Location"]).content.decode()
    pending = pending_of(account("b"), timezone.now())
    assert pending is not None
    secret = secret_of(pending)
    assert "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page)) == secret
    assert page.count("<svg") == 1
    assert client.post("/account/second-factor/confirm/", {"code": "000000"}).status_code == 200
    done = client.post("/account/second-factor/confirm/", {"code": code_now("b"), "next": "/people/"})
    codes = re.findall(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", done.content.decode())
    assert (len(codes), 'href="/people/"' in done.content.decode()) == (10, True)

    later = [client.get(path) for path in ("/account/", "/account/second-factor/", "/account/second-factor/confirm/")]
    assert [one.status_code for one in later] == [200, 302, 302]
    assert "还有10个恢复码" in later[0].content.decode()
    told = "".join(one.content.decode() for one in later)
    assert [one for one in (secret, *codes) if one in told] == []


def test_x15_secret_and_codes_are_in_no_record_no_listing_and_not_in_the_clear(
    people: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    without_factor("b")
    codes = enrol("b")
    secret = secret_of(SecondFactor.objects.get(account__username="b"))
    show("b", codes[0])
    show("b", "wrong")
    manifest = (take_backup(tmp_path, NOW) / "backup.json").read_text(encoding="utf-8")

    tables = [AuditEvent, Message, SecondFactor, RecoveryCode, Account]
    kept = repr([list(one.objects.values()) for one in tables]) + manifest + caplog.text
    bare = [one.replace("-", "") for one in codes]
    assert [one for one in (secret, *codes, *bare, said("b", AT)) if one in kept] == []


def test_x15_password_and_code_are_asked_for_at_once(as_: Open) -> None:
    client = as_("b", NOW)
    code = code_now("b")

    answers = [
        client.post("/reauthenticate/", told).status_code
        for told in (
            {"password": PASSWORD},
            {"code": code},
            {"password": "wrong", "code": code},
            {"password": PASSWORD, "code": "000000"},
            {"password": PASSWORD, "code": code},  # the wrong password did not use it up
            {"password": PASSWORD, "code": code},
        )
    ]

    assert answers == [200, 200, 200, 200, 302, 200]
    assert [one.label for one in AuditEvent.objects.filter(outcome="refused")] == [
        "重新验证身份：密码不对",
        "重新验证身份：动态口令不对，或已用过",
        "重新验证身份：动态口令不对，或已用过",
    ]


def test_x14_showing_who_one_is_gives_the_session_another_name(as_: Open) -> None:
    client = as_("b", NOW)
    before = client.session.session_key

    prove(client, "b")
    assert client.session.session_key != before
    assert client.get("/desk/").status_code == 200


def test_one_is_led_back_to_where_one_was_going_and_nowhere_else(as_: Open) -> None:
    client = as_("b", NOW)
    for where, told in (("/people/", "/people/"), ("https://example.org/", "/desk/")):
        SecondFactor.objects.update(last_step=0)
        code = code_now("b")
        answer = client.post("/reauthenticate/", {"password": PASSWORD, "code": code, "next": where})
        assert answer.headers["Location"] == told


def test_x15_a_log_in_by_password_alone_issues_nothing(on_notice: Round) -> None:
    move_clock(ISSUED)
    client = Client()
    client.post("/login/", {"username": "b2", "password": PASSWORD})

    answer: Any = client.post(f"/act/round/{on_notice.pk}/R10/", {**ISSUE, "how": "do"})
    assert (answer.status_code, [one.code for one in answer.context["against"]]) == (409, ["not_reauthenticated"])


def test_x15_an_old_proof_issues_nothing_and_a_new_one_does(on_notice: Round, as_: Open) -> None:
    client = as_("b2", ISSUED)
    prove(client, "b2")
    address = f"/act/round/{on_notice.pk}/R10/"
    move_clock(ISSUED + timedelta(minutes=5, seconds=5))
    late: Any = client.post(address, {**ISSUE, "how": "do"})
    assert (late.status_code, [one.code for one in late.context["against"]]) == (409, ["not_reauthenticated"])

    SecondFactor.objects.update(last_step=0)
    prove(client, "b2")
    assert client.post(address, {**ISSUE, "how": "do"}).status_code == 302
    on_notice.refresh_from_db()
    assert on_notice.state == "PUBLISHED"


def test_x15_without_a_second_factor_the_way_to_it_stands_in_place_of_the_act(on_notice: Round, as_: Open) -> None:
    without_factor("b2")
    client = as_("b2", ISSUED)
    address = f"/act/round/{on_notice.pk}/R10/"

    page = client.get(f"{address}?how=do").content.decode()
    assert ("您还没有设置动态口令" in page, 'name="document_number"' in page) == (True, False)
    assert f'href="/account/second-factor/?next=/act/round/{on_notice.pk}/R10/%3Fhow%3Ddo"' in page
    answer: Any = client.post(address, {**ISSUE, "how": "do"})
    assert [one.code for one in answer.context["against"]] == ["no_second_factor"]
    proof = client.post("/reauthenticate/", {"password": PASSWORD, "code": "000000"})
    assert (proof.status_code, "/account/second-factor/" in proof.content.decode()) == (409, True)
    on_notice.refresh_from_db()
    assert on_notice.state == "NOTICE"
    assert "设置动态口令" in client.get("/desk/").content.decode()


def test_x15_minutes_are_confirmed_by_password_and_phone_alone(planned: Round) -> None:
    from mujun.web.actions.step import take

    without_factor("b2")
    assert "no_second_factor" in refused(lambda: take("R6", planned, by=demo_doer("b2", NOW), now=NOW))
    stale = demo_doer("b", NOW, fresh=False)
    assert "not_reauthenticated" in refused(lambda: take("R6", planned, by=stale, now=NOW))


def test_x15_roles_are_granted_by_password_and_phone_alone(as_: Open) -> None:
    from tests.web.test_grants import new_person, propose

    person = new_person()
    key = propose(person)
    without_factor("se")
    client = as_("se", NOW)

    page = client.get(f"/people/{person.pk}/").content.decode()
    assert ("您还没有设置动态口令" in page, "确认授予" in page, "不予授予" in page) == (True, False, True)
    assert client.post(f"/people/roles/{key}/confirm/").headers["Location"] == (
        f"/reauthenticate/?next=/people/{person.pk}/"
    )
    assert RoleGrant.objects.filter(person=person).count() == 0


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/reauthenticate/", {"password": PASSWORD, "code": "000000"}),
        ("/account/second-factor/stop/", {"password": PASSWORD, "code": "000000"}),
    ],
)
def test_x15_guessing_codes_is_stopped_and_then_the_right_one_waits_too(
    as_: Open, path: str, told: dict[str, str]
) -> None:
    client = as_("b", NOW)
    answers = [client.post(path, told).status_code for _ in range(6)]
    right = prove(client, "b")

    assert answers == [200] * 5 + [429]
    assert (right.status_code, 0 < int(right.headers["Retry-After"]) <= 900) == (429, True)


def test_x15_setting_up_is_counted_too(as_: Open) -> None:
    without_factor("b")
    client = as_("b", NOW)

    answers = [client.post("/account/second-factor/", {"password": "wrong"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_x15_giving_it_up_wants_both_and_puts_other_browsers_out(as_: Open) -> None:
    mine, other = as_("b", NOW), as_("b", NOW)
    path = "/account/second-factor/stop/"

    assert mine.post(path, {"password": "wrong", "code": code_now("b")}).status_code == 200
    assert SecondFactor.objects.filter(account__username="b").count() == 1
    assert mine.post(path, {"password": PASSWORD, "code": code_now("b")}).headers["Location"] == "/account/"
    assert SecondFactor.objects.filter(account__username="b").count() == 0
    assert (mine.get("/desk/").status_code, other.get("/desk/").status_code) == (200, 302)


def test_x15_the_security_administrator_resets_it_with_a_reason_and_learns_nothing(as_: Open) -> None:
    owner, security = as_("b", NOW), as_("se", NOW)
    owner.get("/desk/")
    path = f"/people/accounts/{account('b').pk}/second-factor/"
    secret = secret_of(SecondFactor.objects.get(account__username="b"))

    page = security.get(path).content.decode()
    assert ("现在验证" in page, 'name="why"' in page) == (True, False)
    assert security.post(path, {"why": "手机丢失"}).status_code == 409
    prove(security, "se")
    assert security.post(path, {"why": " "}).status_code == 200
    page = security.get(path).content.decode()
    assert secret not in page
    assert security.post(path, {"why": "手机丢失"}).headers["Location"] == f"/people/{account('b').person_id}/"

    assert SecondFactor.objects.filter(account__username="b").count() == 0
    assert owner.get("/desk/").status_code == 302
    event = AuditEvent.objects.latest("seq")
    assert (event.act, event.account, event.about, event.facts) == (
        "reset_second_factor", "se", "白舟（示例） b", {"reason": "手机丢失"},
    )  # fmt: skip
    assert "已由石恩（示例）重设" in Message.objects.get(to_person=account("b").person).text


def test_x15_resetting_it_is_a_grave_act_itself(people: None) -> None:
    """Else whoever finds that browser open could take anybody's place."""
    stale = demo_doer("se", NOW, fresh=False)

    assert refused(lambda: reset_second_factor(account=account("b"), why="丢失", by=stale, now=NOW)) == [
        "not_reauthenticated"
    ]


@pytest.mark.parametrize("login", ["sa", "au", "b", "k-330108"])
def test_x15_nobody_else_resets_it(people: None, login: str) -> None:
    by = demo_doer(login, NOW)

    assert refused(lambda: reset_second_factor(account=account("b2"), why="试试", by=by, now=NOW)) == ["not_granted"]


def test_x15_the_security_administrator_does_not_reset_his_own(people: None) -> None:
    by = demo_doer("se", NOW)

    assert refused(lambda: reset_second_factor(account=account("se"), why="试试", by=by, now=NOW)) == ["own_account"]


def test_the_machine_resets_that_of_the_last_security_administrator(
    people: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("reset_second_factor", "se", "--why", "唯一的安全管理员手机丢失")

    assert SecondFactor.objects.filter(account__username="se").count() == 0
    event = AuditEvent.objects.latest("seq")
    assert (event.act, event.who, event.facts["reason"]) == (
        "reset_second_factor", "系统", "唯一的安全管理员手机丢失",
    )  # fmt: skip
    with pytest.raises(CommandError, match="没有设置"):
        call_command("reset_second_factor", "se", "--why", "再来")
    with pytest.raises(CommandError, match="没有用户名"):
        call_command("reset_second_factor", "nobody", "--why", "再来")


def test_a_new_persons_first_log_in_leads_to_it_if_his_role_needs_it(people: None) -> None:
    move_clock(NOW)
    led = {}
    for role, login in (("B", "zhangsan"), ("A", "lisi")):
        made = create_account(username=login, name=login, office="省亩均办", by=demo_doer("sa", NOW), now=NOW)
        RoleGrant.objects.create(person=made.account.person, role=role, since=NOW)
        client = Client()
        client.post("/login/", {"username": login, "password": made.secret})
        told = {"new_password1": "jinhua-chaye-77", "new_password2": "jinhua-chaye-77"}
        led[role] = client.post("/password/", told).headers["Location"]

    assert led == {"B": "/account/second-factor/", "A": "/desk/"}


def test_a_new_password_leaves_the_second_factor_as_it_was(people: None) -> None:
    set_password(account("b"), "jinhua-chaye-77", by=demo_doer("b", NOW), now=NOW)

    assert show("b", said("b", AT)) is True


def test_x15_only_a_demo_site_shows_the_code(as_: Open) -> None:
    client = as_("b", NOW)
    code = demo_code(account("b"), timezone.now())
    assert len(code) == 6
    shown = client.get("/reauthenticate/").content.decode()
    assert ("示例（演示站点才显示）" in shown, code in shown) == (True, True)

    with override_settings(DEMO=False):
        real = [client.get(path).content.decode() for path in ("/reauthenticate/", "/account/second-factor/stop/")]
        without_factor("b")
        client.post("/account/second-factor/", {"password": PASSWORD})
        real.append(client.get("/account/second-factor/confirm/").content.decode())
        codes = {code_of(secret_of(one), step_at(timezone.now())) for one in SecondFactor.objects.all()} | {code}
        assert demo_code(account("b"), timezone.now()) == ""

    assert [one for page in real for one in codes if one in page] == []
    assert ["演示站点" in page or "示例（" in page.split("<main")[1].split("</main")[0] for page in real] == [False] * 3
    assert [page.count("<form") for page in real] == [2, 2, 2]  # the page, and logging out


def test_the_demos_own_code_is_the_next_when_this_one_is_used(people: None) -> None:
    one = account("b")
    shown = []
    for _ in range(3):
        shown.append(demo_code(one, AT))
        show("b", shown[-1])

    assert shown == [said("b", AT), said("b", AT + timedelta(seconds=SECONDS)), ""]


@pytest.fixture
def shared(threads: None) -> Iterator[Doer]:
    (Path(settings.HOME) / CHECKPOINT).unlink(missing_ok=True)
    settle_people(PASSWORD)
    yield demo_doer("b", NOW)
    (Path(settings.HOME) / CHECKPOINT).unlink(missing_ok=True)


@pytest.mark.parametrize("kind", ["code", "recovery"])
def test_x15_of_two_who_send_the_same_code_at_once_one_passes(shared: Doer, kind: str) -> None:
    if kind == "recovery":
        without_factor("b")
        sent = enrol("b")[0]
    else:
        sent = said("b", AT)
    start, answers = Barrier(8), []

    def send() -> None:
        own = account("b")
        start.wait()
        answers.append(show_second_factor(own, sent, by=shared, now=NOW, at=AT))
        connection.close()

    hands = [Thread(target=send) for _ in range(8)]
    for one in hands:
        one.start()
    for one in hands:
        one.join()

    assert Counter(answers) == Counter({True: 1, False: 7})


def test_two_log_ins_of_one_person_have_a_phone_each(people: None) -> None:
    person = Person.objects.get(accounts__username="b")
    second = Account.objects.create_account("b-second", person, PASSWORD)
    assert demo_doer("b-second", NOW).actor.second_factor is False

    give_second_factor(second)
    assert show("b-second", said("b", AT)) is False
    assert show("b-second", said("b-second", AT)) is True


def test_with_another_key_no_code_is_right_and_a_recovery_code_still_is(people: None) -> None:
    without_factor("b")
    codes = enrol("b")
    right = said("b", AT + timedelta(seconds=SECONDS))

    with override_settings(SECRET_KEY="another"):
        assert (show("b", right, AT + timedelta(seconds=SECONDS)), show("b", codes[0])) == (False, True)
    assert show("b", right, AT + timedelta(seconds=SECONDS))
