"""What a check may look at: own values first, then what others say, and of last year only what a unit is."""

from __future__ import annotations

from mujun.collection import CollectionPlan
from mujun.dataset import KEY
from tests.collection.plans import table as records
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, table

RULE = "rule: duplicates, identical: 3"


def test_own_values_then_others_then_what_lasts(plan_with: PlanWith) -> None:
    """Revenue of last year is no revenue of this year; the county is."""
    last = table("county revenue tax", ["A", "甲", "东县", 7.0, 7.0])
    context = brought(
        plan_with(RULE), table("tax", ["A", "甲", 1.0]), others=table("staff", ["A", "甲", 3.0]), previous=last
    )
    assert context.with_others("tax", "staff", "revenue", "county").rows() == [("A", 1.0, 3.0, None, "东县")]


def test_detail_stands_for_the_variable_it_comes_to(plan_with: PlanWith) -> None:
    plan: CollectionPlan = plan_with(RULE)
    taxes = records("unit kind amount", ["t1", "A", "增值税", 10_000.0], ["t2", "A", "退税", 5_000.0])
    context = brought(plan, taxes, form=plan.form("2018/small/税务/taxes"))
    assert context.brought == ["tax"]
    assert context.values.rows(named=True) == [{KEY: "A", "tax": 0.5}]
    assert context.column_of("tax").unit_text == "元"
    assert context.cell("A", "tax") == "E2"
