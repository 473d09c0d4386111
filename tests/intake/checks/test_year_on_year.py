"""Far above or below last year's value of the same unit."""

from __future__ import annotations

from mujun.intake.checks.year_on_year import year_on_year
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, said, table

RULE = "rule: year_on_year, variables: [land], factor: 2, ignore_below: 5"
LAST = table("land", ["A", "甲", 10.0], ["B", "乙", 10.0], ["C", "丙", 10.0], ["D", "丁", 1.0], ["E", "戊", 0.0])


def test_more_than_the_factor_up_or_down(plan_with: PlanWith) -> None:
    """20 is exactly twice and passes; 20.1 and 4.9 do not; 丁's 4 of 1 is small; 戊 had none; 己 is new."""
    now = table(
        "land",
        *(["A", "甲", 20.0], ["B", "乙", 20.1], ["C", "丙", 4.9], ["D", "丁", 4.0], ["E", "戊", 9.0], ["F", "己", 9.0]),
    )
    assert said(year_on_year(brought(plan_with(RULE), now, previous=LAST))) == [
        ("C3", "提醒", "it", "“用地面积”今年20.1亩，上年10亩，是上年的2.01倍（超过2倍就提醒）。"),
        ("C4", "提醒", "it", "“用地面积”今年4.9亩，上年10亩，只有上年的49%（超过2倍就提醒）。"),
    ]


def test_without_last_year_nothing_is_said(plan_with: PlanWith) -> None:
    assert year_on_year(brought(plan_with(RULE), LAST)) == []
