"""Numbers below or above what is possible, broken numbers where things are counted, dates after the last day."""

from __future__ import annotations

from datetime import date

from mujun.intake.checks.in_range import in_range
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, said, table


def test_negative_where_it_cannot_be(plan_with: PlanWith) -> None:
    plan = plan_with("rule: in_range, variables: [land], at_least: 0")
    came = brought(plan, table("land", ["A", "甲", -0.5], ["B", "乙", 0.0], ["C", "丙", None]))
    assert said(in_range(came)) == [("C2", "提醒", "it", "“用地面积”是-0.5，不可能是负数。")]


def test_above_what_is_possible(plan_with: PlanWith) -> None:
    plan = plan_with("rule: in_range, variables: [staff], at_most: 100")
    came = brought(plan, table("staff", ["A", "甲", 100.0], ["B", "乙", 100.5]))
    assert said(in_range(came)) == [("C3", "提醒", "it", "“人数”是100.5，不应大于100。")]


def test_counts_are_whole(plan_with: PlanWith) -> None:
    plan = plan_with("rule: in_range, variables: [staff], whole: true")
    came = brought(plan, table("staff", ["A", "甲", 12.0], ["B", "乙", 12.5]))
    assert said(in_range(came)) == [("C3", "提醒", "it", "“人数”是12.5，应为整数。")]


def test_date_after_the_last_day(plan_with: PlanWith) -> None:
    plan = plan_with("rule: in_range, variables: [since], not_after: 2018-12-31")
    came = brought(plan, table("since", ["A", "甲", date(2018, 12, 31)], ["B", "乙", date(2081, 1, 1)]))
    assert said(in_range(came)) == [("C3", "提醒", "it", "“投产日期”是2081-01-01，晚于2018年12月31日。")]


def test_thousands_become_a_thousand_and_their_number(plan_with: PlanWith) -> None:
    plan = plan_with("rule: in_range, variables: [land], at_least: 0")
    came = brought(plan, table("land", *([f"U{n}", "甲", -1.0] for n in range(1001))))
    findings = in_range(came)
    assert len(findings) == 1001
    assert findings[-1].message == "“用地面积”测试共1,001处，以上只列了前1,000处。"
