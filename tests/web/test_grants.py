"""A role is proposed by one administrator and granted by another; it is bounded, dated and ended at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from mujun.web.actions.grants import confirm_grant, decline_grant, end_grant, propose_grant
from mujun.web.actions.refused import Refused
from mujun.web.living.people import demo_doer
from mujun.web.models import Account, AuditEvent, Person, Proposal, RoleGrant
from mujun.workflow.moment import CHINA
from tests.web.shortcuts import code_now

NOW = datetime(2019, 5, 6, 9, tzinfo=CHINA)


def person_of(login: str) -> Person:
    return Account.objects.get(username=login).person


def new_person() -> Person:
    person = Person.objects.create(name="张三（示例）", office="省经信厅", real_name=True)
    Account.objects.create_account("zhangsan", person, "jinhua-chaye-77")
    return person


def propose(person: Person, role: str = "C", **more: Any) -> str:
    told = {
        "bounds": {"domain": "manufacturing"},
        "since": NOW,
        "until": None,
        "why": "来函",
        "by": demo_doer("sa", NOW),
    }
    proposal = propose_grant(person=person, role=role, now=NOW, **{**told, **more})
    return proposal.subject.partition(":")[2]


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as raised:
        act()
    return [one.code for one in raised.value.reasons]


def test_two_people_grant_a_role_and_both_are_recorded(people: None) -> None:
    person = new_person()
    key = propose(person)
    assert RoleGrant.objects.filter(person=person).count() == 0

    grant = confirm_grant(key=key, by=demo_doer("se", NOW), now=NOW)

    assert (grant.role, grant.domain, grant.proposed_by, grant.granted_by) == (
        "C", "manufacturing", person_of("sa"), person_of("se"),
    )  # fmt: skip
    assert [(one.act, one.who, one.outcome) for one in AuditEvent.objects.all()] == [
        ("propose_grant", "沈安（示例）", "proposed"),
        ("grant_role", "石恩（示例）", "done"),
    ]


def test_who_proposes_does_not_grant_and_business_does_neither(people: None) -> None:
    key = propose(new_person())

    assert refused(lambda: confirm_grant(key=key, by=demo_doer("sa", NOW), now=NOW)) == ["not_granted"]
    assert refused(lambda: confirm_grant(key=key, by=demo_doer("b", NOW), now=NOW)) == ["not_granted"]
    assert refused(lambda: propose(person_of("a"), by=demo_doer("se", NOW))) == ["not_granted"]


def test_one_person_with_both_offices_is_still_one_person(people: None) -> None:
    key = propose(new_person())
    RoleGrant.objects.create(person=person_of("sa"), role="SE", since=NOW)

    assert refused(lambda: confirm_grant(key=key, by=demo_doer("sa", NOW), now=NOW)) == ["second_person"]


def test_x15_granting_wants_a_fresh_proof_of_who_one_is(people: None) -> None:
    key = propose(new_person())
    late = NOW + timedelta(minutes=6)
    stale = demo_doer("se", NOW, fresh=False)

    assert refused(lambda: confirm_grant(key=key, by=stale, now=NOW)) == ["not_reauthenticated"]
    assert refused(lambda: confirm_grant(key=key, by=demo_doer("se", NOW), now=late)) == ["not_reauthenticated"]


def test_a_role_names_what_the_matrix_wants_and_no_more(people: None) -> None:
    person = new_person()

    assert refused(lambda: propose(person, bounds={})) == ["no_bound"]
    assert refused(lambda: propose(person, "A")) == ["bound_too_many"]
    assert refused(lambda: propose(person, "P", bounds={"agency": "税务"})) == ["no_bound"]
    assert refused(lambda: propose(person, until=NOW)) == ["until_before_since"]
    assert refused(lambda: propose(person, why=" ")) == ["no_reason"]


def test_the_three_administrators_hold_nothing_else(people: None) -> None:
    assert refused(lambda: propose(person_of("a"), "SA", bounds={})) == ["roles_apart"]
    assert refused(lambda: propose(person_of("se"), "AU", bounds={})) == ["roles_apart"]
    assert refused(lambda: propose(person_of("se"), "A", bounds={})) == ["roles_apart"]


def test_what_became_incompatible_meanwhile_is_not_granted(people: None) -> None:
    person = new_person()
    first, second = propose(person), propose(person, "AU", bounds={})
    confirm_grant(key=first, by=demo_doer("se", NOW), now=NOW)

    assert refused(lambda: confirm_grant(key=second, by=demo_doer("se", NOW), now=NOW)) == ["roles_apart"]


def test_nobody_has_a_hand_in_his_own_role(people: None) -> None:
    assert refused(lambda: propose(person_of("sa"), "SA", bounds={})) == ["own_role"]
    own = RoleGrant.objects.get(person=person_of("se"))
    assert "own_role" in refused(lambda: end_grant(grant=own, why="不干了", by=demo_doer("se", NOW), now=NOW))


def test_the_last_of_the_three_is_not_ended(people: None) -> None:
    last = RoleGrant.objects.get(role="AU")

    assert refused(lambda: end_grant(grant=last, why="调离", by=demo_doer("se", NOW), now=NOW)) == ["last_one"]


def test_a_declined_role_is_never_held(people: None) -> None:
    person = new_person()
    key = propose(person)
    decline_grant(key=key, by=demo_doer("se", NOW), now=NOW)

    assert (Proposal.objects.get().closed_at, RoleGrant.objects.filter(person=person).count()) == (NOW, 0)


def test_x14_a_new_role_and_an_ended_one_end_what_was_open(as_: Callable[[str, datetime], Client]) -> None:
    client = as_("c-manufacturing", NOW)
    assert client.get("/desk/").status_code == 200

    key = propose(person_of("c-manufacturing"), "D", bounds={"domain": "services"})
    assert client.get("/desk/").status_code == 200
    confirm_grant(key=key, by=demo_doer("se", NOW), now=NOW)
    assert client.get("/desk/").status_code == 302

    client = as_("c-manufacturing", NOW)
    grant = RoleGrant.objects.get(person=person_of("c-manufacturing"), role="D")
    end_grant(grant=grant, why="调离", by=demo_doer("se", NOW), now=NOW)
    assert client.get("/desk/").status_code == 302
    assert {role.value for role in demo_doer("c-manufacturing", NOW).roles} == {"C"}


def test_a_role_is_granted_by_the_pages(as_: Callable[[str, datetime], Client]) -> None:
    person = new_person()
    told = {"role": "C", "domain": "manufacturing", "since": "2019-05-06", "until": "2019-12-31", "why": "来函"}
    assert as_("sa", NOW).post(f"/people/{person.pk}/roles/new/", told).status_code == 302

    security = as_("se", NOW)
    assert "确认授予角色（1）" in security.get("/desk/").content.decode()
    key = Proposal.objects.get().subject.partition(":")[2]
    first = security.post(f"/people/roles/{key}/confirm/")
    assert first.headers["Location"] == f"/reauthenticate/?next=/people/{person.pk}/"
    security.post("/reauthenticate/", {"password": "shili-mima-2019", "code": code_now("se")})
    assert security.post(f"/people/roles/{key}/confirm/").status_code == 302

    grant = RoleGrant.objects.get(person=person)
    assert (grant.since, grant.until) == (datetime(2019, 5, 6, tzinfo=CHINA), datetime(2020, 1, 1, tzinfo=CHINA))


def test_the_auditor_sees_grants_and_touches_none(as_: Callable[[str, datetime], Client]) -> None:
    person = new_person()
    key = propose(person)
    client = as_("au", NOW)

    assert client.get(f"/people/{person.pk}/").status_code == 200
    assert client.post(f"/people/roles/{key}/confirm/").status_code == 403
    assert client.get(f"/people/{person.pk}/roles/new/").status_code == 403
