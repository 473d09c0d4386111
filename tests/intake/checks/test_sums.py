"""Parts that do not make up their total."""

from __future__ import annotations

from mujun.intake.checks.sums import sums
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, said, table


def test_parts_that_do_not_make_the_total(plan_with: PlanWith) -> None:
    """0.1 + 0.2 is 0.3 here as on paper; 丙 lacks a part, so nothing is said."""
    plan = plan_with("rule: sum_of, total: revenue, parts: [tax, land], tolerance: 0")
    rows = [["A", "甲", 0.3, 0.1, 0.2], ["B", "乙", 3.0, 1.0, 1.9], ["C", "丙", 3.0, 1.0, None]]
    assert said(sums(brought(plan, table("revenue tax land", *rows)))) == [
        ("C3", "提醒", "it", "“收入”是3，而税收＋用地面积＝2.9，应正好相等。")
    ]


def test_within_the_tolerance(plan_with: PlanWith) -> None:
    plan = plan_with("rule: sum_of, total: revenue, parts: [tax, land], tolerance: 0.01")
    rows = [["A", "甲", 100.0, 50.0, 51.0], ["B", "乙", 100.0, 50.0, 51.1]]
    assert said(sums(brought(plan, table("revenue tax land", *rows)))) == [
        ("C3", "提醒", "it", "“收入”是100，而税收＋用地面积＝101.1，相差超过1%。")
    ]
