"""Reading a scheme: every mistake at once, each with its line and what to do."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn
from mujun.law import PROGRAMME, Law
from mujun.scheme import Scheme, find_scheme, load_scheme, read_scheme
from tests.scheme.conftest import Mistakes


def test_scheme_without_mistakes_is_understood(scheme_with: Callable[[str], Scheme]) -> None:
    scheme = scheme_with("")

    assert (scheme.id, scheme.label, scheme.file, scheme.unit_label, scheme.key) == (
        *("small", "小方案", "small.yaml", "企业", "uscc"),
    )
    assert [node.id for node in scheme.nodes()] == ["total", "per_mu", "per_head"]
    assert [node.weight.default for node in scheme.root.children] == [Fraction(60), Fraction(40)]
    assert scheme.group_by == ("industry",)
    assert scheme.precision == 4
    assert not scheme.trial
    assert not scheme.provisional


def test_scheme_file_is_known_by_its_digest(scheme_with: Callable[[str], Scheme]) -> None:
    assert scheme_with("").digest != scheme_with("# 只改一个字\n").digest


def test_small_scheme_has_no_mistakes(mistakes: Mistakes) -> None:
    assert mistakes() == []


# --- keys -------------------------------------------------------------------------------------------------------------


def test_unknown_key_is_named_with_the_nearest_one(mistakes: Mistakes) -> None:
    assert mistakes({"weight: 60": "wieght: 60"}) == ["small.yaml:23 “亩均税收”没有叫“wieght”的键。是不是“weight”？"]


def test_unknown_key_at_the_top_is_named(mistakes: Mistakes) -> None:
    assert mistakes(more="tyers: {}\n") == ["small.yaml:31 评价方案没有叫“tyers”的键。是不是“tiers”？"]


def test_unknown_key_like_no_other_lists_what_there_is(mistakes: Mistakes) -> None:
    assert mistakes({"unit: {label: 企业": "unit: {颜色: 红, label: 企业"}) == [
        "small.yaml:5 unit没有叫“颜色”的键。可用：label、key、name。"
    ]


def test_duplicate_key_is_a_mistake_with_both_lines(mistakes: Mistakes) -> None:
    assert mistakes({"weight: 60": "weight: 60\n      weight: 60"}) == [
        "small.yaml:24 “weight”写了两次（第23行已有）。请删去其中一处。"
    ]


def test_missing_key_is_asked_for(mistakes: Mistakes) -> None:
    assert mistakes({"    - id: per_mu\n      label": "    - label"}) == ["small.yaml:19 指标缺少“id”。请补上。"]


def test_scheme_without_score_is_asked_for_one(mistakes: Mistakes, tmp_path: Path, law: Law) -> None:
    path = tmp_path / "none.yaml"
    path.write_text("domain: d\nlabel: 无\nbasis: {assumption: 试}\n", encoding="utf-8")

    findings = [str(finding) for finding in read_scheme(path, law).findings]

    assert findings[0] == "none.yaml:1 评价方案缺少 score。请写指标。"


# --- bases ------------------------------------------------------------------------------------------------------------


def test_unknown_clause_is_named_with_near_ones(mistakes: Mistakes) -> None:
    assert mistakes({"zhe-mujunban-2019-4#2.6": "zhe-mujunban-2019-4#2.66"}) == [
        "small.yaml:4 评价方案引用的条款“zhe-mujunban-2019-4#2.66”不存在。"
        "是不是zhe-mujunban-2019-4#2.6、zhe-mujunban-2019-4#2.7、zhe-mujunban-2019-4#2.5？"
    ]


def test_clause_of_an_instrument_nobody_knows_says_where_to_look(mistakes: Mistakes) -> None:
    assert mistakes({"zhe-mujunban-2019-4#2.6": "〔2020〕9号"}) == [
        "small.yaml:4 评价方案引用的条款“〔2020〕9号”不存在。请核对 instruments/ 里的文件编号和条款编号。"
    ]


def test_clause_of_a_document_whose_text_is_unknown_does_not_exist(mistakes: Mistakes) -> None:
    found = mistakes({"zhe-mujunban-2019-4#2.6": "zhe-micro-park-assessment#1"})

    assert [line.split("。")[0] for line in found] == [
        "small.yaml:4 评价方案引用的条款“zhe-micro-park-assessment#1”不存在"
    ]


def test_basis_is_a_clause_or_an_assumption_not_both(mistakes: Mistakes) -> None:
    assert mistakes({"{clause: zhe-mujunban-2019-4#2.6}": "{clause: zhe-mujunban-2019-4#2.6, assumption: 试}"}) == [
        "small.yaml:4 评价方案的依据须是 clause（条款）或 assumption（假设为何）之一。"
    ]


def test_scheme_without_basis_is_told_at_every_node_that_inherits_none(mistakes: Mistakes) -> None:
    assert mistakes({"basis: {clause: zhe-mujunban-2019-4#2.6}\n": ""}) == [
        "small.yaml:1 评价方案没有依据。请写 basis: {clause: …}。",
        "small.yaml:14 “总分”没有依据。请写 basis: {clause: …} 或 {assumption: 为何}。",
        "small.yaml:18 “亩均税收”没有依据。请写 basis: {clause: …} 或 {assumption: 为何}。",
        "small.yaml:24 “人均税收”没有依据。请写 basis: {clause: …} 或 {assumption: 为何}。",
    ]


# --- weights, methods, units, names -----------------------------------------------------------------------------------


def test_negative_weight_is_a_mistake(mistakes: Mistakes) -> None:
    assert mistakes({"weight: 60": "weight: -60"}) == ["small.yaml:23 “亩均税收”的权重是负数。权重不能小于0。"]


def test_negative_weight_of_one_class_is_a_mistake(mistakes: Mistakes) -> None:
    assert mistakes({"weight: 60": "weight: {by: industry, 石化: -1, default: 60}"}) == [
        "small.yaml:23 “亩均税收”的权重“石化”是负数。权重不能小于0。"
    ]


def test_weight_by_a_column_that_is_not_text_is_a_mistake(mistakes: Mistakes) -> None:
    assert mistakes({"weight: 60": "weight: {by: tax, default: 60}"}) == [
        "small.yaml:23 “亩均税收”的权重按“tax”分，而没有这个文本列。"
    ]


def test_unknown_method_lists_those_there_are(mistakes: Mistakes) -> None:
    assert mistakes({"{method: benchmark_ratio, benchmark: 20}": "{method: minmax}"}) == [
        "small.yaml:24 没有叫“minmax”的无量纲化方法。"
        "可用：benchmark_ratio、min_max、z_score、percentile_rank、rank、bands。"
    ]


def test_unknown_unit_lists_those_there_are(mistakes: Mistakes) -> None:
    assert mistakes({"land: {label: 用地面积, unit: 亩}": "land: {label: 用地面积, unit: 市亩}"})[0] == (
        "small.yaml:9 数据项“land”的单位“市亩”不认识。可用：元、万元、亿元、平方米、亩、公顷、千克、吨、当量吨、"
        "吨标准煤、千瓦时、万千瓦时、立方米、人、千人、万人、年、家、百家、项、个、起、分、%、1。"
    )


def test_unit_that_does_not_come_out_is_a_mistake(mistakes: Mistakes) -> None:
    assert mistakes({"unit: 万元/亩": "unit: 吨/亩"}) == [
        "small.yaml:21 “亩均税收”：“tax / land”得出的单位是万元/亩，与所写单位吨/亩不符。请改公式或单位。"
    ]


def test_import_in_a_formula_is_refused(mistakes: Mistakes) -> None:
    found = mistakes({"formula: tax / land": """formula: "__import__('os').system('true')" """})

    assert [line.partition("可用")[0] for line in found] == [
        "small.yaml:21 “亩均税收”：公式“__import__('os').system('true')”里的“__import__('os').system('true')”不能用。"
    ]


def test_money_plus_land_is_refused_with_its_place(mistakes: Mistakes) -> None:
    assert mistakes({"formula: tax / land": "formula: (tax + land) / land"}) == [
        "small.yaml:21 “亩均税收”：公式“(tax + land) / land”里的“tax + land”把单位万元与亩放在一起。请核对单位。"
    ]


def test_tie_break_of_an_unknown_name_is_a_mistake(mistakes: Mistakes) -> None:
    assert mistakes(more="ranking:\n  tie_break: [per_mu, taxes]\n") == [
        "small.yaml:32 tie_break 里没有叫“taxes”的指标或数据项。可用：total、per_mu、per_head。"
    ]


def test_group_by_an_unknown_column_or_a_number_is_a_mistake(mistakes: Mistakes) -> None:
    assert mistakes({"group_by: [industry]": "group_by: [county, tax]"}) == [
        "small.yaml:13 group_by 里没有叫“county”的列。请核对数据项和派生列的名字。",
        "small.yaml:13 不能按“tax”分组：它是数值。只能按文本或是否分组。",
    ]


def test_code_in_two_classes_and_code_without_quotes_are_mistakes(mistakes: Mistakes) -> None:
    assert mistakes({'石化: ["25"], 时尚: ["19"]': '石化: ["25"], 时尚: ["25", 19]'}) == [
        "small.yaml:12 代码“25”既属“石化”又属“时尚”。一个代码只能属一类。",
        'small.yaml:12 代码19须加引号，否则前面的0会丢。请写成 "19"。',
    ]


def test_node_has_a_formula_or_children(mistakes: Mistakes) -> None:
    assert mistakes({"      formula: tax / land\n      unit: 万元/亩\n": ""}) == [
        "small.yaml:19 “亩均税收”须有 formula（指标）或 children（维度）之一。"
    ]


def test_ratio_of_sums_wants_a_ratio(mistakes: Mistakes) -> None:
    changes = {
        "formula: tax / land\n      unit: 万元/亩": "formula: tax\n      unit: 万元",
        "{method: benchmark_ratio, benchmark: 20}": "{method: benchmark_ratio, benchmark: {statistic: ratio_of_sums}}",
    }

    assert mistakes(changes) == [
        "small.yaml:24 “亩均税收”用 ratio_of_sums，而它不是第一步，或公式不是“甲 / 乙”。"
        "请改写公式，或改用 mean、median。"
    ]


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("{method: benchmark_ratio}", "缺少 benchmark。请写一个数，或 {statistic: ratio_of_sums}。"),
        ("{method: benchmark_ratio, benchmark: 0}", "的基准值须大于0。"),
        ("{method: benchmark_ratio, benchmark: 1, floor: 2, cap: 1}", "的 floor 大于 cap。"),
        ("{method: benchmark_ratio, benchmark: 二十}", "的“benchmark”：公式“二十”里没有叫“二十”的数据项。可用：。"),
        ("{method: min_max, low: 5, high: 5}", "的 low 须小于 high。"),
        ("{method: min_max, to: [0]}", "的 to 须是两个数，例如 [0, 100]。"),
        ("{method: bands, steps: [[2, 1], [1, 2]]}", "的 steps 须从小到大，不得重复。"),
        ("{method: bands, steps: [1, 2]}", "的每一步须是 [达到, 得]，例如 [1.5, 2]。"),
        ("{method: z_score, over: [tax]}", "按“tax”分，而它是数值。只能按文本或是否分。"),
        ("{method: rank, cap: 1}", "没有叫“cap”的键。可用：method、over。"),
        ("{formula: tax}", "：公式“tax”里没有叫“tax”的数据项。可用：x、n。"),
    ],
)
def test_step_that_cannot_work_is_a_mistake(mistakes: Mistakes, step: str, message: str) -> None:
    found = mistakes({"{method: benchmark_ratio, benchmark: 20}": step})

    assert found[0] == f"small.yaml:24 “亩均税收”的 normalise{message}"


# --- several at once --------------------------------------------------------------------------------------------------


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines(mistakes: Mistakes) -> None:
    changes = {
        "zhe-mujunban-2019-4#2.6": "nowhere#1",
        "group_by: [industry]": "group_by: [sector]",
        "weight: 60": "weight: -60",
        "formula: tax / staff": "formula: tax / stuff",
        "{method: benchmark_ratio, benchmark: 5}": "{method: logistic}",
    }

    found = mistakes(changes, "ranking: {tie_break: [nobody]}\n")

    assert [line.partition(" ")[0] for line in found] == [f"small.yaml:{line}" for line in (4, 13, 23, 27, 30, 31)]


def test_scheme_with_mistakes_cannot_be_loaded_and_says_all(tmp_path: Path, law: Law) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("label: 坏\nscore: {id: total}\n", encoding="utf-8")

    with pytest.raises(CannotGoOn) as caught:
        load_scheme(path, law)

    assert [finding.code for finding in caught.value.findings] == [
        *("no_basis", "missing_key", "no_basis", "wrong_kind"),
    ]


@pytest.mark.parametrize("text", ["", "# 空\n", "- 1\n", "方案\n"])
def test_file_that_holds_no_scheme_is_told_so(tmp_path: Path, law: Law, text: str) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text(text, encoding="utf-8")

    reading = read_scheme(path, law)

    assert reading.scheme is None
    assert str(reading.findings[-1]) == ("empty.yaml:1 文件是空的，或不是“键: 值”。请从最近的评价方案复制一份再改。")


# --- finding a scheme -------------------------------------------------------------------------------------------------


def test_scheme_is_found_by_round_and_domain_or_by_path(tmp_path: Path) -> None:
    assert find_scheme("2019/manufacturing") == PROGRAMME / "2019" / "schemes" / "manufacturing.yaml"
    assert find_scheme(str(tmp_path / "a.yaml")) == tmp_path / "a.yaml"


def test_scheme_nobody_knows_lists_those_there_are() -> None:
    with pytest.raises(CannotGoOn) as caught:
        find_scheme("2019/aviation")

    assert str(caught.value) == (
        "没有叫“2019/aviation”的评价方案。可写文件路径，或"
        "2019/characteristic_town、2019/county、2019/economic_zone、2019/hightech_zone、2019/manufacturing、"
        "2019/manufacturing_below_scale、2019/micro_park、2019/services、huangyan/above_scale、huangyan/below_scale。"
    )
