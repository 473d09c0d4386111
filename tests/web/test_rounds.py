"""A round is begun by one and planned by another; the database holds both to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from mujun.web.actions.refused import Refused
from mujun.web.actions.step import take
from mujun.web.doer import Doer
from mujun.web.living.round import BEGUN, PLANNED
from mujun.web.models import AuditEvent, Person, RoleGrant, Round
from mujun.web.queries.audit import verify_record

ISSUE = {"document_number": "浙亩均办〔2019〕4号", "issued_on": "2019-04-09"}


def test_plan_of_the_round_is_issued_by_another_person(begun: Round, doer: Callable[[str, datetime], Doer]) -> None:
    take("R2", begun, ISSUE, by=doer("b", PLANNED), now=PLANNED)

    assert (begun.state, begun.version, begun.document_number) == ("PLANNED", 1, "浙亩均办〔2019〕4号")
    assert [(event.act, event.who, event.outcome) for event in AuditEvent.objects.all()] == [
        ("R1", "安然（示例）", "done"),
        ("R2", "白舟（示例）", "done"),
    ]
    assert verify_record() == []


def test_x06_one_person_with_two_roles_is_still_one_person(begun: Round, doer: Callable[[str, datetime], Doer]) -> None:
    RoleGrant.objects.create(person=doer("a", BEGUN).person, role="B", since=BEGUN)

    with pytest.raises(Refused) as refused:
        take("R2", begun, ISSUE, by=doer("a", PLANNED), now=PLANNED)

    assert [one.code for one in refused.value.reasons] == ["second_person"]
    assert Round.objects.get().state == "DRAFT"


def test_the_database_refuses_an_illegal_edge_from_the_shell(begun: Round) -> None:
    with pytest.raises(IntegrityError, match="工作流程没有这一步"), connection.cursor() as cursor:
        cursor.execute("UPDATE mujunweb_round SET state = 'PUBLISHED', version = version + 1")


def test_the_database_refuses_the_same_person_in_both_chairs(begun: Round) -> None:
    with pytest.raises(IntegrityError, match="round_by_two"):
        Round.objects.update(planned_by=begun.drafted_by)


def test_the_database_refuses_to_change_the_record(begun: Round) -> None:
    with pytest.raises(IntegrityError, match="记录不得改动"):
        AuditEvent.objects.update(who="别人")


def test_double_click_is_one_act(begun: Round, as_: Callable[[str, datetime], Client]) -> None:
    browser = as_("b", PLANNED)
    form = {**ISSUE, "how": "do", "once": "one-click"}

    answers = [browser.post(f"/act/round/{begun.pk}/R2/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(act="R2").count() == 1


def test_a_person_without_any_role_is_told_nothing(begun: Round, as_: Callable[[str, datetime], Client]) -> None:
    browser = as_("a", PLANNED)
    RoleGrant.objects.filter(person__accounts__username="a").update(until=BEGUN)

    assert browser.get("/rounds/2019/").status_code == 404
    assert Person.objects.filter(accounts__username="a").count() == 1
