"""Rules that all shipped schemes keep, so that whoever writes the next one keeps them too."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mujun.law import PROGRAMME, Law, load_law
from mujun.scheme import Scheme, load_scheme, read_scheme
from mujun.scheme.model import Classify, Node
from mujun.yaml_source import read_yaml

SCHEMES = sorted(PROGRAMME.glob("*/schemes/*.yaml"))
NAMES = [f"{path.parent.parent.name}/{path.stem}" for path in SCHEMES]
every_scheme = pytest.mark.parametrize("path", SCHEMES, ids=NAMES)


@cache
def law() -> Law:
    return load_law()


@cache
def scheme(path: Path) -> Scheme:
    return load_scheme(path, law())


def named(name: str) -> Scheme:
    return scheme(PROGRAMME / "2019" / "schemes" / f"{name}.yaml")


@cache
def file_of(path: Path) -> Any:
    data, findings = read_yaml(path)
    assert findings == []
    return data


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a file."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)


@every_scheme
def test_scheme_has_no_findings_at_all(path: Path) -> None:
    assert read_scheme(path, law()).findings == ()


# --- every number has a basis -----------------------------------------------------------------------------------------


@every_scheme
def test_every_basis_is_a_clause_that_exists_or_a_reason(path: Path) -> None:
    bases = [
        mapping[key] for mapping in walk(file_of(path)) for key in mapping if key == "basis" or key.endswith("_basis")
    ]
    single = [one for basis in bases for one in walk(basis) if set(one) & {"clause", "assumption"}]

    assert single
    for basis in single:
        assert len(basis) == 1
        if "clause" in basis:
            assert law().resolve(basis["clause"]) is not None
        else:
            assert len(basis["assumption"]) >= 6, "a reason is a sentence, not a word"


@every_scheme
def test_weights_benchmarks_and_missing_rules_of_every_indicator_have_a_basis(path: Path) -> None:
    for node in scheme(path).nodes():
        for basis in (node.basis, node.weight_basis or node.basis, node.normalise_basis or node.basis):
            assert basis is not None
            assert basis.clause or basis.assumption


@every_scheme
def test_every_rule_around_the_score_has_a_basis(path: Path) -> None:
    one = scheme(path)
    rules = [
        *one.eligibility,
        *one.exemptions,
        *one.vetoes,
        *one.adjustments,
        *filter(None, [one.tiers, one.selection]),
    ]

    for rule in rules:
        assert rule.basis is not None
        assert rule.basis.clause or rule.basis.assumption


@every_scheme
def test_weights_quotas_shares_and_points_the_notice_does_not_set_are_assumed(path: Path) -> None:
    """The notice sets no weight, tier or quota; only Huangyan's published formula does."""
    one = scheme(path)
    weights = [node.weight_basis or node.basis for node in one.root.children]
    others = [rule.basis for rule in (*one.adjustments, *filter(None, [one.tiers, one.selection]))]
    assumed = [basis.assumed for basis in (*weights, *others) if basis is not None]

    if path.parent.parent.name == "huangyan":
        assert not any(assumed)
        assert one.assumptions == ()
    elif one.id == "county":
        assert all(basis.assumed for basis in weights if basis is not None)
    else:
        assert all(assumed)
        assert one.provisional


# --- the tree ---------------------------------------------------------------------------------------------------------


@every_scheme
def test_full_marks_are_100_and_asserted(path: Path) -> None:
    assert scheme(path).root.of == 100


@every_scheme
def test_every_node_and_rule_has_a_chinese_label(path: Path) -> None:
    one = scheme(path)
    labels = [*(node.label for node in one.nodes()), *(rule.label for rule in (*one.eligibility, *one.vetoes))]

    assert [label for label in labels if label.isascii()] == []


@every_scheme
def test_every_indicator_is_measured_on_a_scale(path: Path) -> None:
    assert [node.id for node in scheme(path).nodes() if node.is_indicator and not node.normalise] == []


@every_scheme
def test_every_variable_is_used(path: Path) -> None:
    """A datum that no rule needs is not asked for; `county` is asked for to tell places apart."""
    text = path.read_text(encoding="utf-8")
    unused = [
        name
        for name in scheme(path).variables
        if name != "county" and sum(line.split("#")[0].count(name) for line in text.splitlines()) < 2
    ]

    assert unused == []


# --- the notice's indicators ------------------------------------------------------------------------------------------

RESEARCH = "研究试验发展经费支出与主营业务收入之比"
SIX = ["亩均税收", "亩均增加值", "全员劳动生产率", "单位能耗增加值", "单位排放增加值", RESEARCH]


def labels_of(node: Node) -> str:
    return "、".join(one.label for one in node.walk())


@pytest.mark.parametrize(
    ("name", "indicators"),
    [
        ("county", ["亩均绩效", "重点工作完成", "改革创新性工作"]),
        (
            "characteristic_town",
            ["亩均税收", "亩均产出", "单位从业人员产出", "亩均有效投入", "高端要素集聚度", "单位能耗"],
        ),
        ("economic_zone", SIX),
        ("hightech_zone", ["现代化经济体系", "创新驱动", "体制机制创新", "融入全球经济"]),
        ("micro_park", ["亩均税收", "亩均产出", "企业培育", "高端要素集聚"]),
        ("manufacturing", SIX),
    ],
)
def test_scheme_has_every_indicator_its_clause_names(name: str, indicators: list[str]) -> None:
    labels = labels_of(named(name).root)

    assert [indicator for indicator in indicators if indicator not in labels] == []


def test_energy_per_output_of_towns_is_better_the_lower_it_is() -> None:
    lower = [node.label for node in named("characteristic_town").nodes() if node.direction == "lower"]

    assert len(lower) == 1
    assert "单位能耗" in lower[0]


# --- industries -------------------------------------------------------------------------------------------------------


def industries() -> dict[str, str]:
    with (PROGRAMME / "2019" / "industries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def classes_of(name: str) -> Classify:
    """The classification by industry code."""
    return next(one for one in named(name).derived if isinstance(one, Classify) and one.of.name == "gb_code")


@pytest.mark.parametrize("name", ["manufacturing", "manufacturing_below_scale"])
def test_manufacturing_codes_exist_and_belong_to_one_industry(name: str) -> None:
    codes = [code for codes in classes_of(name).classes.values() for code in codes]

    assert len(codes) == len(set(codes))
    assert [code for code in codes if code not in industries()] == []
    assert {code[:2] for code in codes} <= {str(number) for number in range(13, 44)}


def test_manufacturing_has_the_seven_industries_the_notice_names() -> None:
    assert sorted(classes_of("manufacturing").classes) == sorted(
        [
            *("数字经济核心制造业", "高端装备制造业", "时尚制造业", "生物医药产业"),
            *("纺织服装产业", "石化产业", "汽车产业"),
        ]
    )


def test_at_least_one_industry_has_weights_of_its_own() -> None:
    """结合行业特点: and every industry that has its own is one of the seven."""
    own = {name for node in named("manufacturing").root.children for name in node.weight.values}

    assert own
    assert own <= set(classes_of("manufacturing").classes)


def test_manufacturing_selects_from_tier_a_only_with_a_quota_per_industry() -> None:
    one = named("manufacturing")

    assert one.group_by == ("industry",)
    assert one.selection is not None
    assert one.selection.from_tiers == ("A",)
    assert one.tiers is not None
    assert one.tiers.order == ("A", "B", "C", "D")


def test_county_list_is_adopted_and_not_computed() -> None:
    selection = named("county").selection

    assert selection is not None
    assert selection.adopt_from
    assert selection.quota is None
