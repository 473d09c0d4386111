"""What those who collect ask of a plan: forms, derivations, checks, what needs a reason."""

from __future__ import annotations

from mujun.collection import CollectionPlan, load_collection
from mujun.law import Law


def test_derived_variables_are_in_no_main_form(small_plan: CollectionPlan) -> None:
    forms = {form.id: [variable.id for variable in form.variables] for form in small_plan.forms("small")}
    assert forms == {
        "2018/small/经信": ["county", "since"],
        "2018/small/统计": ["code", "revenue", "staff"],
        "2018/small/生态环境": ["emissions"],
        "2018/small/自然资源/parcels": [
            *("unit", "parcel", "kind", "area", "share", "issued", "lease_start", "lease_end"),
        ],
        "2018/small/税务/taxes": ["unit", "kind", "amount"],
        "2018/small/统计/carriers": ["unit", "item", "quantity", "measure"],
    }


def test_form_is_found_by_its_id(small_plan: CollectionPlan) -> None:
    form = small_plan.form("2018/small/税务/taxes")
    assert form is not None
    assert (form.label, form.key_label, form.table) == ("小方案·税收明细", "记录号", "taxes")
    assert small_plan.form("2018/small/税务") is None


def test_checks_of_a_scheme_and_their_reasons(small_plan: CollectionPlan) -> None:
    assert [check.id for check in small_plan.checks("small")] == ["sound", "tax_over"]
    assert small_plan.checks("small", "parcels") == ()
    assert small_plan.needs_reason == {"tax_over"}


def test_shipped_plan_takes_land_from_parcels_and_tax_from_components(law: Law) -> None:
    plan = load_collection("2019", law)
    for scheme in ("manufacturing", "manufacturing_below_scale"):
        taken = {one.variable: one.detail for one in plan.derivations(scheme)}
        assert taken == {"land": "land_parcels", "tax": "tax_components"}
    assert plan.derivations("services") == ()
    assert [(one.scheme, one.variable) for one in plan.declared if not one.in_use] == [
        ("manufacturing", "energy"),
        ("manufacturing", "emissions"),
    ]


def test_every_scheme_has_checks(law: Law) -> None:
    plan = load_collection("2019", law)
    kinds = {name: {type(check.rule).__name__ for check in plan.checks(name)} for name in plan.schemes}
    assert all({"InRange", "UnitScale", "YearOnYear", "KnownUnits"} <= found for found in kinds.values()), kinds
