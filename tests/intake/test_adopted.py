from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from mujun.dataset import AdoptedList
from mujun.intake import read_adopted
from mujun.scheme import Scheme

TextFile = Callable[..., Path]
LIST = AdoptedList(("A", "B"), "关于公布名单的通知", "浙政办发〔2019〕1号", "2019-05-01", "data.csv")


def told(path: Path, scheme: Scheme) -> list[str]:
    return [f"{finding.severity.label} {finding}" for finding in read_adopted(path, scheme).findings]


def test_values_in_the_first_row_only(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,依据文件,文号,印发日期", "A,关于公布名单的通知,浙政办发〔2019〕1号,2019年5月1日", "B,,,")
    reading = read_adopted(path, scheme)
    assert (reading.adopted, reading.findings) == (LIST, ())


def test_values_in_every_row_by_id(text_file: TextFile, scheme: Scheme) -> None:
    rest = "关于公布名单的通知,浙政办发〔2019〕1号,2019-05-01"
    reading = read_adopted(
        text_file("uscc,name,instrument,document_number,issued_on", f"A,甲,{rest}", f"B,乙,{rest}"), scheme
    )
    assert (reading.adopted, reading.findings) == (LIST, ())


def test_workbook_with_a_date_cell(workbook: Callable[..., Path], scheme: Scheme) -> None:
    path = workbook([["代码", "依据文件", "文号", "印发日期"], ["A", "通知", "1号", date(2019, 5, 1)], ["B"]])
    assert read_adopted(path, scheme).adopted == AdoptedList(("A", "B"), "通知", "1号", "2019-05-01", "data.xlsx")


def test_number_and_date_lack(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file("代码,依据文件,文号,印发日期", "A,通知,,", "B,,,"), scheme) == [
        "错误 data.csv!C2 名单没有写明“文号”。请在第一个单位的“文号”一格填写。",
        "错误 data.csv!D2 名单没有写明“印发日期”。请在第一个单位的“印发日期”一格填写。",
    ]


def test_columns_lack(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file("代码,依据文件", "A,通知"), scheme) == [
        "错误 data.csv 缺少“文号”（document_number）一列。请加上表头为“文号”的一列。",
        "错误 data.csv 缺少“印发日期”（issued_on）一列。请加上表头为“印发日期”的一列。",
    ]


def test_values_that_differ(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,依据文件,文号,印发日期", "A,通知,1号,2019-05-01", "B,通知,2号,2019-05-01")
    assert told(path, scheme) == [
        "错误 data.csv!C3 “文号”前后不一：C2是“1号”，这里是“2号”。一份名单只能有一个依据；不同文件的请分成几份。"
    ]


def test_unreadable_date_is_told_once(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file("代码,依据文件,文号,印发日期", "A,通知,1号,2019-02-30"), scheme) == [
        "错误 data.csv!D2 “印发日期”的“2019-02-30”不是存在的日期。请核对月份和日子。"
    ]


def test_same_unit_twice(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,依据文件,文号,印发日期", "A,通知,1号,2019-05-01", "A,,,")
    assert read_adopted(path, scheme).adopted.keys == ("A",)
    assert told(path, scheme)[0].startswith("错误 data.csv!A3 单位代码“A”重复")
