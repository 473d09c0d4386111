"""An indicator is added as the last of its dimension, with assumptions for its numbers; the rest of the text stays."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from mujun.findings import CannotGoOn
from mujun.law import PROGRAMME, load_law
from mujun.scheme import read_scheme
from mujun.scheme.amend import NewIndicator, NewVariable, add_indicator, assumed, compare, remove_indicator
from mujun.scheme.amend.words import NEW
from mujun.yaml_source import parse_yaml

SHIPPED = sorted(PROGRAMME.glob("2019/schemes/*.yaml"))
RATIO = NewIndicator(
    label="亩均研发投入", under="total", above="rd", below="land", weights={"": "10", "石化产业": " ５ "},
    benchmark="ratio_of_sums", floor="0", cap="1.5", missing="zero", why="鼓励研发", why_weight="与占比相当",
)  # fmt: skip


@pytest.fixture(scope="module")
def manufacturing() -> str:
    return (PROGRAMME / "2019" / "schemes" / "manufacturing.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def parks() -> str:
    return (PROGRAMME / "2019" / "schemes" / "micro_park.yaml").read_text(encoding="utf-8")


def test_indicator_is_written_after_the_others_and_nothing_else_changes(manufacturing: str) -> None:
    after = add_indicator(manufacturing, RATIO)

    last = "      missing_basis: {assumption: 没有研发活动的企业通常不填研发报表，没有填视同没有研发投入，记零分}\n"
    assert after == manufacturing.replace(
        last,
        f"""{last}
    - id: 亩均研发投入
      label: 亩均研发投入
      formula: rd / land
      unit: 万元/亩
      weight: {{by: industry, 石化产业: 5, default: 10}}
      normalise: {{method: benchmark_ratio, benchmark: {{statistic: ratio_of_sums, precision: 4}}, floor: 0, cap: 1.5}}
      missing: zero
      basis: {{assumption: 鼓励研发}}
      weight_basis: {{assumption: 与占比相当}}
