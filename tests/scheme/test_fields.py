"""Whatever stands where in a scheme file, what is wrong with it is said; nothing is guessed and nothing crashes."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mujun.findings import blocking
from mujun.law import Law
from mujun.scheme import read_scheme
from mujun.scheme.load import Reading
from mujun.yaml_source import parse_yaml
from tests.scheme.conftest import Mistakes
from tests.spec.tables import flow

EVERYTHING = """
scheme: everything
domain: manufacturing
label: 样样都有
lead_agency: 省经信厅
basis: {assumption: 为测试而设}
trial: false
unit: {label: 企业, key: uscc, name: name}
constants: {cutoff: 2019-04-09, pilots: [甲县, 乙县]}
constants_basis: {cutoff: {assumption: 为测试而设}}
variables:
  code: {label: 行业代码, type: text, required: false, missing_values: ["-999"]}
  tax: {label: 税收, unit: 万元, decimals: 2, source: 税务, default: 3}
  land: {label: 用地面积, unit: 亩}
  opened: {label: 投产日期, type: date, default: 2019-01-01}
  listed: {label: 是否上市, type: boolean, default: true}
derive:
  industry: {label: 行业, classify: {of: code, classes: {石化: ["25"], 时尚: ["19"]}, else: 其他}}
  size: {choose: [{when: land > 2, then: 大}], else: 小}
  yield_per_mu: {formula: tax / land, unit: 万元/亩}
group_by: [industry]
eligibility: [{id: land_known, label: 有用地, when: land > 0, basis: {assumption: 为测试而设}}]
exemptions: [{id: young, label: 过渡期, when: "full_years(opened, cutoff) < 2"}]
vetoes: [{id: safety, label: 安全, when: listed, effect: lowest_tier}]
score:
  id: total
  label: 总分
  aggregate: sum
  of: 100
  precision: 4
  children:
    - id: per_mu
      label: 亩均税收
      formula: tax / land
      unit: 万元/亩
      direction: lower
      weight: {by: industry, 石化: 60, default: 60}
      applies: land > 0
      impute: {method: median, by: [industry], value: 2}
      treat: {method: winsorise, lower: 0.01, upper: 0.99}
      normalise:
        - method: benchmark_ratio
          benchmark: {statistic: quantile, q: 0.5, over: all, times: 2, precision: 4, from: current}
          floor: 0
          cap: 1.5
        - {method: bands, steps: [[1, 2], [2, 3]], below: 0}
      missing: {mean_by: [industry]}
      also: [{id: place, label: 位次, normalise: {method: percentile_rank, over: [industry]}, precision: 2}]
      print: 3
      weight_basis: {assumption: 为测试而设}
    - id: growth
      weight: 40
      aggregate: mean
      at_least: 1
      of: 1
      normalise: {method: min_max, low: 0, high: "ln(100)", to: [0, 1], clip: true}
      children:
        - id: sum
          formula: tax
          unit: 万元
          treat: {method: clip, low: 0, high: 5}
          normalise: {formula: x / n, over: all}
          missing: skip
adjustments: [{id: bonus, label: 加分, when: tax > 5, points: "-3 * tax"}]
adjustments_between: [-10, 10]
ranking: {ties: min, tie_break: [per_mu, tax]}
tiers:
  over: group
  order: [A, B, C]
  ties: up
  levels:
    - {tier: A, share: 0.2, rounding: floor, ties: down}
    - {tier: B, when: total >= 3, outside_quota: true}
    - {tier: A, up_to: 0.5}
    - {tier: C, from: bottom}
selection:
  quota: {by_group: {石化: 3, default: 1}}
  from_tiers: [A]
  minimum_score: 10
  at_the_cut: stop
  reserve: 3
"""
Place = tuple[str | int, ...]


@cache
def everything() -> Any:
    value, findings = parse_yaml(EVERYTHING, "everything.yaml")
    assert findings == []
    return value


def places(value: Any, above: Place = ()) -> Iterator[Place]:
    """Every place of a scheme where something stands."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield (*above, key)
        yield from places(inner, (*above, key))


