"""What was typed in forms goes into the shipped schemes, and nothing else of them changes."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest

from mujun.findings import CannotGoOn
from mujun.law import PROGRAMME
from mujun.scheme.amend import compare, entries_of, put_entries
from mujun.yaml_source import parse_yaml

TAX = "score/tax_per_mu/weight"
SHIPPED = sorted(PROGRAMME.glob("*/schemes/*.yaml"))


@pytest.fixture(scope="module")
def manufacturing() -> str:
    return (PROGRAMME / "2019" / "schemes" / "manufacturing.yaml").read_text(encoding="utf-8")


def read_yaml_text(text: str) -> dict[str, Any]:
    value: dict[str, Any] = parse_yaml(text, "")[0]
    return value


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+"]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.parent.name}/{file.stem}")
def test_form_sent_back_as_it_came_changes_nothing(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    entries = entries_of(text)

    assert len({one.name for one in entries}) == len(entries)
    assert put_entries(text, {one.name: one.value for one in entries}) == text


def test_one_weight_changes_one_number(manufacturing: str) -> None:
    after = put_entries(manufacturing, {f"{TAX}/default": "25"})

    assert after == manufacturing.replace("石化产业: 20, default: 30}", "石化产业: 20, default: 25}", 1)
    assert [str(one) for one in compare(manufacturing, after)] == ["权重 亩均税收 30→25"]


def test_industry_gets_and_loses_a_weight_of_its_own(manufacturing: str) -> None:
    place = "score/value_added_per_mu/weight"
    with_one = put_entries(manufacturing, {f"{place}/石化产业": "15"})

    assert [line.strip("+- ") for line in changed_lines(manufacturing, with_one)] == [
        "weight: 20",
        "weight: {by: industry, 石化产业: 15, default: 20}",
    ]
    assert put_entries(with_one, {f"{place}/石化产业": ""}) == manufacturing


def test_same_number_written_otherwise_is_no_change(manufacturing: str) -> None:
    assert put_entries(manufacturing, {f"{TAX}/default": " ３0.0 "}) == manufacturing


def test_share_is_typed_in_percent(manufacturing: str) -> None:
    after = put_entries(manufacturing, {"tiers/levels/0/share": "15%"})

    assert after == manufacturing.replace("{tier: A, share: 0.20,", "{tier: A, share: 0.15,")


def test_benchmark_becomes_a_fixed_number_and_a_statistic_again(manufacturing: str) -> None:
    place = "score/tax_per_mu/normalise/benchmark"
    fixed = put_entries(manufacturing, {place: "24.097"})

    assert [str(one) for one in compare(manufacturing, fixed)] == ["基准值 亩均税收 合计之比→24.097"]
    assert put_entries(fixed, {place: "ratio_of_sums"}) == manufacturing


def test_places_of_one_group(manufacturing: str) -> None:
    after = put_entries(manufacturing, {"selection/quota/by_group/石化产业": "5", "selection/reserve": "2"})
    read = read_yaml_text(after)["selection"]

    assert (read["quota"], read["reserve"]) == ({"by_group": {"石化产业": 5, "default": 10}}, 2)
    assert put_entries(after, {"selection/quota/by_group/石化产业": "", "selection/reserve": "3"}) == manufacturing

    assert [str(one) for one in compare(manufacturing, after)] == [
        "石化产业 名额 （无）→5",
        "每组备选 遴选 3→2",
    ]


def test_everything_that_cannot_be_written_is_told_at_once(manufacturing: str) -> None:
    typed = {f"{TAX}/default": "三十", "selection/reserve": "1.5", "score/tax_per_mu/label": ""}
    with pytest.raises(CannotGoOn) as told:
        put_entries(manufacturing, typed)

    assert [(one.variable, one.message) for one in told.value.findings] == [
        (f"{TAX}/default", "亩均税收的“权重”“三十”不是数。"),
        ("selection/reserve", "遴选的“每组备选”“1.5”不是整数。"),
        ("score/tax_per_mu/label", "亩均税收的“名称”不能空着。"),
    ]


def test_formulas_and_conditions_are_also_said_in_labels(manufacturing: str) -> None:
    said = {one.name: one.gloss for one in entries_of(manufacturing)}

    names = ("score/tax_per_mu/formula", "eligibility/in_scope/when", "vetoes/safety/when", "score/tax_per_mu/unit")
    assert [said[name] for name in names] == [
        "税收实际贡献 / 实际用地面积",
        "行业 != '其他'",
        "较大以上安全事故起数 > 0",
        "",
    ]
