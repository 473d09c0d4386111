"""The statement as a workbook: answers chosen from a list, the rest locked."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from mujun.documents.statement import Statement, write_statement_xlsx


@pytest.fixture
def path(statement: Statement, tmp_path: Path) -> Path:
    write_statement_xlsx(tmp_path / "s.xlsx", statement)
    return tmp_path / "s.xlsx"


def test_values_stand_with_their_sources(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["一企一单"]
    rows = [tuple(cell.value or None for cell in row[:5]) for row in sheet["A9:E12"]]
    assert rows == [
        (1, "税务", "税收实际贡献", "1,204.85", "万元"),
        (2, "自然资源", "实际用地面积", "40.5", "亩"),
        (3, "统计", "行业代码", "0394", None),
        (4, "统计", "年平均职工人数", "（没有数据）", None),
    ]
    assert sheet["F9"].value.split("\n")[0] == "税务《税务数据.xlsx，填报!C17》，2019-05-20收到。"
    assert sheet["A2"].value == "示例数据　试算"


def test_only_answers_can_be_written(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["一企一单"]
    (choice,) = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("G9:G12", '"属实,有异议"')
    assert [cell.protection.locked for cell in sheet[9]] == [True] * 6 + [False] * 3
    assert sheet.protection.sheet


def test_records_are_on_a_sheet_of_their_own(path: Path) -> None:
    rows = list(openpyxl.load_workbook(path)["附表"].iter_rows(min_row=2, values_only=True))
    source = "自然资源《宗地明细.xlsx，填报!E8》，2019-05-22收到"
    assert rows == [
        ("附表1", "实际用地面积", "浙（2016）示例不动产权第0001号", "30.5", "登记", "30.5", source),
        ("附表1", "实际用地面积", "租0007", "10", "承租", "10", source),
    ]


def test_same_statement_same_bytes(path: Path, statement: Statement, tmp_path: Path) -> None:
    write_statement_xlsx(tmp_path / "again.xlsx", statement)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
