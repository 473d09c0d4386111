"""Accounts are made without a password that anybody chose; whoever is stopped or changed is out at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mujun.web.actions.access import set_password
from mujun.web.actions.accounts import create_account, record_places, reset_password, stop_account
from mujun.web.actions.refused import Refused
from mujun.web.clock import move_clock
from mujun.web.living.people import demo_doer
from mujun.web.models import Account, AuditEvent, Person, RoleGrant, Round, Track, ValueSet
from mujun.workflow.moment import CHINA

NOW = datetime(2019, 5, 6, 9, tzinfo=CHINA)
Open = Callable[[str, datetime], Client]


def log_in(username: str, password: str) -> Client | None:
    client = Client()
    answer = client.post("/login/", {"username": username, "password": password})
    return client if answer.status_code == 302 else None


def codes(raised: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in raised.value.reasons]


@pytest.fixture
def handed(people: None) -> tuple[Account, str]:
    move_clock(NOW)
    made = create_account(username="zhangsan", name="张三（示例）", office="省经信厅", by=demo_doer("sa", NOW), now=NOW)
    return made.account, made.secret


def test_x17_a_site_begins_without_any_account(db: None) -> None:
    assert (Person.objects.count(), Account.objects.count()) == (0, 0)


def test_x17_the_first_three_are_made_once_with_secrets_that_work_once(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--office", "信息中心", "--sa", "甲:jia", "--se", "乙:yi", "--au", "丙:bing"]
    call_command("first_admins", *words)

    secrets = re.findall(r"初始密码 (\S+)", capsys.readouterr().out)
    assert list(RoleGrant.objects.order_by("pk").values_list("role", flat=True)) == ["SA", "SE", "AU"]
    assert [
        Account.objects.get(username=name).check_password(one)
        for name, one in zip(("jia", "yi", "bing"), secrets, strict=True)
    ] == [True] * 3
    with pytest.raises(CommandError, match="已经有人"):
        call_command("first_admins", *words)


def test_x17_the_three_are_three_people(db: None) -> None:
    with pytest.raises(CommandError, match="三个人"):
        call_command("first_admins", "--office", "信息中心", "--sa", "甲:jia", "--se", "甲:yi", "--au", "丙:bing")


def test_x17_an_initial_secret_opens_only_the_page_where_it_is_changed(handed: tuple[Account, str]) -> None:
    client = log_in("zhangsan", handed[1])

    assert client is not None
    assert client.get("/desk/").headers["Location"] == "/password/"
    told = {"new_password1": "jinhua-chaye-77", "new_password2": "jinhua-chaye-77"}
    assert client.post("/password/", told).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert log_in("zhangsan", "jinhua-chaye-77") is not None


def test_x17_it_works_once(handed: tuple[Account, str]) -> None:
    assert log_in("zhangsan", handed[1]) is not None
    assert log_in("zhangsan", handed[1]) is None


def test_x17_it_expires(handed: tuple[Account, str]) -> None:
    move_clock(NOW + timedelta(hours=72))

    assert log_in("zhangsan", handed[1]) is None


def test_x17_it_cannot_be_kept(handed: tuple[Account, str]) -> None:
    client = log_in("zhangsan", handed[1])
    assert client is not None

    answer = client.post("/password/", {"new_password1": handed[1], "new_password2": handed[1]})

    assert (answer.status_code, "不能与现在的密码相同" in answer.content.decode()) == (200, True)


def test_x17_no_form_lets_an_administrator_choose_a_password(as_: Open) -> None:
    client = as_("sa", NOW)
    fields = re.findall(r'name="(\w+)"', client.get("/people/new/").content.decode())

    assert sorted(set(fields) - {"csrfmiddlewaretoken", "viewport"}) == [
        "name",
        "office",
        "phone",
        "post",
        "unit",
        "username",
    ]


def test_x17_secrets_are_not_kept_and_not_recorded(handed: tuple[Account, str]) -> None:
    account = Account.objects.get(username="zhangsan")
    kept = repr(list(AuditEvent.objects.values())) + repr(vars(account))

    assert handed[1] not in kept


def test_the_administrator_makes_an_account_by_the_page_and_sees_the_secret_once(as_: Open) -> None:
    client = as_("sa", NOW)
    told = {"username": "lisi", "name": "李四（示例）", "office": "省商务厅", "post": "", "phone": "", "unit": ""}
    page = client.post("/people/new/", told).content.decode()
    secret = re.search(r"初始密码</dt><dd><b>([a-z0-9-]+)</b>", page)

    assert secret is not None
    account = Account.objects.get(username="lisi")
    assert account.check_password(secret[1])
    assert secret[1] not in client.get(f"/people/{account.person_id}/").content.decode()
    assert log_in("lisi", secret[1]) is not None


def test_a_name_is_taken_once_whatever_its_case(handed: tuple[Account, str]) -> None:
    with pytest.raises(Refused) as raised:
        create_account(username="ZhangSan", name="别人", office="某处", by=demo_doer("sa", NOW), now=NOW)

    assert codes(raised) == ["name_taken"]


def test_a_county_makes_accounts_of_its_own_units_alone(planned: Round) -> None:
    track = Track.objects.get(domain="manufacturing")
    for unit, county, city in (("M1", "滨江区", "杭州市"), ("M2", "海宁市", "嘉兴市")):
        ValueSet.objects.create(
            track=track, scheme="manufacturing", unit=unit, name=unit, county=county, city=city, state="ENTERED"
        )
    county = demo_doer("k-330108", NOW)
    told = {"name": "联系人（示例）", "office": "甲公司", "by": county, "now": NOW}

    made = create_account(username="e-m1", unit="M1", **told)
    assert [(one.role, one.unit) for one in made.account.person.grants.all()] == [("E", "M1")]
    reset_password(account=made.account, by=county, now=NOW)
    for unit in ("M2", ""):
        with pytest.raises(Refused):
            create_account(username="e-m2", unit=unit, **told)
    with pytest.raises(Refused):
        reset_password(account=made.account, by=demo_doer("k-330481", NOW), now=NOW)
    with pytest.raises(Refused):
        reset_password(account=Account.objects.get(username="a"), by=county, now=NOW)


def test_x14_a_stopped_account_is_out_at_once_and_may_come_back(handed: tuple[Account, str], as_: Open) -> None:
    client = as_("a", NOW)
    assert client.get("/desk/").status_code == 200

    stop_account(account=Account.objects.get(username="a"), why="调离", by=demo_doer("se", NOW), now=NOW)
    assert client.get("/desk/").status_code == 302
    assert log_in("a", "shili-mima-2019") is None

    as_("se", NOW).post(f"/people/accounts/{Account.objects.get(username='a').pk}/restore/", {"why": "回来了"})
    assert client.get("/desk/").status_code == 302
    assert log_in("a", "shili-mima-2019") is not None


def test_x14_a_password_at_the_desk_ends_what_was_open(as_: Open) -> None:
    client = as_("a", NOW)
    client.get("/desk/")

    reset_password(account=Account.objects.get(username="a"), by=demo_doer("se", NOW), now=NOW)

    assert client.get("/desk/").status_code == 302


def test_x14_ones_own_new_password_keeps_this_browser_and_ends_the_others(as_: Open) -> None:
    mine, other = as_("a", NOW), as_("a", NOW)
    told = {"old_password": "shili-mima-2019", "new_password1": "jinhua-chaye-77", "new_password2": "jinhua-chaye-77"}

    assert mine.post("/password/", {**told, "old_password": "wrong"}).status_code == 200
    assert mine.post("/password/", told).status_code == 302
    assert (mine.get("/desk/").status_code, other.get("/desk/").status_code) == (200, 302)


def test_nobody_stops_or_resets_his_own_account(people: None) -> None:
    own = Account.objects.get(username="se")
    with pytest.raises(Refused) as raised:
        stop_account(account=own, why="试试", by=demo_doer("se", NOW), now=NOW)
    assert codes(raised) == ["own_account"]


def test_the_register_of_places_tells_none_from_unknown(people: None) -> None:
    person = Account.objects.get(username="c-manufacturing").person
    record_places(person=person, places=[], desks=["省经信厅"], by=demo_doer("sa", NOW), now=NOW)
    person.refresh_from_db()

    assert (person.places, person.desks) == ([], ["省经信厅"])
    assert AuditEvent.objects.latest("seq").facts["desks"] == ["省经信厅"]


def test_a_county_is_told_the_same_of_another_countys_unit_as_of_none(planned: Round, as_: Open) -> None:
    ValueSet.objects.create(
        track=Track.objects.get(domain="manufacturing"),
        scheme="manufacturing", unit="M2", name="M2", county="海宁市", city="嘉兴市", state="ENTERED",
    )  # fmt: skip
    client = as_("k-330108", NOW)
    told = {"username": "e-m2", "name": "某人（示例）", "office": "某公司", "post": "", "phone": ""}

    said = [
        re.findall(r'role="alert">([^<]+)<', client.post("/people/new/", {**told, "unit": unit}).content.decode())
        for unit in ("M2", "没有")
    ]

    assert said == [["没有找到这个单位，或它不在您的范围以内。请核对代码，或先导入名录。"]] * 2
    assert [one.outcome for one in AuditEvent.objects.filter(act="create_account")] == ["refused", "refused"]


def test_nobody_registers_his_own_places(people: None) -> None:
    with pytest.raises(Refused) as raised:
        record_places(
            person=Account.objects.get(username="sa").person, places=[], desks=[], by=demo_doer("sa", NOW), now=NOW
        )
    assert codes(raised) == ["own_places"]


def test_only_administrators_see_people(as_: Open) -> None:
    pk = Account.objects.get(username="a").person_id
    seen = {
        login: (as_(login, NOW).get("/people/").status_code, as_(login, NOW).get(f"/people/{pk}/").status_code)
        for login in ("sa", "se", "au", "k-330108", "a", "b", "l1", "t-3301")
    }

    assert seen == {
        "sa": (200, 200), "se": (200, 200), "au": (200, 200), "k-330108": (200, 404),
        "a": (403, 403), "b": (403, 403), "l1": (403, 403), "t-3301": (403, 403),
    }  # fmt: skip


def test_one_searches_people_by_name_office_or_log_in(as_: Open) -> None:
    client = as_("sa", NOW)

    assert "共1人" in client.get("/people/?q=k-330108").content.decode()
    assert "共3人" in client.get("/people/?q=省亩均办").content.decode()
    assert "没有找到" in client.get("/people/?q=查无此人").content.decode()


def test_the_list_of_people_asks_the_database_as_often_for_fifty_as_for_five(
    as_: Open, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = as_("sa", NOW)
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        client.get("/people/")


def test_own_password_is_recorded_without_it(people: None) -> None:
    account = Account.objects.get(username="a")
    set_password(account, "jinhua-chaye-77", by=demo_doer("a", NOW), now=NOW)

    assert [one.act for one in AuditEvent.objects.all()] == ["set_password"]
