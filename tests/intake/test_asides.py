"""What stands in a table and is no unit: totals, notes, signatures, a second header."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.intake import read_dataset
from mujun.scheme import Scheme

TextFile = Callable[..., Path]
HEADER = "代码,名称,税收"


def told(path: Path, scheme: Scheme) -> list[str]:
    return [f"{finding.severity.label} {finding}" for finding in read_dataset(path, scheme).findings]


def keys(path: Path, scheme: Scheme) -> list[str]:
    return read_dataset(path, scheme).dataset.frame["unit:key"].to_list()


def test_notes_below_the_table_in_the_key_column(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(
        HEADER, "A,甲,1", "", "注：税收按入库数，不含滞纳金和罚款等其他收入。,,", "填表人：张三,审核人：李四,"
    )
    assert told(path, scheme) == [
        "说明 data.csv 有2行是说明或签署，没有读入：A4“注：税收按入库数，不含滞纳金和罚款等其他……”；A5“填表人：张三”。"
    ]
    assert keys(path, scheme) == ["A"]


def test_notes_in_any_other_column(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "A,甲,1", ",,填报日期：2019年4月9日", ",负责人（签字）：,", ",联系电话,05718888")
    assert told(path, scheme) == [
        "说明 data.csv 有3行是说明或签署，没有读入：C3“填报日期：2019年4月9日”；B4“负责人（签字）：”；B5“联系电话”。"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "注:x", "注1：x", "注 1. x", "备注：x", "说明：x", "填报说明:x", "填 表 人：", "制表人：x", "审核：",
        "单位负责人：", "统计负责人：", "分管领导：", "联系电话：1", "填报单位（盖章）：", "报出日期：x", "数据来源：x",
        "（注：x）", "填表人",
        "1.本表由企业填报", "（1）税收指入库税收", "①税收指入库税收", "*税收指入库税收", "税收指入库税收。",
    ],
)  # fmt: skip
def test_every_way_to_begin_a_note(text: str, text_file: TextFile, scheme: Scheme) -> None:
    for path in (
        text_file(HEADER, "A,甲,1", f"{text},,", name="key.csv"),
        text_file(HEADER, "A,甲,1", f",,{text}", name="other.csv"),
    ):
        assert [finding.code for finding in read_dataset(path, scheme).findings] == ["note_rows"]
        assert keys(path, scheme) == ["A"]


@pytest.mark.parametrize("key", ["330100", "注册001", "说明书厂", "备注", "A。", "1.5", "浙A1", "单位甲", "来源地公司"])
def test_key_that_only_looks_like_a_note(key: str, text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, f"{key},甲,1", "B,乙,2")
    assert keys(path, scheme) == (["B"] if key == "备注" else [key, "B"])


def test_note_beside_a_key_is_a_remark_on_the_unit(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("名称,代码,税收", "注：甲,A,1", "乙,B,2")
    assert told(path, scheme) == []
    assert keys(path, scheme) == ["A", "B"]


def test_sentence_among_the_units_is_no_note(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "A,甲,1", "1.本表由企业填报,,", "B,乙,2")
    assert keys(path, scheme) == ["A", "1.本表由企业填报", "B"]


def test_totals_by_their_ending(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "A,甲,1", "全省合计,,1", ",杭州市小计,1", "/,总　计：,1", "会计,丙,2")
    assert told(path, scheme) == ["提醒 data.csv 有3行是合计，没有读入：A3、A4、A5。合计由程序计算，不必填报。"]
    assert keys(path, scheme) == ["A", "会计"]


def test_header_over_again_on_the_next_page(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "A,甲,1", HEADER, "B,乙,2")
    assert told(path, scheme) == ["说明 data.csv 有1行又是表头，没有读入：A3。"]
    assert keys(path, scheme) == ["A", "B"]


def test_only_notes_and_no_units(text_file: TextFile, scheme: Scheme) -> None:
    codes = [finding.code for finding in read_dataset(text_file(HEADER, "注：x,,"), scheme).findings]
    assert codes == ["note_rows", "no_rows"]
