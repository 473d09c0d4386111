"""Codes that the register does not know on the day."""

from __future__ import annotations

import polars as pl

from mujun.intake.checks.known_units import known_units
from mujun.register import Register, make_register
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, said, table

RULE = "rule: known_units, at: 2018-12-31"


def register() -> Register:
    frame = pl.DataFrame({"code": ["A1", "B2"], "name": ["甲厂", "乙厂"]})
    return make_register(frame).register


def test_unknown_code_is_told_with_who_it_may_be(plan_with: PlanWith) -> None:
    came = brought(plan_with(RULE), table("tax", ["A1", "甲厂", 1.0], ["X9", "乙厂", 1.0]), register=register())
    (found,) = known_units(came)
    assert said([found]) == [("C3", "提醒", "it", "名录里没有“乙厂”（X9）。")]
    assert found.mend == "是不是“乙厂”（B2）？请核对代码；确是新单位的，请先列入名录。"


def test_without_a_register_nothing_is_said(plan_with: PlanWith) -> None:
    assert known_units(brought(plan_with(RULE), table("tax", ["X9", "丁厂", 1.0]))) == []
