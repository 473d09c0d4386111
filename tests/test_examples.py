"""Every example worked by hand, cell by cell, and every shipped scheme has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujun.engine.printed import printed_units
from mujun.findings import blocking
from mujun.law import PROGRAMME
from tests.examples import EXAMPLES, NAMES, evaluate_example, example_of, printed


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_example_comes_out_as_worked_by_hand(path: Path) -> None:
    example = example_of(path)

    evaluation = evaluate_example(example)

    units = {row["key"]: row for row in printed_units(evaluation).to_dicts()}
    found = {key: {name: units[key][name] for name in cells} for key, cells in example["expect"].items()}
    assert found == example["expect"]
    assert blocking(evaluation.findings) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_example_shows_its_working_and_says_something_of_every_unit(path: Path) -> None:
    example = example_of(path)

    assert len(example["working"].splitlines()) >= 2
    assert example["source"]
    assert [unit["key"] for unit in example["units"]] == list(example["expect"])


def test_every_shipped_scheme_has_an_example() -> None:
    schemes = [f"{path.parent.parent.name}/{path.stem}" for path in sorted(PROGRAMME.glob("*/schemes/*.yaml"))]

    assert schemes == NAMES


# --- E01, E02: the figures Huangyan published on 25 September 2023 ----------------------------------------------------


def huangyan(name: str, **unit: float) -> dict[str, str]:
    """One firm alone, by Huangyan's formula."""
    example = {"scheme": f"huangyan/{name}", "units": [{"key": "1", "name": "示例厂", **unit}]}
    return printed(example)["1"]


def test_e01_huangyan_firm_on_all_benchmarks_scores_100_0000() -> None:
    """E01: 24.097 / 136.16 / 2.694 / 4929.81 / 18.14 / 0.0302 with weights 30/20/20/10/10/10."""
    unit = huangyan(
        "above_scale",
        tax=24.097,
        land=1,
        value_added=136.16,
        energy=136.16 / 2.694,
        emissions=136.16 / 4929.81,
        staff=136.16 / 18.14,
        rd=302,
        revenue=10000,
    )

    assert unit["score"] == "100.0000"


def test_e01_huangyan_firm_of_30_150_2_6000_20_0_025_scores_105_7041() -> None:
    """E01: nothing is capped, so items above their benchmark make up for those below."""
    unit = huangyan(
        "above_scale", tax=30, land=1, value_added=150, energy=75, emissions=0.025, staff=7.5, rd=25, revenue=1000
    )

    values = [unit[name] for name in unit if name.startswith("value:")]
    assert values == ["30", "150", "2", "6000", "20", "0.025"]
    assert unit["score"] == "105.7041"


def test_e01_huangyan_item_far_above_its_benchmark_is_not_capped() -> None:
    """E01: whether item scores over 100 are capped is the plan's to say; this one does not cap. 10 × 30 + 70 = 370."""
    unit = huangyan(
        "above_scale",
        tax=240.97,
        land=1,
        value_added=136.16,
        energy=136.16 / 2.694,
        emissions=136.16 / 4929.81,
        staff=136.16 / 18.14,
        rd=302,
        revenue=10000,
    )

    assert unit["score"] == "370.0000"


def test_e02_huangyan_below_scale_firm_on_both_benchmarks_scores_100_0000() -> None:
    """E02: 亩均税收 ÷ 11.5932 × 50 + 单位用电税收 ÷ 0.2352 × 50."""
    unit = huangyan("below_scale", tax=11.5932, land=1, electricity=11.5932 / 0.2352)

    assert unit["score"] == "100.0000"


def test_e02_huangyan_below_scale_firm_of_15_and_0_3_scores_128_4686() -> None:
    """E02: 15 ÷ 11.5932 × 50 = 64.6931 and 0.3 ÷ 0.2352 × 50 = 63.7755."""
    unit = huangyan("below_scale", tax=30, land=2, electricity=100)

    assert [unit[name] for name in unit if name.startswith("value:")] == ["15", "0.3"]
    assert unit["score"] == "128.4686"
