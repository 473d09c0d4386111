"""Two persons, grants and conditions. The matrix itself, cell by cell: `test_matrix`."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from mujun.workflow import Access, Answer, Permissions, Role, Target, may
from tests.workflow.good import FIRST, holder
from tests.workflow.people import NOW, codes, grant, person

TAX = Target(domain="manufacturing", regions=("黄岩区", "台州市", "浙江省"), unit="甲厂", agency="税务")
ROUND = Target()
DO, READ = Access.DO, Access.READ
YES, NO, NOT_THERE = Answer.ALLOWED, Answer.DENIED, Answer.NOT_FOUND


def test_x06_second_person_is_another_human_being(permissions: Permissions) -> None:
    publish = permissions.actions["publish"]
    target = evolve(ROUND, first_by=frozenset({"甲"}))
    twice = grant("B"), grant("B"), grant("A")
    assert codes(may(person("甲", *twice, account="另一个号"), publish, target, NOW)) == ["second_person"]
    assert codes(may(person("乙", *twice), publish, ROUND, NOW)) == ["no_first_person"]
    assert may(person("乙", *twice), publish, target, NOW).allowed


def test_grant_without_its_bound_covers_nothing_but_the_round(permissions: Permissions) -> None:
    """K of no region is K nowhere."""
    nowhere = person("甲", grant("K"))
    assert may(nowhere, permissions.actions["check_county"], TAX, NOW).answer is NOT_THERE
    assert may(nowhere, permissions.actions["create_round"], ROUND, NOW, READ).answer is YES


def test_grant_is_narrowed_by_what_it_names_beyond_its_role(permissions: Permissions) -> None:
    """A reviewer for one domain only, though the role is bound to cases alone."""
    narrow = person("甲", grant("O", domain="services"))
    admit = permissions.actions["admit_objection"]
    answers = [
        may(narrow, admit, evolve(TAX, domain=domain, under_objection=True), NOW).answer
        for domain in ("services", "manufacturing")
    ]
    assert answers == [YES, NOT_THERE]


CONDITIONS: list[tuple[str, str, Target, dict[str, Any], str]] = [
    ("O", "decide_objection", evolve(TAX, under_objection=True), {"places": frozenset({"黄岩区"})}, "own_place"),
    ("O", "decide_objection", evolve(TAX, under_objection=True), {"places": frozenset({"甲厂"})}, "own_place"),
    ("O", "decide_objection", evolve(TAX, under_objection=True), {"places": None}, "places_unknown"),
    (
        "O",
        "decide_objection",
        evolve(TAX, under_objection=True, desk="一处"),
        {"desks": frozenset({"一处"})},
        "own_desk",
    ),
    ("O", "decide_objection", evolve(TAX, under_objection=True), {"desks": None}, "desks_unknown"),
    ("C", "rate_item", TAX, {"places": frozenset({"台州市"})}, "own_place"),
    ("O", "file_objection", evolve(TAX, under_objection=True), {}, "not_on_paper"),
    ("Z", "file_objection", evolve(TAX, public=True), {"real_name": False}, "no_real_name"),
    ("K", "claim_incentive", evolve(TAX, has_account=True), {}, "has_account"),
    ("K", "confirm_for_unit", evolve(TAX, has_account=None), {}, "has_account"),
    ("K", "create_account", evolve(TAX, unit=""), {}, "not_own_units"),
    ("M", "hold_meeting", evolve(TAX, part="minutes"), {}, "other_part"),
    ("T", "case_study", evolve(TAX, part="publish"), {}, "other_part"),
    ("A", "hold_meeting", TAX, {}, "no_part"),
]


@pytest.mark.parametrize(("role", "action", "target", "more", "code"), CONDITIONS)
def test_condition_refuses(
    permissions: Permissions, role: str, action: str, target: Target, more: dict[str, Any], code: str
) -> None:
    target = evolve(target, first_by=frozenset({FIRST}))
    decision = may(holder(Role(role), target, **more), permissions.actions[action], target, NOW)
    assert codes(decision) == [code]


def test_refusal_says_who_may(permissions: Permissions) -> None:
    decision = may(person("丙", grant("C", domain="manufacturing")), permissions.actions["sign_and_submit"], TAX, NOW)
    assert [str(one) for one in decision.reasons] == [
        "您在这里的角色不能办理“签发并报送推荐名单”。可由部门负责人办理。"
    ]
    change = may(person("甲", grant("A")), permissions.actions["change_list"], TAX, NOW)
    assert [one.mend for one in change.reasons] == ["由领导小组会议决定，省亩均办据会议纪要录入并确认。"]
    plan = may(person("甲", grant("A")), permissions.actions["adopt_list"], TAX, NOW, READ)
    assert plan.answer is YES


def test_grant_within_something_does_not_reach_the_round_as_a_whole(permissions: Permissions) -> None:
    """A head of the office for domain ① alone does not issue everybody's list; a target left empty opens nothing."""
    target = evolve(ROUND, first_by=frozenset({FIRST}))
    publish, check, conflict = (permissions.actions[name] for name in ("publish", "check_county", "declare_conflict"))
    heads = [person("乙", grant("B", domain=domain)) for domain in ("", "county")]
    assert [may(head, publish, target, NOW).answer for head in heads] == [YES, NO]
    county = person("己", grant("K", region="黄岩区"))
    assert [str(one) for one in may(county, check, ROUND, NOW).reasons] == [
        "您的权限只在一定范围内，不能对整个年度行动办理。请从具体的领域、地区或单位进入。"
    ]
    assert may(county, check, TAX, NOW).allowed
    assert may(county, conflict, ROUND, NOW).allowed
    assert may(county, permissions.actions["create_round"], ROUND, NOW, READ).allowed
