"""The help page is told from the workflow; the foot of a page names whom to call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from mujun.web.models import Round, Track, ValueSet
from mujun.web.programme import edge
from mujun.web.queries.contacts import whom_to_call
from mujun.web.queries.facts.track import track_facts
from mujun.web.queries.help import parts
from mujun.workflow import Role
from mujun.workflow.moment import CHINA

NOW = datetime(2019, 4, 10, 9, tzinfo=CHINA)


def test_every_role_of_the_matrix_is_told_of() -> None:
    assert {one.role for one in parts()} == {one.value for one in Role}


def test_the_minutes_are_proposed_by_the_clerk_and_confirmed_by_the_head() -> None:
    told = {one.role: {step.label: step for _, steps in one.machines for step in steps} for one in parts()}

    assert told["A"]["审定"].how == "由您提请，另一人确认"
    assert told["B"]["审定"].how == "由您确认"
    assert told["B"]["审定"].when == "“提请审定”"
    assert "审定" not in told["C"]


@pytest.mark.django_db
def test_everybody_may_read_it_and_sees_his_own_role_first(
    people: None, as_: Callable[[str, datetime], Client]
) -> None:
    assert "各角色" in Client().get("/help/").content.decode()
    assert "您是县亩均办" in as_("k-330108", NOW).get("/help/").content.decode()


def test_whom_to_call_is_the_lead_department_and_for_the_first_domain_the_office(planned: Round) -> None:
    firms, counties = Track.objects.get(domain="manufacturing"), Track.objects.get(domain="county")

    found = [whom_to_call(one, NOW) for one in (firms, counties, None)]

    assert [one.office for one in found if one is not None] == ["省经信厅", "省亩均办", "省亩均办"]


def test_the_public_is_given_the_number_and_not_the_name(
    planned: Round, as_: Callable[[str, datetime], Client]
) -> None:
    as_("a", NOW)
    said = Client().get("/login/").content.decode()

    assert "省亩均办：电话 0571-0000 0000" in said
    assert "安然" not in said


def test_of_many_open_sets_a_hundred_are_named_and_the_rest_counted(planned: Round) -> None:
    firms = Track.objects.get(domain="manufacturing")
    sets = [ValueSet(track=firms, scheme="manufacturing", unit=f"{n:03d}", name=f"企业{n}") for n in range(103)]
    for one in sets:
        one.state = "ENTERED"
    ValueSet.objects.bulk_create(sets)

    seen = track_facts(firms, edge("T4"), {}, NOW).values or ()

    assert [one.label for one in seen[:2]] == ["企业0", "企业1"]
    assert [one.label for one in seen[99:]] == ["企业99", "另外3个单位"]
