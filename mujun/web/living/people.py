"""The people of the demo round: invented names, one log-in for every chair, all marked 示例. They do nothing."""

from __future__ import annotations

import base64
import csv
import hashlib
from datetime import datetime

from attrs import frozen
from django.contrib.auth.hashers import make_password
from django.db import transaction

from mujun.law import PROGRAMME
from mujun.web.doer import Doer, doer_of
from mujun.web.models import Account, Person, RoleGrant, SecondFactor
from mujun.web.programme import programme_round
from mujun.web.queries.second_factor import roles_that_need_it
from mujun.web.seal import seal
from mujun.workflow.moment import CHINA

SINCE = datetime(2019, 1, 1, tzinfo=CHINA)
PROVINCE = "浙江省"
_CHAIRS: tuple[tuple[str, str, str, str, str, dict[str, str], list[str], list[str]], ...] = (
    # log-in, name, office, post, role, bounds, places, desks
    ("a", "安然", "省亩均办", "经办", "A", {}, [], ["省亩均办"]),
    ("b", "白舟", "省亩均办", "负责人", "B", {}, [], ["省亩均办"]),
    ("b2", "毕行", "省亩均办", "负责人", "B", {}, [], ["省亩均办"]),
    ("l1", "雷鸣", "领导小组", "成员", "L", {}, ["滨江区"], []),
    ("l2", "黎明远", "领导小组", "成员", "L", {}, ["鄞州区"], []),
    ("l3", "林溪", "领导小组", "成员", "L", {}, ["海宁市"], []),
    ("l4", "凌云", "领导小组", "成员", "L", {}, [], []),
    ("l5", "罗素心", "领导小组", "成员", "L", {}, [], []),
    ("o1", "欧阳清", "异议受理窗口", "受理员", "O", {}, [], ["异议受理窗口"]),
    ("o2", "区小满", "异议受理窗口", "复核员", "O", {}, [], ["复核处"]),
    ("m", "莫言秋", "宣传处", "编辑", "M", {}, [], []),
    ("sa", "沈安", "信息中心", "系统管理员", "SA", {}, [], []),
    ("se", "石恩", "信息中心", "安全管理员", "SE", {}, [], []),
    ("au", "敖宇", "审计处", "审计管理员", "AU", {}, [], []),
)
_C_NAMES = ("陈一帆", "程砚", "崔晓", "蔡知行", "曹禾", "常青")
_D_NAMES = ("丁宁", "杜若", "段修远", "董平", "邓岚", "戴川")


@frozen
class Log:
    """One log-in of the demo, for the table that the command prints."""

    username: str
    name: str
    office: str
    role: str
    within: str


@transaction.atomic
def settle_people(password: str) -> list[Log]:
    """All chairs: the office, departments by domain, cities, counties, the leading group, administrators."""
    hashed = make_password(password)
    logs = [_seat(hashed, *chair) for chair in _CHAIRS]
    domains = [one for one in programme_round().domains if one.id != "county"]
    for number, domain in enumerate(domains):
        for role, names, post in (("C", _C_NAMES, "经办"), ("D", _D_NAMES, "负责人")):
            login = f"{role.lower()}-{domain.id.replace('_', '-')}"
            bounds = {"domain": domain.id}
            logs.append(
                _seat(hashed, login, names[number], domain.lead_agency, post, role, bounds, [], [domain.lead_agency])
            )
    for code, county, city in counties():
        logs.append(
            _seat(
                hashed, f"k-{code}", f"{county}经办", f"{county}亩均办", "经办", "K", {"region": county}, [county], []
            )
        )
        if f"t-{code[:4]}" not in {log.username for log in logs}:
            logs.append(
                _seat(hashed, f"t-{code[:4]}", f"{city}经办", f"{city}亩均办", "经办", "T", {"region": city}, [], [])
            )
    return logs


def settle_agency(password: str, agency: str, region: str = PROVINCE) -> Log:
    """An office that brings data, for a region. Without a password it is the same as everybody's."""
    login = f"p-{agency}" + ("" if region == PROVINCE else f"-{region}")
    bounds = {"agency": agency, "region": region}
    return _seat(_hashed(password), login, f"{agency}经办", f"{region}{agency}部门", "经办", "P", bounds, [], [])


def settle_unit(password: str, unit: str, name: str) -> Log:
    """A unit that has an account."""
    return _seat(_hashed(password), f"e-{unit}", f"{name}联系人", name, "联系人", "E", {"unit": unit}, [], [])


def _hashed(password: str) -> str:
    return make_password(password) if password else Account.objects.get(username="a").password


def counties() -> list[tuple[str, str, str]]:
    """Code, county and city of the 89."""
    with (PROGRAMME / "2019" / "tile_map.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [(row["code"], row["name"], row["prefecture"]) for row in rows]


def city_of() -> dict[str, str]:
    return {county: city for _, county, city in counties()}


def demo_doer(username: str, now: datetime, *, fresh: bool = True) -> Doer:
    """Somebody of the demo, by log-in; `fresh`: has just shown who he is."""
    account = Account.objects.select_related("person").get(username=username)
    return doer_of(account, now, now if fresh else None)


def give_second_factor(account: Account) -> None:
    """One whose secret anybody can work out from the name: the pages of a demo site show its codes besides."""
    drawn = hashlib.sha256(f"示例动态口令 {account.username}".encode()).digest()[:20]
    secret = seal(base64.b32encode(drawn).decode("ascii"), str(account.pk))
    SecondFactor.objects.create(account=account, secret=secret, salt="00" * 16, begun_at=SINCE, since=SINCE)


def _seat(
    hashed: str,
    login: str,
    name: str,
    office: str,
    post: str,
    role: str,
    bounds: dict[str, str],
    places: list[str],
    desks: list[str],
) -> Log:
    person = Person.objects.create(
        name=f"{name}（示例）",
        office=office,
        post=post,
        phone="0571-0000 0000",
        places=places,
        desks=desks,
        real_name=True,
    )
    account = Account(username=login, person=person, password=hashed)
    account.save()
    RoleGrant.objects.create(person=person, role=role, since=SINCE, **bounds)
    if role in roles_that_need_it():
        give_second_factor(account)
    return Log(login, person.name, office, role, "、".join(bounds.values()))
