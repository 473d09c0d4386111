"""The firms of a county against the county's own total."""

from __future__ import annotations

from mujun.intake.checks.control_totals import control_totals
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, said, table

RULE = "rule: control_total, variables: [tax], by: county, tolerance: 0.02"
FIRMS = table("tax county", ["A", "甲", 60.0, "东县"], ["B", "乙", 38.0, "东县"], ["C", "丙", 97.0, "西县"])


def test_county_whose_firms_do_not_add_up(plan_with: PlanWith) -> None:
    """东县: 98 of 100 is just within 2 %. 西县: 97 of 100 is not. 南县 has not come in."""
    controls = table("tax", ["东县", "", 100.0], ["西县", "", 100.0], ["南县", "", 5.0])
    assert said(control_totals(brought(plan_with(RULE), FIRMS, controls=controls))) == [
        ("C4", "提醒", "it", "西县1家的“税收”合计97万元，全县数是100万元，相差超过2%。")
    ]


def test_without_control_totals_nothing_is_said(plan_with: PlanWith) -> None:
    assert control_totals(brought(plan_with(RULE), FIRMS)) == []
