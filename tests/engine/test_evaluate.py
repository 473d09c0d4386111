"""Checks of the evaluation as a whole, by their numbers in the workflow's list (E01, E02: test_examples; E05:
test_agreement).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from mujun.engine import evaluate
from mujun.engine.printed import printed_benchmark, printed_units
from mujun.intake import read_dataset
from tests.agreement import scheme_of
from tests.examples import EXAMPLES, dataset_named, evaluate_example, example_of, printed, scheme_named

FEW = settings(derandomize=True, deadline=None, database=None, phases=[Phase.generate])
FIRM: dict[str, Any] = {"tax": 30, "land": 1, "value_added": 150, "energy": 75, "staff": 7.5, "rd": 25, "revenue": 1000}


def huangyan(*firms: dict[str, Any]) -> dict[str, dict[str, str]]:
    units = [{"key": str(place), "name": f"示例{place}厂", **firm} for place, firm in enumerate(firms, 1)]
    return printed({"scheme": "huangyan/above_scale", "units": units})


# --- E03: no emission data --------------------------------------------------------------------------------------------


def test_e03_firm_without_emission_data_takes_the_mean_item_score_and_is_flagged() -> None:
    """E03: scores of 0.8, 1.2 and 1.6 on 4929.81 have the mean 1.2, worth 12 points to the firm that has no data."""
    emissions = [150 / (4929.81 * score) for score in (0.8, 1.2, 1.6)]

    firms = huangyan(*(FIRM | {"emissions": amount} for amount in emissions), FIRM)

    assert round(float(firms["4"]["score:value_added_per_emission"]), 9) == 1.2
    assert round(float(firms["4"]["points:value_added_per_emission"]), 9) == 12
    assert [firms[key]["flags"] for key in "1234"] == ["", "", "", "赋分:value_added_per_emission"]
    assert firms["4"]["score"] == firms["2"]["score"]


# --- E04: no land -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("land", [0, None], ids=["zero", "blank"])
def test_e04_firm_without_land_is_not_evaluated_and_is_told_why(land: float | None) -> None:
    """E04: nothing is divided by a plot that is zero or unknown; the firm is 不参评, with the reason and no number."""
    example = example_of(next(path for path in EXAMPLES if path.match("2019/examples/manufacturing.yaml")))
    example["units"] = [unit | ({"land": land} if unit["key"] == "05" else {}) for unit in example["units"]]

    unit = printed(example)["05"]

    assert (unit["eligible"], unit["excluded_because"]) == ("false", "有用地面积（没有填或为零的请先补报）")
    numbers = [unit[name] for name in unit if name.startswith(("value:", "score", "points:", "rank"))]
    assert set(numbers) == {""}


@pytest.mark.parametrize("land", [0, None], ids=["zero", "blank"])
def test_e04_where_a_plan_has_no_such_condition_its_rule_for_missing_applies(land: float | None) -> None:
    """E04: Huangyan's plan asks for no land; without it the firm has no total. Never 0, inf or NaN."""
    firms = huangyan(FIRM | {"emissions": 0.03}, FIRM | {"emissions": 0.03, "land": land})

    assert firms["2"]["value:tax_per_mu"] == firms["2"]["score:tax_per_mu"] == firms["2"]["score"] == ""
    assert firms["2"]["flags"] == "缺数:tax_per_mu;缺数:value_added_per_mu"
    assert firms["1"]["rank"] == "1"
    cells = {cell.lower() for firm in firms.values() for cell in firm.values()}
    assert cells & {"inf", "-inf", "nan"} == set()


# --- a region's true average (Lishui, 2019) ---------------------------------------------------------------------------

LISHUI = """
scheme: lishui
domain: county
label: 亩均税收
basis: {assumption: 丽水市2019年驾驶舱所列：573564万元÷30341亩，显示18.9}
unit: {label: 县（市、区）, key: code, name: name}
variables:
  tax: {label: 税收, unit: 万元}
  land: {label: 用地面积, unit: 亩}
score:
  id: total
  of: 1
  children:
    - id: tax_per_mu
      label: 亩均税收
      formula: tax / land
      unit: 万元/亩
      normalise: {method: benchmark_ratio, benchmark: {statistic: ratio_of_sums, precision: 2}}
      missing: exclude
"""