""",
    )
    assert [str(one) for one in compare(manufacturing, after)] == [
        "指标 亩均研发投入 （无）→研究试验发展经费支出 / 实际用地面积"
    ]
    assert [(one.where, one.reason) for one in assumed(after) if "亩均研发投入" in one.where] == [
        ("亩均研发投入", "鼓励研发"),
        ("亩均研发投入 权重", "与占比相当"),
    ]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (
            {"scoring": "goalposts", "low": "0", "high": "12.5"},
            {"normalise": {"method": "min_max", "low": 0, "high": Decimal("12.5"), "clip": True}},
        ),
        (
            {"scoring": "bands", "above": "staff", "below": "", "steps": "100 1\n50 0.5", "direction": "lower"},
            {
                "formula": "staff",
                "unit": "人",
                "direction": "lower",
                "normalise": {"method": "bands", "steps": [[50, Decimal("0.5")], [100, 1]], "below": 0},
            },
        ),
        (
            {"scoring": "ratio_bands", "benchmark": "24.097", "steps": "1 1", "unit": "元/平方米"},
            {
                "unit": "元/平方米",
                "normalise": [
                    {"method": "benchmark_ratio", "benchmark": Decimal("24.097")},
                    {"method": "bands", "steps": [[1, 1]], "below": 0},
                ],
            },
        ),
        ({"below": "revenue"}, {"formula": "rd / revenue", "unit": "%", "weight": 1}),
        (
            {"formula": "（税收实际贡献＋工业增加值）÷ 实际用地面积", "unit": "万元/亩"},
            {"formula": "(tax+value_added)/ land", "unit": "万元/亩"},
        ),
    ],
)
def test_what_is_chosen_is_written_in_the_scheme_language(
    manufacturing: str, typed: dict[str, str], written: dict[str, object]
) -> None:
    after = add_indicator(manufacturing, evolve(RATIO, weights={"": "1"}, **typed))

    node = parse_yaml(after, "")[0]["score"]["children"][-1]
    assert {key: node.get(key) for key in written} == written


def test_indicator_goes_under_the_dimension_that_was_chosen(parks: str) -> None:
    new = evolve(RATIO, label="每家企业税收", under="firm_cultivation", above="tax", below="firms", weights={"": "3"})
    after = add_indicator(parks, new)

    before, _, rest = after.partition("        - id: 每家企业税收\n")
    assert rest.splitlines()[0] == "          label: 每家企业税收"
    assert before.endswith("当年小升规8分。基准值取本类合计之比，封顶1.5倍；没有填视同没有，记零分}\n")


def test_number_that_nobody_was_asked_for_so_far_becomes_a_variable(manufacturing: str) -> None:
    variable = NewVariable(label="用水量（万立方米）", unit="立方米", source="水利")
    after = add_indicator(
        manufacturing, evolve(RATIO, label="2019单位用水税收", above="tax", below=NEW, variable=variable)
    )

    lines = after.splitlines()
    assert "  用水量万立方米: {label: 用水量（万立方米）, unit: 立方米, source: 水利}" in lines
    assert lines[lines.index("    - id: 指标2019单位用水税收") + 2] == "      formula: tax / 用水量万立方米"
    assert [str(one) for one in compare(manufacturing, after)] == [
        "指标 2019单位用水税收 （无）→税收实际贡献 / 用水量（万立方米）",
        "数据项 用水量（万立方米） （无）→立方米，水利",
    ]
    gone = remove_indicator(after, "指标2019单位用水税收", {"用水量万立方米"})
    assert gone == manufacturing


def test_name_that_is_taken_is_not_given_twice(manufacturing: str) -> None:
    twice = add_indicator(add_indicator(manufacturing, RATIO), evolve(RATIO, label="亩均研发投入！"))
    with pytest.raises(CannotGoOn, match="名称“亩均研发投入！”已经有一项用了"):
        add_indicator(twice, evolve(RATIO, label=" 亩均研发投入！ "))

    assert [line for line in twice.splitlines() if "id: 亩均研发投入" in line] == [
        "    - id: 亩均研发投入",
        "    - id: 亩均研发投入2",
    ]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_added_and_taken_out_again_leaves_the_file_as_it_was(file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8")
    after = add_indicator(text, evolve(RATIO, above="tax", below="land", weights={"": "0"}))

    (tmp_path / file.name).write_text(after, encoding="utf-8")
    assert [str(one) for one in read_scheme(tmp_path / file.name, load_law()).findings] == []
    assert remove_indicator(after, "亩均研发投入") == text


def test_everything_that_is_left_open_is_told_at_once(manufacturing: str) -> None:
    with pytest.raises(CannotGoOn) as told:
        add_indicator(
            manufacturing, NewIndicator(below="land", benchmark="很多", cap="x", weights={"": "三", "石化产业": "四"})
        )

    assert [(one.variable, one.message) for one in told.value.findings] == [
        ("label", "新指标的“名称”空着。"),
        ("under", "新指标没有选放在哪一项下面。"),
        ("above", "新指标没有选用哪个数来算。"),
        ("weight", "新指标的“权重”“三”不是数。"),
        ("weight/石化产业", "新指标的“权重（石化产业）”“四”不是数。"),
        ("benchmark", "新指标的“基准值”“很多”不是数。"),
        ("cap", "新指标的“封顶倍数”“x”不是数。"),
        ("missing", "新指标没有选缺数时怎么办。"),
        ("why", "新指标的“理由”空着。"),
    ]


def test_new_number_wants_a_name_and_somebody_who_sends_it(manufacturing: str) -> None:
    with pytest.raises(CannotGoOn) as told:
        add_indicator(manufacturing, evolve(RATIO, above=NEW, below=NEW))

    assert [(one.variable, one.message) for one in told.value.findings] == [
        ("new_label", "新指标的“新数据项的名称”空着。"),
        ("new_source", "新指标的“新数据项由谁报送”空着。"),
        ("below", "新指标的分子和分母是同一个数。"),
    ]
