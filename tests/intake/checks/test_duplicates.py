"""One name under two codes, one body under two codes, a row copied and not changed."""

from __future__ import annotations

from mujun.intake.checks.duplicates import duplicates
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, said, table

RULE = "rule: duplicates, identical: 3"


def test_same_unit_under_another_code(plan_with: PlanWith) -> None:
    came = brought(plan_with(RULE), table("tax", ["A", "甲（浙江）有限公司", 1.0], ["B", "甲(浙江) 有限公司", 2.0]))
    assert said(duplicates(came)) == [
        ("C3", "提醒", "it", "“甲(浙江) 有限公司”的名称与第2行的“甲（浙江）有限公司”（A）相同，而代码不同。")
    ]


def test_same_body_under_an_old_and_a_new_code(plan_with: PlanWith) -> None:
    """Signs 9 to 17 are the body's own; the rest tells who registered it and where."""
    old, new = "91330100600037341L", "91330200600037341A"
    came = brought(plan_with(RULE), table("tax", [old, "甲厂", 1.0], [new, "新甲厂", 2.0]))
    (found,) = duplicates(came)
    assert found.message == (f"“新甲厂”的代码的主体识别码与第2行的“甲厂”（{old}）相同，像是同一家的新旧代码。")


def test_row_copied_and_not_changed(plan_with: PlanWith) -> None:
    """Two equal numbers may be chance; three are not. Zeros say nothing."""
    rows = [
        ["A", "甲", 1.0, 2.0, 3.0],
        ["B", "乙", 1.0, 2.0, 3.0],
        ["C", "丙", 1.0, 2.0, 0.0],
        ["D", "丁", 1.0, 2.0, 0.0],
    ]
    came = brought(plan_with(RULE), table("tax land staff", *rows))
    assert said(duplicates(came)) == [
        ("C3", "提醒", "it", "“乙”的各项数与第2行的“甲”（A）完全相同，像是复制了没有改。")
    ]
