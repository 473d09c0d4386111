"""One unit's walk: every number with what it came from, and parts that add up to the total."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from mujun.engine import Evaluation
from mujun.engine.explain import Walk, explain
from mujun.engine.result import Result, read_result
from mujun.findings import CannotGoOn
from mujun.law import Law
from mujun.rounding import half_up
from tests.engine.conftest import FIRMS, SCHEME
from tests.examples import EXAMPLES, NAMES, dataset_named, evaluate_example, example_of, law, scheme_named

Written = Callable[..., tuple[Evaluation, dict[str, Any], Path]]
NO_LAW = Law({})


def walk_of(written: Written, key: str, scheme: str = SCHEME, firms: list[dict[str, Any]] = FIRMS) -> Walk:
    return explain(read_result(written(scheme, firms)[2], NO_LAW), key, NO_LAW)


def verdict(walk: Walk) -> tuple[str, str]:
    """The last line: selected or not, and why."""
    last = walk.lines[-1]
    assert last.what == "结论"
    return last.value, last.how


# --- the parts add up -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_parts_and_remainder_add_up_to_the_total_of_every_unit(path: Path) -> None:
    example = example_of(path)
    evaluation = evaluate_example(example)
    scheme = scheme_named(example["scheme"])
    assert evaluation.units.height == dataset_named(example["scheme"], example["units"]).size
    result = Result(scheme, {}, evaluation.units, evaluation.details, ())

    for row in evaluation.units.iter_rows(named=True):
        walk = explain(result, row["key"], law())

        assert walk.total == (None if row["score"] is None else half_up(Fraction(str(row["score"])), scheme.precision))
        assert sum((value for _, value in walk.parts), walk.remainder) == (walk.total or 0)
        assert abs(walk.remainder) <= Fraction(len(walk.parts), 2 * 10**scheme.precision)


def test_parts_are_those_that_print_and_what_rounding_leaves_is_a_part(written: Written) -> None:
    """33.3 + 33.3 + 33.3 is 99.9 as printed; the total, from unrounded numbers, is 100.0: 0.1 is rounding's."""
    thirds = """\
scheme: thirds
domain: example
label: 三分
basis: {assumption: 为测试而设}
variables: {a: {label: 甲}, b: {label: 乙}}
score:
  id: total
  precision: 1
  children:
    - {id: one, label: 一, formula: a / b, weight: 100}
    - {id: two, label: 二, formula: a / b, weight: 100}
    - {id: three, label: 三, formula: a / b, weight: 100}
"""

    walk = walk_of(written, "1", thirds, [{"key": "1", "name": "一厂", "a": 1, "b": 3}])

    third = Fraction("33.3")
    assert walk.parts == (("一", third), ("二", third), ("三", third))
    assert (walk.remainder, walk.total) == (Fraction("0.1"), 100)
    assert [(line.what, line.value) for line in walk.lines[-5:-1]] == [
        *(("＋ 二", "33.3"), ("＋ 三", "33.3")),
        *(("＋ 四舍五入的尾差", "0.1"), ("＝ 总分", "100.0")),
    ]


# --- the walk ---------------------------------------------------------------------------------------------------------


def test_walk_goes_from_the_raw_values_to_the_verdict(result: Result) -> None:
    walk = explain(result, "2", NO_LAW)

    assert (walk.key, walk.name, walk.title) == ("2", "二厂", "小方案")
    assert [(line.depth, line.what, line.value, line.how) for line in walk.lines] == [
        (0, "参评条件：有用地", "符合", "用地面积 1 亩"),
        (1, "亩均税收", "20 万元/亩", "税收 20 万元，用地面积 1 亩；公式 tax / land"),
        (2, "基准值", "19.29", "5个单位的合计之比；指标值÷基准值，最高按1.5"),
        (2, "亩均税收得分", "1.03680663556", "权重 70，得 72.5764644894 分"),
        (1, "研发", "0.05", "税收 20 万元，研发经费 1 万元；公式 rd / tax"),
        (2, "单位数", "4", "换成名次，1为最好"),
        (2, "研发得分", "2", "权重 30，得 60 分"),
        (0, "＋ 亩均税收", "72.6", ""),
        (0, "＋ 研发", "60.0", ""),
        (0, "＋ 加减分", "0.0", ""),
        (0, "＝ 总分", "132.6", "四舍五入到1位小数，按它排名"),
        (0, "名次", "第2名", "本组4个单位排名"),
        (0, "档次", "A", ""),
        (0, "结论", "入选", "在名额之内"),
    ]


def test_every_step_names_its_basis(result: Result) -> None:
    walk = explain(result, "2", NO_LAW)

    without = [line.what for line in walk.lines if not line.basis]
    assert without == ["＋ 亩均税收", "＋ 研发", "＋ 加减分", "名次"]
    assert {line.basis for line in walk.lines if line.basis} == {"假设：为测试而设"}


def test_score_that_was_filled_in_says_by_what(result: Result) -> None:
    lines = explain(result, "4", NO_LAW).lines

    assert [(line.what, line.value, line.how) for line in lines if line.what in ("研发", "赋分", "研发得分")] == [
        ("研发", "（缺）", "税收 10 万元，研发经费 （缺）；公式 rd / tax"),
        ("赋分", "2.25", "缺数，取4个单位的平均得分"),
        ("研发得分", "2.25", "赋分；权重 30，得 67.5 分"),
    ]


def test_adjustment_is_shown_with_what_it_counted(result: Result) -> None:
    lines = explain(result, "3", NO_LAW).lines

    assert [(line.depth, line.what, line.value, line.how) for line in lines if "罚" in line.what] == [
        (1, "行政处罚", "-6", "行政处罚 2 起"),
    ]


