"""Ratios far from those of their peers."""

from __future__ import annotations

from mujun.intake.checks.outliers import outliers
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, said, table

RULE = "rule: outliers, above: tax, below: land, by: code, digits: 2, z: 3, peers: 5"
RATIOS = [1.0, 2.0, 4.0, 8.0, 4000.0]


def test_ratio_far_from_its_peers(plan_with: PlanWith) -> None:
    """Median 4; logs are off by ln 4, ln 2, 0, ln 2, ln 1000: MAD ln 2, so z = ln 1000 / (1.4826 · ln 2) = 6.7."""
    rows = [[f"A{n}", f"甲{n}", ratio, 1.0, "2611"] for n, ratio in enumerate(RATIOS)]
    assert said(outliers(brought(plan_with(RULE), table("tax land code", *rows)))) == [
        ("C6", "提醒", "it", "“税收”÷“用地面积”是4000万元/亩，同行5家的中位数是4，相差6.7倍稳健标准差。")
    ]


def test_too_few_peers_say_nothing(plan_with: PlanWith) -> None:
    rows = [[f"A{n}", f"甲{n}", ratio, 1.0, "2611" if n else "3911"] for n, ratio in enumerate(RATIOS)]
    assert outliers(brought(plan_with(RULE), table("tax land code", *rows))) == []
