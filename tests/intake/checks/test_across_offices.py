"""One office's number against another's, in whatever units the two are."""

from __future__ import annotations

from mujun.intake.checks.across_offices import across_offices
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, said, table

RULE = "rule: at_most, left: tax, right: revenue, needs_reason: true"


def test_part_above_its_whole_names_the_other_office(plan_with: PlanWith) -> None:
    others = table("revenue", ["A", "甲", 100.0], ["B", "乙", 100.0])
    came = brought(plan_with(RULE), table("tax", ["A", "甲", 100.0], ["B", "乙", 100.01]), others=others)
    (found,) = across_offices(came)
    assert said([found]) == [("C3", "提醒", "it", "“税收”100.01万元，大于“收入”100万元。")]
    assert found.mend == "“收入”是统计报的；请核对是哪个数错了，尤其看计量单位。确实如此的，请说明理由。"
    assert found.code in came.plan.needs_reason


def test_nothing_is_said_while_the_other_office_is_silent(plan_with: PlanWith) -> None:
    assert across_offices(brought(plan_with(RULE), table("tax", ["A", "甲", 100.0]))) == []


def test_office_that_comes_second_is_told(plan_with: PlanWith) -> None:
    came = brought(plan_with(RULE), table("revenue", ["A", "甲", 1.0]), others=table("tax", ["A", "甲", 2.0]))
    assert said(across_offices(came)) == [("C2", "提醒", "it", "“税收”2万元，大于“收入”1万元。")]


def test_times_the_whole(plan_with: PlanWith) -> None:
    plan = plan_with("rule: at_most, left: tax, right: revenue, times: 0.5")
    came = brought(plan, table("tax revenue", ["A", "甲", 50.0, 100.0], ["B", "乙", 51.0, 100.0]))
    assert said(across_offices(came)) == [("C3", "提醒", "it", "“税收”51万元，大于“收入”100万元的0.5倍。")]


def test_third_office_is_not_told_of_the_other_two(plan_with: PlanWith) -> None:
    others = table("tax revenue", ["A", "甲", 2.0, 1.0])
    assert across_offices(brought(plan_with(RULE), table("staff", ["A", "甲", 5.0]), others=others)) == []
