"""Tax from its components: 1 counts, −1 is taken off, 0 is known and left out. Amounts in 元, tax in 万元."""

from __future__ import annotations

from decimal import Decimal

from mujun.collection import CollectionPlan, derive
from tests.collection.plans import table


def test_components_are_added_with_their_signs(small_plan: CollectionPlan) -> None:
    """(1,000,000 + 0.4 × 500,000 − 30,000) 元 = 1,170,000 元 = 117 万元; the 9,999 withheld is not the firm's."""
    records = table(
        "unit kind amount",
        ["t1", "甲", "增值税", 1_000_000.0],
        ["t2", "甲", "所得税", 500_000.0],
        ["t3", "甲", "退税", 30_000.0],
        ["t4", "甲", "代扣", 9_999.0],
    )
    derived = derive(small_plan, small_plan.schemes["small"], {"taxes": records})
    assert derived.values["tax"] == {"甲": Decimal("117.00")}
    told = [(one.record, one.quantity, one.factor, str(one.amount)) for one in derived.contributions("甲", "tax")]
    assert told == [
        ("t1", "1000000", "＋×0.0001", "100.00"),
        ("t2", "500000", "×0.4×0.0001", "20.00"),
        ("t3", "30000", "－×0.0001", "-3.00"),
        ("t4", "9999", "不计", "0.00"),
    ]


def test_rounded_once_and_amounts_still_add_up(small_plan: CollectionPlan) -> None:
    """Three times 33.34 元 are 0.010002 万元, which is 0.01; each alone would be 0.00. The first bears the step."""
    records = table("unit kind amount", *([f"t{n}", "甲", "增值税", 33.34] for n in (1, 2, 3)))
    derived = derive(small_plan, small_plan.schemes["small"], {"taxes": records})
    assert derived.values["tax"] == {"甲": Decimal("0.01")}
    assert [str(one.amount) for one in derived.contributions("甲", "tax")] == ["0.01", "0.00", "0.00"]


def test_half_goes_up_away_from_zero(small_plan: CollectionPlan) -> None:
    records = table("unit kind amount", ["t1", "甲", "增值税", 10_050.0], ["t2", "乙", "退税", 10_050.0])
    derived = derive(small_plan, small_plan.schemes["small"], {"taxes": records})
    assert derived.values["tax"] == {"甲": Decimal("1.01"), "乙": Decimal("-1.01")}


def test_doubtful_records_are_told(small_plan: CollectionPlan) -> None:
    records = table(
        "unit kind amount",
        ["t1", "甲", "增值税", -5.0],
        ["t2", "甲", "退税", -30_000.0],
        ["t3", "甲", "营业税", 1.0],
        ["t4", "甲", "增值税", 2e12],
        ["t5", "甲", "增值税"],
    )
    derived = derive(small_plan, small_plan.schemes["small"], {"taxes": records})
    assert [(one.severity.label, one.code, one.message) for one in derived.findings] == [
        ("错误", "record_too_large", "记录t4的“金额”超过一万亿，没有计入。"),
        ("错误", "record_incomplete", "记录t5没有“金额”，没有计入。"),
        ("提醒", "negative_component", "记录t1的“增值税”是负数（-5）。"),
        ("错误", "sign_twice", "记录t2的“退税”是减项，应填正数，填的是-30000：减去负数等于加上。"),
        ("错误", "unknown_component", "记录t3的“税种”是“营业税”，方案没有说怎样算，没有计入。"),
    ]