def test_region_s_average_is_the_ratio_of_sums_and_a_slash_is_missing(tmp_path: Path) -> None:
    """Lishui 2019: 573,564 万元 over 30,341 亩 is 18.90, while the mean of the three ratios is 43.48."""
    file = tmp_path / "lishui.csv"
    file.write_text(
        "code,name,tax,land\n"
        '331102,莲都区,"100,000","10,000"\n'
        '331121,青田县,"440,000","20,000"\n'
        '331122,缙云县,"33,564",341\n'
        "331123,遂昌县,/,900\n",
        encoding="utf-8",
    )
    scheme = scheme_of(LISHUI)

    evaluation = evaluate(scheme, read_dataset(file, scheme).dataset)

    assert [printed_benchmark(row)[2:] for row in evaluation.benchmarks] == [("all", "3", "ratio_of_sums", "18.90")]
    suichang = printed_units(evaluation).to_dicts()[3]
    assert (suichang["name"], suichang["value:tax_per_mu"], suichang["score"]) == ("遂昌县", "", "")
    assert suichang["flags"] == "不定等级:tax_per_mu"


# --- E08: what must not change ----------------------------------------------------------------------------------------

AMOUNTS = st.integers(1, 40)
FIRMS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("tax", "land", "value_added", "energy", "staff", "rd", "revenue"), AMOUNTS),
        "emissions": st.none() | AMOUNTS,
    }
)


@settings(FEW, max_examples=20)
@given(
    firms=st.lists(FIRMS, min_size=2, max_size=5),
    which=st.integers(0, 4),
    name=st.sampled_from(["tax", "value_added", "rd"]),
    more=st.sampled_from([0.001, 1, 7, 500]),
)
def test_e08_raising_a_higher_is_better_indicator_never_lowers_one_s_own_score_or_rank(
    firms: list[dict[str, Any]], which: int, name: str, more: float
) -> None:
    """E08: with fixed benchmarks (Huangyan's), more tax, value added or research never costs a point or a place."""
    which %= len(firms)
    raised = [firm | {name: firm[name] + more} if place == which else firm for place, firm in enumerate(firms)]
    key = str(which + 1)

    before, after = huangyan(*firms)[key], huangyan(*raised)[key]

    assert float(after["score"]) >= float(before["score"])
    assert int(after["rank"]) <= int(before["rank"])


INELIGIBLE: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "without land": lambda firm: firm | {"land": 0},
    "of another industry": lambda firm: firm | {"gb_code": "0511"},
    "below scale": lambda firm: firm | {"revenue": 1},
    "not yet producing": lambda firm: firm | {"production_since": "2019-04-10"},
}


@settings(FEW, max_examples=8)
@given(firm=FIRMS, scale=st.sampled_from([1, 1000, 10**6]), why=st.sampled_from(sorted(INELIGIBLE)))
def test_e08_adding_an_ineligible_unit_changes_nobody(firm: dict[str, Any], scale: int, why: str) -> None:
    """E08: benchmarks, scores, ranks, tiers and places of the others stay, however large the newcomer is."""
    example = example_of(next(path for path in EXAMPLES if path.match("2019/examples/manufacturing.yaml")))
    large = {name: amount * scale for name, amount in firm.items() if amount is not None}
    newcomer = INELIGIBLE[why]({"key": "00", "name": "示例零厂", "gb_code": "3670", **large, "revenue": 10**6})

    before = evaluate_example(example)
    after = evaluate(scheme_named(example["scheme"]), dataset_named(example["scheme"], [*example["units"], newcomer]))

    first, *others = printed_units(after).to_dicts()
    assert (first["key"], first["eligible"]) == ("00", "false")
    assert others == printed_units(before).to_dicts()
    assert after.benchmarks == before.benchmarks
    assert after.findings == before.findings
