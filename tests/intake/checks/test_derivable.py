"""Records that cannot be counted, told at their cells."""

from __future__ import annotations

from datetime import date

import polars as pl

from mujun.collection import CollectionPlan, Form
from mujun.intake.checks import check_values
from mujun.intake.checks.derivable import derivable
from tests.collection.plans import table as records
from tests.intake.checks.conftest import PlanWith
from tests.intake.checks.contexts import brought, said, table

COLUMNS = "unit parcel kind area share issued lease_start lease_end"
RULE = "rule: year_on_year, variables: [land], factor: 2"
OWN = records(COLUMNS, ["r1", "甲", "P", "登记", 20.0])
LET = records(COLUMNS, ["r2", "甲", "P", "出租", 8.0, None, None, date(2018, 1, 1), date(2020, 1, 1)])


def parcels(plan: CollectionPlan) -> Form:
    form = plan.form("2018/small/自然资源/parcels")
    assert form is not None
    return form


def test_record_that_cannot_be_counted_is_told_at_its_cell(plan_with: PlanWith) -> None:
    plan = plan_with(RULE)
    came = brought(plan, records(COLUMNS, ["r1", "甲", "P", "借用", 1.0]), form=parcels(plan))
    message = "记录r1的“用地类别”是“借用”，方案没有说怎样算，没有计入。"
    assert said(derivable(came)) == [("E2", "错误", "unknown_land_kind", message)]


def test_dates_that_cross_are_left_to_the_reading_of_records(plan_with: PlanWith) -> None:
    plan = plan_with(RULE)
    crossed = LET.with_columns(pl.lit(date(2017, 1, 1)).alias("lease_end"))
    assert derivable(brought(plan, crossed, form=parcels(plan))) == []


def test_correction_of_one_record_alone_is_only_warned_about(plan_with: PlanWith) -> None:
    plan = plan_with(RULE)
    message = "只看本表：宗地“P”：甲租出的比登记、租入的还多8.0000。"
    assert said(derivable(brought(plan, LET, form=parcels(plan)))) == [("F2", "提醒", "leased_out_too_much", message)]


def test_correction_is_judged_beside_the_records_held(plan_with: PlanWith) -> None:
    plan = plan_with(RULE)
    assert derivable(brought(plan, LET, form=parcels(plan), held=OWN)) == []
    small = OWN.with_columns(pl.lit(5.0).alias("area"))
    assert said(derivable(brought(plan, LET, form=parcels(plan), held=small))) == [
        ("F2", "错误", "leased_out_too_much", "宗地“P”：甲租出的比登记、租入的还多3.0000。")
    ]


def test_derived_values_are_checked_as_if_they_had_been_sent(plan_with: PlanWith) -> None:
    """20 亩 now, 5 last year: told at the cell of the first record."""
    plan = plan_with(RULE)
    came = brought(plan, OWN, form=parcels(plan), previous=table("land", ["甲", "甲厂", 5.0]))
    message = "“用地面积”今年20亩，上年5亩，是上年的4倍（超过2倍就提醒）。"
    assert said(check_values(came)) == [("F2", "提醒", "it", message)]
