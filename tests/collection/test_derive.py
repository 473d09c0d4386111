"""Values of every variable that has records, each with the records it was made of."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from mujun.collection import CollectionPlan, derive
from mujun.dataset import KEY
from tests.collection.plans import table

PARCELS = table("unit parcel kind area", ["r1", "甲", "P", "登记", 10.0], ["r2", "乙", "P", "登记", 10.0])
TAXES = table("unit kind amount", ["t1", "乙", "增值税", 20_000.0])


def test_only_details_that_are_there_are_derived(small_plan: CollectionPlan) -> None:
    derived = derive(small_plan, small_plan.schemes["small"], {"parcels": PARCELS, "taxes": TAXES})
    assert list(derived.values) == ["land", "tax"]
    assert derived.tables == {"land": "parcels", "tax": "taxes"}
    assert derived.frame().equals(pl.DataFrame({KEY: ["乙", "甲"], "land": [5.0, 5.0], "tax": [2.0, None]}))


def test_unit_without_a_record_is_unknown_and_not_zero(small_plan: CollectionPlan) -> None:
    derived = derive(small_plan, small_plan.schemes["small"], {"taxes": TAXES})
    assert "甲" not in derived.values["tax"]
    assert derived.contributions("甲", "tax") == ()


def test_alternative_that_is_not_in_use_derives_nothing(plan_with: Callable[..., CollectionPlan]) -> None:
    plan = plan_with({"    method: signed_sum\n": "    in_use: false\n    method: signed_sum\n"})
    derived = derive(plan, plan.schemes["small"], {"taxes": TAXES})
    assert dict(derived.values) == {}