def read_with(folder: Path, place: Place, odd: Any) -> Reading:
    """What is made of the scheme with something else in one place."""
    changed = copy.deepcopy(everything())
    inside = changed
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = odd
    path = folder / "odd.yaml"
    path.write_text(flow(changed), encoding="utf-8")
    return read_scheme(path, Law({}))


def crashes(folder: Path, odd: Any) -> list[tuple[Place, str]]:
    """Where reading ends with an exception instead of a finding."""
    found = []
    for place in places(everything()):
        try:
            read_with(folder, place, odd)
        except Exception as error:
            found.append((place, repr(error)))
    return found


def test_scheme_with_everything_in_it_has_no_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "everything.yaml"
    path.write_text(EVERYTHING, encoding="utf-8")

    assert read_scheme(path, Law({})).findings == ()


@pytest.mark.parametrize(
    ("place", "odd"),
    [
        (("adjustments_between",), {}),
        (("adjustments_between", 0), None),
        (("adjustments_between",), [[1], [2]]),
        (("ranking", "tie_break"), [["per_mu"]]),
        (("ranking", "tie_break", 0), {}),
    ],
)
def test_mapping_or_list_where_a_number_or_name_is_meant_is_a_mistake(tmp_path: Path, place: Place, odd: Any) -> None:
    assert blocking(read_with(tmp_path, place, odd).findings) != []


@pytest.mark.acceptance
@pytest.mark.parametrize("odd", [None, {}, [[1]], True, "x", -1, 10**30, ["a", "a"]], ids=repr)
def test_odd_value_anywhere_is_never_a_crash(tmp_path: Path, odd: Any) -> None:
    assert crashes(tmp_path, odd) == []


EMPTIED = [
    ("score", "children", 0, "formula"),
    ("score", "children", 0, "weight"),
    ("score", "children", 0, "applies"),
    ("score", "children", 0, "normalise"),
    ("score", "of"),
    ("derive", "industry", "classify"),
    ("eligibility", 0, "when"),
    ("exemptions", 0, "when"),
    ("vetoes", 0, "when"),
    ("adjustments", 0, "points"),
    ("tiers", "levels", 0, "share"),
    ("tiers", "levels", 2, "up_to"),
    ("selection", "minimum_score"),
    ("selection", "from_tiers"),
]


@pytest.mark.parametrize("place", EMPTIED, ids=lambda place: ".".join(map(str, place)))
def test_key_that_was_left_empty_is_a_mistake(tmp_path: Path, place: Place) -> None:
    """`share:` with nothing behind it is not "whoever is left", `when:` not "never": somebody forgot a number."""
    assert blocking(read_with(tmp_path, place, None).findings) != []


# --- kinds ------------------------------------------------------------------------------------------------------------


def test_number_where_a_text_is_meant_reads_as_it_is_written(mistakes: Mistakes) -> None:
    assert mistakes({"label: 小方案": "label: 2019"}) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("of: 100", "of: 一百", "“总分”的“of”须是数，现在是“一百”。"),
        ("of: 100", "of: 100\n  precision: 2.5", "“总分”的“precision”须是不小于0的整数，现在是“2.5”。"),
        ("of: 100", "of: 100\n  precision: 12", "“总分”的“precision”最多9位小数。"),
        ("of: 100", "of: 100\n  aggregate: product", "“总分”的“aggregate”不能是“product”。"),
        ("weight: 60", "weight: 60\n      direction: up", "“亩均税收”的“direction”不能是“up”。"),
        ("weight: 60", "weight: 60\n      missing: guess", "“亩均税收”的 missing 不能是“guess”。"),
        ("label: 小方案", "label: [小, 方案]", "评价方案的“label”须是文本。"),
        ("unit: {label: 企业, key: uscc, name: name}", "unit: 企业", "unit须写成“键: 值”。"),
    ],
)
def test_wrong_kind_is_named(mistakes: Mistakes, old: str, new: str, message: str) -> None:
    assert mistakes({old: new})[0].partition(" ")[2].startswith(message)
