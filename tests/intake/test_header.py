from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn
from mujun.intake import read_dataset
from mujun.scheme import Scheme

TextFile = Callable[..., Path]


def told(path: Path, scheme: Scheme) -> list[str]:
    return [f"{finding.severity.label} {finding}" for finding in read_dataset(path, scheme).findings]


@pytest.mark.parametrize(
    "header",
    [
        "uscc,name,tax",
        "代码,名称,税收",
        "统一社会信用代码,企业名称,税收（万元）",
        "单位代码,单位名称,税收(万元)",
        "企业代码,企业名称, 税 收 【万元】",
        "ＵＳＣＣ,Name,TAX（万元）",
        '"单位\n代码",名称,"税收\n（万元）"',
    ],
)
def test_header_by_id_label_or_word(header: str, text_file: TextFile, scheme: Scheme) -> None:
    reading = read_dataset(text_file(header, "A,甲,1"), scheme)
    assert reading.findings == ()
    assert reading.dataset.frame.select("unit:key", "unit:name", "tax").rows() == [("A", "甲", 1.0)]


def test_other_unit_is_an_error_and_its_numbers_are_not_taken(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,税收（元）", "A,甲,10000")
    assert told(path, scheme) == [
        "错误 data.csv!C1 “税收”的单位应为“万元”，表头写的是“税收（元）”。"
        "请核对这一列的数：单位确实不同的，请换算后再改表头；只是写错的，改表头即可。"
    ]
    assert read_dataset(path, scheme).dataset.frame["tax"].to_list() == [None]


def test_remark_that_is_no_unit(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file("代码,名称,税收,是否上市（是/否）,投产日期(年-月-日)", "A,甲,1,是,2019-4-9"), scheme) == []
    assert told(text_file("代码,名称,税收（2018年）", "A,甲,1"), scheme)[0].startswith(
        "错误 data.csv!C1 “税收”的单位应为“万元”"
    )


def test_two_columns_for_one_variable(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,税收,tax", "A,甲,1,2")
    assert told(path, scheme) == ["错误 data.csv!D1 C列和D列都是“税收”，不知用哪一列，先用C列。请只留一列。"]
    assert read_dataset(path, scheme).dataset.frame["tax"].to_list() == [1.0]


def test_two_key_columns(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file("代码,代码,名称,税收", "A,B,甲,1"), scheme) == [
        "错误 data.csv!B1 A列和B列都是“单位代码”，不知用哪一列，先用A列。请只留一列。"
    ]


def test_the_more_certain_key_wins_and_the_other_is_told(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,统一社会信用代码,名称,税收", "1,A,甲,1")
    assert told(path, scheme) == [
        "提醒 data.csv!A1 “代码”这一列没有用：用的是“统一社会信用代码”一列。如果用错了，请删去不该用的一列。"
    ]
    assert read_dataset(path, scheme).dataset.frame["unit:key"].to_list() == ["A"]


def test_unknown_columns_are_told_one_by_one(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file("代码,名称,税收,行业代号,电话", "A,甲,1,25,8"), scheme) == [
        "提醒 data.csv!D1 不认识“行业代号”这一列，没有读入。是不是“行业代码”？如是，请改表头；不需要的列可以不管。",
        "提醒 data.csv!E1 不认识“电话”这一列，没有读入。不需要的列可以不管。",
    ]


def test_required_column_lacks(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file("代码,名称,事故数", "A,甲,1"), scheme) == [
        "错误 data.csv 缺少“税收”（tax）一列。请加上表头为“税收（万元）”的一列。"
    ]


def test_key_column_lacks_and_values_are_checked_all_the_same(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("名称,税收", "甲,约1")
    assert told(path, scheme) == [
        "错误 data.csv 没有代码列，认不出各行是哪个单位。表头在第1行。请加上表头为“代码”或“uscc”的一列。",
        "错误 data.csv!B2 “税收”应为数字，单元格里是“约1”。请只填数字，单位（万元）写在表头；没有数据的请留空或填“/”。",
    ]
    assert read_dataset(path, scheme).dataset.size == 0


def test_name_column_lacks(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,税收", "A,1")
    assert told(path, scheme) == ["提醒 data.csv 没有名称列，先用代码当名称。请加上表头为“名称”或“name”的一列。"]
    assert read_dataset(path, scheme).dataset.frame["unit:name"].to_list() == ["A"]


def test_rows_above_the_header_are_told(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("2019年企业数据,,", ",,单位：万元", "", "代码,名称,税收", "A,甲,约1")
    assert told(path, scheme) == [
        "说明 data.csv 表头在第4行，上面的内容没有读入：2019年企业数据；单位：万元。",
        "错误 data.csv!C5 “税收”应为数字，单元格里是“约1”。请只填数字，单位（万元）写在表头；没有数据的请留空或填“/”。",
    ]


def test_no_header(text_file: TextFile, scheme: Scheme) -> None:
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(text_file("甲,乙", "1,2"), scheme)
    assert str(stopped.value) == (
        "data.csv 前20行里找不到表头：没有一格是“代码”“uscc”，也没有一格是数据项的名称。"
        "请核对是不是拿错了文件；表头要写数据项的名称。"
    )


def test_header_in_row_twenty_is_found_and_in_row_twenty_one_is_not(text_file: TextFile, scheme: Scheme) -> None:
    rows = ["代码,名称,税收", "A,甲,1"]
    assert read_dataset(text_file(*["x"] * 19, *rows), scheme).dataset.size == 1
    with pytest.raises(CannotGoOn):
        read_dataset(text_file(*["x"] * 20, *rows), scheme)
