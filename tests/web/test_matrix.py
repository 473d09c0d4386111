"""The matrix, at the door of every address: generated from the data, and thirty dangerous cells written out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from mujun.web.clock import move_clock
from mujun.web.doer import NOBODY, Doer
from mujun.web.forms.base import WITHOUT_PAGE
from mujun.web.living.decision import COMPILED, live_compiled, live_decided, live_review
from mujun.web.living.notice import OBJECTED, live_notice
from mujun.web.living.people import demo_doer, settle_agency, settle_unit
from mujun.web.models import Account, Objection, Person, RoleGrant, Round, Track, ValueSet
from mujun.web.models.rounds import Machine
from mujun.web.permissions import OWN, PUBLIC
from mujun.web.programme import matrix, workflow
from mujun.web.queries.facts import facts_of
from mujun.workflow import Access, Answer, Edge, Role, may
from tests.web.conftest import PASSWORD
from tests.web.shortcuts import accept_lists, plans_in_force
from tests.web.test_decision import LISTS
from tests.web.test_notice import object_to

NOW = OBJECTED
PERSONAS = {
    "A": "a", "B": "b", "C": "c-manufacturing", "D": "d-manufacturing", "L": "l1", "T": "t-3301", "K": "k-330108",
    "P": "p-税务-滨江区", "E": "e-M1", "O": "o1", "X": "x", "M": "m", "SA": "sa", "SE": "se", "AU": "au", "Z": "",
}  # fmt: skip


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


def test_every_address_names_its_row_of_the_matrix() -> None:
    known = {*matrix().actions, PUBLIC, OWN}

    without = [path for path, one in patterns(get_resolver()) if not getattr(one.callback, "rows", ())]
    unknown = [path for path, one in patterns(get_resolver()) if set(getattr(one.callback, "rows", ())) - known]

    assert (without, unknown) == ([], [])


@pytest.fixture
def province(planned: Round) -> dict[str, list[Machine]]:
    """A round on notice with an objection to 制造业, values of firms in two counties, somebody in every chair."""
    settle_agency(PASSWORD, "税务", "滨江区")
    settle_unit(PASSWORD, "M1", "甲电子有限公司（示例）")
    seat("x", "X", agency="税务")
    accept_lists(planned, LISTS, COMPILED)
    for live in (live_compiled, live_review, live_decided):
        live(planned)
    plans_in_force(planned, COMPILED)
    live_notice(planned)
    objection = object_to(planned)
    firms = Track.objects.get(domain="manufacturing")
    sets = [
        ValueSet.objects.create(
            track=firms, scheme="manufacturing", unit=unit, name=unit, county=county, city=city, state="ENTERED"
        )
        for unit, county, city in (("M1", "滨江区", "杭州市"), ("M2", "萧山区", "杭州市"), ("M3", "海宁市", "嘉兴市"))
    ]
    move_clock(NOW)
    tracks = [firms, Track.objects.get(domain="economic_zone"), Track.objects.get(domain="county")]
    return {"round": [planned], "track": list(tracks), "values": list(sets), "objection": [objection]}


def seat(login: str, role: str, **bounds: str) -> None:
    person = Person.objects.create(name=f"{login}（示例）", places=[], desks=[], real_name=True)
    Account.objects.create_account(login, person, PASSWORD)
    RoleGrant.objects.create(person=person, role=role, since="2019-01-01T00:00:00+08:00", **bounds)


def browser_of(login: str) -> Client:
    client = Client()
    if login:
        client.force_login(Account.objects.get(username=login))
    return client


def expected(edge: Edge, row: Machine, doer: Doer) -> set[int]:
    """By the matrix alone: 404 where he may not even know of it, 403 where he may not do it; else it depends."""
    assert edge.action is not None
    target = facts_of(row, edge, {}, NOW).target
    ways = [may(doer.actor, edge.action, target, NOW, edge.access, edge.who)]
    if edge.proposed_by:
        ways.append(may(doer.actor, edge.action, target, NOW, Access.PROPOSE, edge.proposed_by))
    if all(one.answer is Answer.NOT_FOUND for one in ways):
        return {404}
    standing = {one.code for way in ways for one in way.reasons} - {"no_first_person", "second_person"}
    if all(not one.allowed for one in ways) and standing:
        return {403}
    return {200, 403}


@pytest.mark.parametrize("role", PERSONAS)
def test_every_role_at_every_edge_of_every_thing(province: dict[str, list[Machine]], role: str) -> None:
    """Own and other domain, own and sibling county and another city, the round, an objection."""
    login = PERSONAS[role]
    client = browser_of(login)
    doer = demo_doer(login, NOW, fresh=False) if login else NOBODY
    wrong = []
    for machine, rows in province.items():
        edges = [one for one in workflow().machines[machine].edges if not one.automatic]
        for row in rows:
            for edge in edges:
                answer = client.get(f"/act/{machine}/{row.pk}/{edge.id}/")
                wanted = {302} if not login else {404} if edge.id in WITHOUT_PAGE else expected(edge, row, doer)
                if answer.status_code not in wanted:
                    wrong.append((edge.id, str(row), answer.status_code, wanted))
    assert wrong == []


DANGEROUS = [
    # who, what, answer
    ("a", "round R7", 403),  # on notice already
    ("a", "round R10", 403),  # the clerk does not issue
    ("a", "round R6", 403),
    ("b", "round R10", 200),  # may open the page; being the one who opened the notice is a reason shown on it
    ("sa", "round R10", 403),
    ("se", "round R10", 403),
    ("au", "round R10", 403),
    ("l1", "round R10", 403),
    ("m", "round R10", 403),
    ("k-330108", "round R10", 403),
    ("c-manufacturing", "round R10", 403),
    ("d-manufacturing", "round R10", 403),
    ("c-manufacturing", "track:economic_zone T7", 404),
    ("d-manufacturing", "track:economic_zone T8", 404),
    ("c-manufacturing", "track:county T5", 404),
    ("d-manufacturing", "track:county T6", 404),
    ("c-services", "track:manufacturing T7", 404),
    ("d-services", "track:manufacturing T8", 404),
    ("d-micro-park", "track:manufacturing T8", 404),  # the same department, another domain
    ("a", "track:manufacturing T7", 403),  # the office draws up nobody else's list
    ("b", "track:manufacturing T8", 403),
    ("sa", "track:manufacturing T6", 403),
    ("k-330108", "values:萧山区 V7", 404),  # sibling county
    ("k-330109", "values:滨江区 V7", 404),
    ("t-3304", "values:滨江区 V8", 404),  # another city
    ("e-M1", "values:萧山区 V3", 404),  # another firm
    ("p-税务-滨江区", "values:萧山区 V1", 404),  # the tax office of 滨江区
    ("c-economic-zone", "values:滨江区 V9", 404),
    ("sa", "objection O2", 403),
    ("a", "objection O4u", 403),
    ("c-manufacturing", "objection O4r", 403),  # the department does not judge objections to its own list
    ("e-M1", "objection O2", 403),
]


def test_thirty_dangerous_cells_by_hand(province: dict[str, list[Machine]]) -> None:
    def row(said: str) -> Machine:
        machine, _, which = said.partition(":")
        rows: list[Any] = province[machine]
        return next(
            one for one in rows if not which or which in (getattr(one, "domain", ""), getattr(one, "county", ""))
        )

    assert Objection.objects.count() == 1
    found = []
    for login, said, _ in DANGEROUS:
        thing, edge = said.split()
        one = row(thing)
        found.append((login, said, browser_of(login).get(f"/act/{one.machine}/{one.pk}/{edge}/").status_code))

    assert found == DANGEROUS


def test_no_role_is_forgotten() -> None:
    assert set(PERSONAS) == {one.value for one in Role}
