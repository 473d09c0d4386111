from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mujun.intake import read_dataset
from mujun.scheme import Scheme

TextFile = Callable[..., Path]
HEADER = "代码,名称,税收"


def told(path: Path, scheme: Scheme) -> list[str]:
    return [f"{finding.severity.label} {finding}" for finding in read_dataset(path, scheme).findings]


def keys(path: Path, scheme: Scheme) -> list[str]:
    return read_dataset(path, scheme).dataset.frame["unit:key"].to_list()


def test_duplicate_key_names_both_cells_and_keeps_the_first_row(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "A,甲,1", "B,乙,2", "Ａ,丙,3", "A,丁,4")
    assert told(path, scheme) == [
        *(
            f"错误 data.csv!A{row} 单位代码“A”重复：A2已经有了，A{row}又出现，这一行没有读入。"
            "一个单位只能有一行，请核对后删去或合并。"
            for row in (4, 5)
        ),
        "说明 data.csv 1个单位代码去掉了空格或改成了半角（例如“Ａ”读作“A”）：A4。",
    ]
    assert read_dataset(path, scheme).dataset.frame.select("unit:key", "tax").rows() == [("A", 1.0), ("B", 2.0)]


def test_row_with_data_and_without_key(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "A,甲,1", ",乙,2", "/,丙,3")
    assert told(path, scheme) == [
        "错误 data.csv!A3 这一行有数据，没有单位代码。请补上代码；不是单位的行请删去。",
        "错误 data.csv!A4 这一行有数据，没有单位代码。请补上代码；不是单位的行请删去。",
    ]
    assert keys(path, scheme) == ["A"]


def test_empty_rows_are_passed_over_and_counted(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "", ",,", "A,甲,1", ' ,"\u3000",', "B,乙,x")
    assert told(path, scheme)[0].split()[1] == "data.csv!C6"
    assert dict(read_dataset(path, scheme).key_places) == {"A": 4, "B": 6}


def test_totals_are_told_and_not_taken(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "A,甲,1", "小计,,1", "B,乙,2", ",合　计：,3", "总计,,3")
    assert told(path, scheme) == ["提醒 data.csv 有3行是合计，没有读入：A3、A5、A6。合计由程序计算，不必填报。"]
    assert keys(path, scheme) == ["A", "B"]


def test_a_name_that_holds_the_word_is_no_total(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file(HEADER, "A,合计科技公司,1", "B,合计,2"), scheme) == []


def test_keys_are_trimmed_and_unified_and_told(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, " Ａ１　,甲,1", "B\u200b,乙,2", "'007,丙,3", "C,丁,4")
    assert told(path, scheme) == [
        "说明 data.csv 3个单位代码去掉了空格或改成了半角（例如“ Ａ１　”读作“A1”）：A2、A3、A4。"
    ]
    assert keys(path, scheme) == ["A1", "B", "007", "C"]


def test_key_that_a_spreadsheet_took_for_a_number(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "9.133E+17,甲,1", "9.133E+17,乙,2")
    assert told(path, scheme) == [
        f"错误 data.csv!A{row} 单位代码成了科学记数“9.133E+17”，末尾的数字已经丢失。"
        "请把代码列的单元格格式设为“文本”，从原始资料重新填写。"
        for row in (2, 3)
    ]
    assert keys(path, scheme) == []


def test_unit_without_name(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(HEADER, "A,,1", "B,无,2")
    assert told(path, scheme) == ["提醒 data.csv 2个单位没有名称，先用代码当名称：B2、B3。请补上名称。"]
    assert read_dataset(path, scheme).dataset.frame["unit:name"].to_list() == ["A", "B"]


def test_nothing_below_the_header(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file(HEADER), scheme) == ["错误 data.csv 表头下面没有数据。请核对是不是没有填，或拿错了文件。"]