def test_value_that_was_clipped_says_so(written: Written) -> None:
    clipped = SCHEME.replace(
        "normalise: {method: rank}",
        "treat: {method: clip, high: 0.06}, normalise: {method: benchmark_ratio, benchmark: 1}",
    )

    lines = walk_of(written, "1", clipped).lines

    assert [line.what for line in lines if "0.06" in line.how] != []


def test_dimension_that_was_put_on_a_scale_says_by_which_step(written: Written) -> None:
    scheme = """\
scheme: halves
domain: example
label: 两半
basis: {assumption: 为测试而设}
variables: {a: {label: 甲}}
score:
  id: total
  children:
    - id: half
      label: 一半
      normalise: {method: min_max, low: 0, high: 8}
      children: [{id: one, label: 一, formula: a}]
"""

    lines = walk_of(written, "1", scheme, [{"key": "1", "name": "一厂", "a": 2}]).lines

    assert [line.what for line in lines if line.what == "上下限"] == ["上下限"]


def test_total_that_was_put_on_a_scale_is_its_own_only_part(written: Written) -> None:
    """2 points of 8 are put on the scale of 0 to 8: 0.25, which the points of the children do not add up to."""
    scheme = """\
scheme: whole
domain: example
label: 整体
basis: {assumption: 为测试而设}
variables: {a: {label: 甲}}
score:
  id: total
  label: 总分
  precision: 2
  normalise: {method: min_max, low: 0, high: 8}
  children: [{id: one, label: 一, formula: a}]
"""

    walk = walk_of(written, "1", scheme, [{"key": "1", "name": "一厂", "a": 2}])

    assert (walk.parts, walk.remainder, walk.total) == ((("总分", Fraction("0.25")),), 0, Fraction("0.25"))


@pytest.mark.parametrize(("kind", "mine", "other"), [("text", "甲;乙=丙", "丁"), ("boolean", True, False)])
def test_benchmark_is_that_of_the_own_group_whatever_it_is_called(
    written: Written, kind: str, mine: object, other: object
) -> None:
    """Names of groups may hold the signs that benchmarks.csv writes between columns and names."""
    scheme = f"""\
scheme: groups
domain: example
label: 分组
basis: {{assumption: 为测试而设}}
variables: {{a: {{label: 甲}}, kind: {{label: 类别, type: {kind}}}}}
group_by: [kind]
score:
  id: total
  label: 总分
  formula: a
  normalise: {{method: benchmark_ratio, benchmark: {{statistic: mean}}}}
"""
    firms = [{"key": "1", "name": "一厂", "a": 2, "kind": mine}, {"key": "2", "name": "二厂", "a": 7, "kind": other}]

    lines = walk_of(written, "1", scheme, firms).lines

    assert [line.value for line in lines if line.what == "基准值"] == ["2"]


# --- why selected or not ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("1", ("未入选", "有一票否决情形")),
        ("2", ("入选", "在名额之内")),
        ("3", ("未入选", "只从A档中选")),
        ("5", ("未入选", "没有名次")),
        ("6", ("不参评", "有用地")),
    ],
)
def test_verdict_says_why(result: Result, key: str, found: tuple[str, str]) -> None:
    assert verdict(explain(result, key, NO_LAW)) == found


@pytest.mark.parametrize(
    ("selection", "key", "found"),
    [
        ("{quota: 1}", "4", ("未入选", "名额已满")),
        ("{quota: 1, reserve: 1}", "4", ("列备选第1位", "名额已满")),
        ("{quota: 3, minimum_score: 110}", "4", ("未入选", "总分低于110分")),
        ("{adopt: {from: 督查激励名单}}", "2", ("不在参照名单上", "名单参照“督查激励名单”，不由本方案计算")),
    ],
)
def test_verdict_follows_the_rule_of_the_scheme(
    written: Written, selection: str, key: str, found: tuple[str, str]
) -> None:
    scheme = SCHEME[: SCHEME.index("selection:")] + f"selection: {selection}\n"

    assert verdict(walk_of(written, key, scheme)) == found


def test_verdict_on_a_tie_at_the_cut_says_that_somebody_must_decide(written: Written) -> None:
    scheme = SCHEME[: SCHEME.index("selection:")] + "selection: {quota: 1, reserve: 1}\n"
    twins = [firm | {"key": key, "name": f"{key}号"} for firm in FIRMS[1:2] for key in "78"]

    assert verdict(walk_of(written, "8", scheme, twins)) == (
        "列备选第1位",
        "与别的单位并列在最后一个名额上，须由推荐环节裁定",
    )


# --- who --------------------------------------------------------------------------------------------------------------


def test_unit_is_found_by_key_or_by_name(result: Result) -> None:
    assert explain(result, "二厂", NO_LAW) == explain(result, "2", NO_LAW)


def test_unit_nobody_knows_is_told_with_those_that_sound_alike(result: Result) -> None:
    with pytest.raises(CannotGoOn) as caught:
        explain(result, "厂", NO_LAW)
    assert str(caught.value) == "没有单位“厂”。是不是1（一厂）、2（二厂）、3（三厂）、4（四厂）、5（五厂）？"

    with pytest.raises(CannotGoOn) as caught:
        explain(result, "钢铁", NO_LAW)
    assert str(caught.value) == "没有单位“钢铁”。请核对单位代码或名称。"


def test_name_that_several_units_bear_asks_for_the_key(written: Written) -> None:
    twins = [firm | {"name": "同名厂"} for firm in FIRMS[:2]]

    with pytest.raises(CannotGoOn) as caught:
        walk_of(written, "同名厂", SCHEME, twins)

    assert str(caught.value) == "叫“同名厂”的有2个单位。请改用代码：1、2。"
