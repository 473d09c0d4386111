from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from mujun.digest import digest_file
from mujun.findings import Severity, blocking
from mujun.intake import read_dataset
from mujun.scheme import Scheme

TextFile = Callable[..., Path]
TYPES = {
    "unit:key": pl.String,
    "unit:name": pl.String,
    "tax": pl.Float64,
    "growth": pl.Float64,
    "accidents": pl.Float64,
    "gb_code": pl.String,
    "since": pl.Date,
    "listed": pl.Boolean,
}


def told(path: Path, scheme: Scheme) -> list[str]:
    return [f"{finding.severity.label} {finding}" for finding in read_dataset(path, scheme).findings]


def test_every_kind_of_value(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(
        "是否上市,投产日期,行业代码,事故数,增长率（%）,税收（万元）,名称,代码",
        '是,2019年4月9日,0250,0,"12.5%","１，２３４．５",甲,A',
    )
    reading = read_dataset(path, scheme)
    assert reading.findings == ()
    assert reading.dataset.frame.schema == TYPES
    assert reading.dataset.frame.rows() == [("A", "甲", 1234.5, 12.5, 0.0, "0250", date(2019, 4, 9), True)]
    assert reading.dataset.decimals == {"tax": 1, "growth": 1, "accidents": 0}
    assert (reading.dataset.file, reading.dataset.digest) == ("data.csv", digest_file(path))


def test_columns_that_lack_are_null_and_typed(text_file: TextFile, scheme: Scheme) -> None:
    frame = read_dataset(text_file("代码,名称,税收", "A,甲,1"), scheme).dataset.frame
    assert frame.schema == TYPES
    assert frame.rows() == [("A", "甲", 1.0, None, None, None, None, None)]


def test_every_error_is_told_at_once_with_its_cell(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file(
        "代码,名称,税收,增长率,事故数,行业代码,投产日期,是否上市",
        "A,甲,约300,inf,1.5,#N/A,去年,有",
        'B,乙,"12,34",1,1,25,2019-02-30,是',
    )
    assert told(path, scheme) == [
        "错误 data.csv!C3 “税收”的千分位逗号位置不对：“12,34”。请核对这个数，去掉逗号，或像1,234,567那样每三位一个。",
        "错误 data.csv!C2 “税收”应为数字，单元格里是“约300”。"
        "请只填数字，单位（万元）写在表头；没有数据的请留空或填“/”。",
        "错误 data.csv!D2 “增长率”不是有限的数：“inf”。请核对来源里的除法或位数，改成实际的数；没有数据的请留空。",
        "错误 data.csv!E2 “事故数”应为整数，单元格里是“1.5”。请核对后填整数。",
        "错误 data.csv!F2 “行业代码”的公式出错，单元格里是“#N/A”。请改正公式或填实际的数；没有数据的请留空。",
        "错误 data.csv!G3 “投产日期”的“2019-02-30”不是存在的日期。请核对月份和日子。",
        "错误 data.csv!G2 “投产日期”应为日期，单元格里是“去年”。请写成2019-04-09那样；没有数据的请留空。",
        "错误 data.csv!H2 “是否上市”应填“是”或“否”，单元格里是“有”。请改为“是”或“否”；没有数据的请留空。",
    ]
    first = blocking(read_dataset(path, scheme).findings)[0]
    assert (first.unit, first.variable, first.code) == ("B", "tax", "misplaced_separator")


def test_empty_cells_are_one_warning_per_column(text_file: TextFile, scheme: Scheme) -> None:
    rows = [f"K{number},名{number},{'' if number % 2 else '/'},无" for number in range(21)]
    path = text_file("代码,名称,税收,事故数", *rows)
    cells = "、".join(f"C{row}" for row in range(2, 22))
    assert told(path, scheme) == [
        f"提醒 data.csv “税收”有21格没有数据：{cells}……。请补上；确实没有的可以不管，将按评价方案的缺失规则处理。"
    ]


def test_a_cell_that_cannot_be_read_is_not_called_empty_too(text_file: TextFile, scheme: Scheme) -> None:
    findings = read_dataset(text_file("代码,名称,税收", "A,甲,x", "B,乙,-999"), scheme).findings
    assert [(finding.code, finding.cell) for finding in findings] == [("not_a_number", "C2"), ("empty_cells", "")]
    assert findings[1].message == "“税收”有1格没有数据：C3。"


def test_odd_numbers_are_one_warning_per_column(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,税收,增长率", "A,甲,1.234,1", "B,乙,2.5,1e13", "C,丙,3.001,1e-7")
    assert told(path, scheme) == [
        "提醒 data.csv “税收”有2格的小数超过2位：C2、C4。请核对；应按2位小数填报。",
        "提醒 data.csv “增长率”有2格大于一万亿或小于百万分之一：D3、D4。请核对单位是不是“%”。",
    ]


def test_thousands_of_errors_become_a_thousand_and_their_number(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,税收", *(f"K{number},甲,x" for number in range(1234)))
    findings = read_dataset(path, scheme).findings
    assert len(findings) == 1001
    assert (findings[999].cell, findings[1000].cell) == ("C1001", "")
    assert str(findings[1000]) == "data.csv “税收”不是数字的共1,234处，以上只列了前1,000处。请先检查整列的格式。"
    assert findings[1000].severity is Severity.ERROR


def test_row_cut_by_a_comma_in_a_number(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,税收,增长率", "A,甲,1,2", "B,乙,1,234,5", "C,丙,1,234,")
    assert told(path, scheme) == [
        f"错误 data.csv!E{row} 这一行的格数比表头多：表头只有4列。后面各格可能错位。"
        "请核对数字或名称里有没有英文逗号：去掉它，或给这一格加上英文双引号。"
        for row in (3, 4)
    ]


def test_a_comma_at_the_end_of_every_row_is_no_matter(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file("代码,名称,税收", "A,甲,1,", "B,乙,2,"), scheme) == []


def test_column_without_header(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file(",代码,名称,税收", "1,A,甲,1", ",B,乙,2"), scheme) == [
        "提醒 data.csv!A1 A列没有表头，有1格内容没有读入：A2。请补上表头，或删去这些内容。"
    ]


def test_places_lead_back_to_the_cell(text_file: TextFile, scheme: Scheme) -> None:
    places = read_dataset(text_file("代码,名称,税收", "A,甲,1", "", "B,乙,2"), scheme).key_places
    assert (dict(places), len(places)) == ({"A": 2, "B": 4}, 2)
    assert (places.cell("B", "tax"), places.cell("B", "growth")) == ("C4", None)
    assert (places.file, places.sheet) == ("data.csv", "")


def test_an_office_reads_only_its_own_variables(text_file: TextFile, scheme: Scheme) -> None:
    reading = read_dataset(text_file("代码,名称,事故数", "A,甲,1"), scheme, variables={"accidents"})
    assert reading.findings == ()
    assert reading.dataset.frame.rows(named=True) == [{"unit:key": "A", "unit:name": "甲", "accidents": 1.0}]


def test_column_of_another_office_is_an_error_and_not_read(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,事故数,税收（万元）,增长率,电话", "A,甲,1,5,x,8")
    reading = read_dataset(path, scheme, variables=["accidents"])
    assert [(finding.code, str(finding)) for finding in reading.findings] == [
        (
            "not_your_column",
            "data.csv!D1 “税收（万元）”这一列由税务局报送，本表不应填。"
            "请删去这一列；认为数不对的，请向报送的部门提出。",
        ),
        (
            "not_your_column",
            "data.csv!E1 “增长率”这一列由别的部门报送，本表不应填。请删去这一列；认为数不对的，请向报送的部门提出。",
        ),
        ("unknown_column", "data.csv!F1 不认识“电话”这一列，没有读入。不需要的列可以不管。"),
    ]
    assert reading.findings[0].severity is Severity.ERROR
    assert reading.dataset.frame.columns == ["unit:key", "unit:name", "accidents"]


def test_variable_that_the_scheme_lacks_is_the_caller_s_mistake(text_file: TextFile, scheme: Scheme) -> None:
    with pytest.raises(ValueError, match="taxes"):
        read_dataset(text_file("代码,名称", "A,甲"), scheme, variables=["taxes"])


def test_progress_ends_with_everything(text_file: TextFile, scheme: Scheme) -> None:
    told: list[tuple[int, int]] = []
    read_dataset(text_file("代码,名称,税收", "A,甲,1"), scheme, progress=lambda done, end: told.append((done, end)))
    assert told == [(100, 100)]
