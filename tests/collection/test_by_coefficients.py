"""Energy carriers to standard coal, pollutants to equivalents."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from mujun.collection import CollectionPlan, derive
from tests.collection.plans import table

COLUMNS = "unit item quantity measure"


def test_carriers_by_their_coefficients(small_plan: CollectionPlan) -> None:
    """100 吨 × 0.7143 + 50 万千瓦时 × 2.9 = 71.43 + 145 = 216.43."""
    records = table(COLUMNS, ["e1", "甲", "原煤", 100.0], ["e2", "甲", "电力", 50.0, "万千瓦时"])
    derived = derive(small_plan, small_plan.schemes["small"], {"carriers": records})
    assert derived.values["energy"] == {"甲": Decimal("216.43")}
    told = [(one.quantity, one.factor, str(one.amount)) for one in derived.contributions("甲", "energy")]
    assert told == [("100", "×0.7143", "71.43"), ("50", "×2.9", "145.00")]


def test_quantity_in_another_unit_of_the_same_kind_is_converted(small_plan: CollectionPlan) -> None:
    """500,000 千瓦时 are 50 万千瓦时."""
    records = table(COLUMNS, ["e1", "甲", "电力", 500_000.0, "千瓦时"])
    derived = derive(small_plan, small_plan.schemes["small"], {"carriers": records})
    assert derived.values["energy"] == {"甲": Decimal("145.00")}
    assert derived.contributions("甲", "energy")[0].factor == "×2.9×0.0001"


def test_records_that_cannot_be_weighed_are_told(small_plan: CollectionPlan) -> None:
    records = table(COLUMNS, ["e1", "甲", "木柴", 1.0], ["e2", "甲", "电力", 5.0, "吨"], ["e3", "甲", "原煤", -1.0])
    derived = derive(small_plan, small_plan.schemes["small"], {"carriers": records})
    assert derived.values["energy"] == {}
    assert [one.message for one in derived.findings] == [
        "记录e1的“品种”是“木柴”，《折标系数》里没有，没有计入。",
        "记录e2的“电力”按“吨”填，系数是按“万千瓦时”的，没有计入。",
        "记录e3的“原煤”是负数（-1），没有计入。",
    ]


def test_pollutants_to_equivalents_add_up_though_no_amount_is_a_decimal(
    plan_with: Callable[..., CollectionPlan],
) -> None:
    """1 ÷ 0.8 = 1.25 and 1 ÷ 0.95 = 1.0526…: together 2.3026…, at two decimals 2.30 = 1.25 + 1.05."""
    plan = plan_with({"variable: energy": "variable: emissions", "table: energy": "table: pollutants"})
    records = table(COLUMNS, ["p1", "甲", "氨氮", 1.0], ["p2", "甲", "二氧化硫", 1.0])
    derived = derive(plan, plan.schemes["small"], {"carriers": records})
    assert derived.values["emissions"] == {"甲": Decimal("2.30")}
    told = [(one.factor, str(one.amount)) for one in derived.contributions("甲", "emissions")]
    assert told == [("÷0.8", "1.25"), ("÷0.95", "1.05")]
