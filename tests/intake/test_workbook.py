from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from mujun.findings import CannotGoOn
from mujun.intake import read_dataset
from mujun.intake.workbook import open_workbook
from mujun.scheme import Scheme

Workbook = Callable[..., Path]
HEADER = ["代码", "名称", "税收（万元）"]


def told(path: Path, scheme: Scheme) -> list[str]:
    return [f"{finding.severity.label} {finding}" for finding in read_dataset(path, scheme).findings]


def test_every_kind_of_cell(workbook: Workbook, scheme: Scheme) -> None:
    path = workbook(
        [
            ["代码", "名称", "税收", "事故数", "行业代码", "投产日期", "是否上市"],
            [330100, "甲", 1234.5, 0, 25, datetime.date(2019, 4, 9), True],
            ["330200", "乙", "1,234.5", "１", "0250", "2019.4.9", "否"],
        ]
    )
    reading = read_dataset(path, scheme)
    assert reading.findings == ()
    assert reading.dataset.frame.rows() == [
        ("330100", "甲", 1234.5, None, 0.0, "25", datetime.date(2019, 4, 9), True),
        ("330200", "乙", 1234.5, None, 1.0, "0250", datetime.date(2019, 4, 9), False),
    ]


def test_findings_name_the_sheet_and_the_spreadsheet_s_own_cell(workbook: Workbook, scheme: Scheme) -> None:
    path = workbook([[], ["", "表一"], [], ["", *HEADER], [], ["", "A", "甲", "约1"]])
    assert told(path, scheme) == [
        "说明 data.xlsx!填报 表头在第4行，上面的内容没有读入：表一。",
        "错误 data.xlsx!填报!D6 “税收”应为数字，单元格里是“约1”。"
        "请只填数字，单位（万元）写在表头；没有数据的请留空或填“/”。",
    ]


def test_artefacts_of_formulas_are_rounded_to_fifteen_digits(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "data.xlsx"
    book = openpyxl.Workbook()
    for row in (HEADER, ["A", "甲", 0.1 + 0.2], ["B", "乙", 1.1 * 1.1]):
        book.active.append(row)
    book.save(path)
    assert read_dataset(path, scheme).dataset.frame["tax"].to_list() == [0.3, 1.21]


def test_long_code_as_a_number_has_lost_its_digits(workbook: Workbook, scheme: Scheme) -> None:
    path = workbook([HEADER, [330100000000000, "甲", 1], [913301000000000000, "乙", 1]])
    assert told(path, scheme) == [
        "错误 data.xlsx!填报!A3 单位代码成了科学记数“9.13301e+17”，末尾的数字已经丢失。"
        "请把代码列的单元格格式设为“文本”，从原始资料重新填写。"
    ]
    assert read_dataset(path, scheme).dataset.frame["unit:key"].to_list() == ["330100000000000"]


def test_error_and_formula_without_result_are_told(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "data.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "填报"
    for row in (HEADER, ["A", "甲", "#DIV/0!"], ["B", "乙", "=1+1"]):
        book.active.append(row)
    book.save(path)
    assert told(path, scheme) == [
        "错误 data.xlsx!填报!C2 “税收”的公式出错，单元格里是“#DIV/0!”。请改正公式或填实际的数；没有数据的请留空。",
        "错误 data.xlsx!填报!C3 “税收”是公式，文件里没有存算出的结果。"
        "请用 WPS 或 Excel 打开，保存后再报；或粘贴为数值。",
    ]


def test_formula_with_result_is_its_result(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["A", "甲"])
        sheet.write_formula(1, 2, "=1+1", None, 2)
    assert read_dataset(path, scheme).dataset.frame["tax"].to_list() == [2.0]


def test_cell_that_shows_per_cent_is_read_as_shown(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("填报")
        own = book.add_format({"num_format": "0.0%;[Red]-0.0%"})
        text = book.add_format({"num_format": '0.0"%"'})
        sheet.write_row(0, 0, ["代码", "名称", "税收", "增长率（%）"])
        for row, style in enumerate([book.add_format({"num_format": 9}), own, text], 1):
            sheet.write_row(row, 0, [f"K{row}", "甲", 1])
            sheet.write(row, 3, 0.29, style)
        sheet.write(1, 2, 0.5, own)
    assert read_dataset(path, scheme).dataset.frame["growth"].to_list() == [29.0, 29.0, 0.29]
    assert told(path, scheme) == [
        "错误 data.xlsx!填报!C2 “税收”应为数字，单元格里是“50%”。"
        "请只填数字，单位（万元）写在表头；没有数据的请留空或填“/”。"
    ]


def test_first_sheet_or_the_named_one(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, key in (("说明", "A"), ("填报", "B")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, [key, "甲", 1])
    assert read_dataset(path, scheme).dataset.frame["unit:key"].to_list() == ["A"]
    assert read_dataset(path, scheme, "填报").dataset.frame["unit:key"].to_list() == ["B"]


def test_hidden_first_sheet_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("代码表").hide()
        book.add_worksheet("填报").activate()
    assert open_workbook(path, None).sheet == "填报"


def test_sheet_that_is_not_there(workbook: Workbook, scheme: Scheme) -> None:
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(workbook([HEADER], more=["说明"]), scheme, "税务")
    assert str(stopped.value) == "data.xlsx 没有叫“税务”的工作表。文件里有：填报、说明。"


def test_wrong_sheet_first(workbook: Workbook, scheme: Scheme) -> None:
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(workbook([["请先读说明"]], sheet="说明", more=["填报"]), scheme)
    assert str(stopped.value) == (
        "data.xlsx!说明 前20行里找不到表头：没有一格是“代码”“uscc”，也没有一格是数据项的名称。"
        "文件里还有工作表：填报。请核对该读哪一张。"
    )


def test_empty_sheet(workbook: Workbook, scheme: Scheme) -> None:
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(workbook([]), scheme)
    assert stopped.value.findings[0].code == "no_header"


def test_too_many_columns(workbook: Workbook, scheme: Scheme) -> None:
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(workbook([["x"] * 2001]), scheme)
    assert str(stopped.value).startswith("data.xlsx!填报 有2,001列，超过2,000列，没有读。")


def test_cells_far_apart_are_refused_before_they_fill_the_memory(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("填报")
        sheet.write(0, 0, "代码")
        sheet.write(1_048_575, 99, 1)
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(path, scheme)
    assert str(stopped.value) == (
        "data.xlsx!填报 表格从A1到CV1048576共104,857,600格，超过25,000,000格，没有读。"
        "请删去表外的零星内容，或另存为 CSV。"
    )


def test_one_stray_cell_far_below_is_refused_and_a_full_table_is_not(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["A", "甲", 1])
        sheet.write(999_999, 2, 1)
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(path, scheme)
    assert str(stopped.value) == (
        "data.xlsx!填报 表格从A1到C1000000共3,000,000格，只有约7格有内容，没有读。请删去表外的零星内容，或另存为 CSV。"
    )


def test_cell_outside_the_header_is_told(workbook: Workbook, scheme: Scheme) -> None:
    path = workbook([HEADER, ["A", "甲", 1, "", "注"], ["B", "乙", 2]])
    assert told(path, scheme) == [
        "提醒 data.xlsx!填报!E1 E列没有表头，有1格内容没有读入：E2。请补上表头，或删去这些内容。"
    ]
