"""A template as the clerk gets it, and what comes of it when it is filled in."""

from __future__ import annotations

import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mujun.collection import Form
from mujun.dataset import KEY, NAME
from mujun.intake import read_dataset
from mujun.intake.template import Recipient, read_stamp, write_template
from mujun.scheme import Scheme
from tests.intake.template.conftest import FormOf
from tests.register.firms import code

NOW = date(2019, 4, 9)
UNITS = [(code(1), "示例甲机械有限公司"), (code(2), "示例乙新材料（浙江）有限公司")]


def fill(path: Path, rows: list[list[Any]], first: int = 3) -> None:
    """Type values into the sheet, from column `first` on, and save."""
    book = openpyxl.load_workbook(path)
    for row, values in enumerate(rows, start=2):
        for column, value in enumerate(values, start=first):
            book["填报"].cell(row, column).value = value
    book.save(path)


def read(path: Path, form: Form, scheme: Scheme) -> tuple[list[tuple[Any, ...]], list[str]]:
    reading = read_dataset(path, scheme, variables=[variable.id for variable in form.variables])
    return reading.dataset.frame.rows(), [finding.code for finding in reading.findings]


def test_each_office_is_asked_for_its_own_variables_only(tmp_path: Path, form_of: FormOf) -> None:
    form, scheme = form_of("manufacturing", "统计")
    write_template(tmp_path / "t.xlsx", form, now=NOW, scheme=scheme)
    head = [cell.value for cell in openpyxl.load_workbook(tmp_path / "t.xlsx")["填报"][1]]
    assert head == [
        "统一社会信用代码",
        "企业名称",
        "行业代码",
        "工业增加值\n（万元）",
        "综合能耗\n（吨标准煤）",
        "年平均职工人数\n（人）",
        "研究试验发展经费支出\n（万元）",
        "主营业务收入\n（万元）",
        "拒报虚报数据起数\n（起）",
    ]


def test_filled_in_template_reads_as_typed_without_a_finding(tmp_path: Path, every_kind: Form, scheme: Scheme) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, every_kind, UNITS, now=NOW, scheme=scheme)
    fill(
        path,
        [[1204.85, 25, 0, "0394", datetime(2016, 5, 18), "是"], [-3.5, -1.25, 2, "3973", datetime(2019, 1, 1), "否"]],
    )
    rows, findings = read(path, every_kind, scheme)
    assert findings == []
    assert rows == [
        (*UNITS[0], 1204.85, 25.0, 0.0, "0394", date(2016, 5, 18), True),
        (*UNITS[1], -3.5, -1.25, 2.0, "3973", date(2019, 1, 1), False),
    ]


def test_without_units_the_clerk_types_codes_and_names(tmp_path: Path, every_kind: Form, scheme: Scheme) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, every_kind, now=NOW, scheme=scheme)
    fill(path, [["0012", "示例甲", 5, None, None, None, None, None]], first=1)
    rows, findings = read(path, every_kind, scheme)
    assert rows == [("0012", "示例甲", 5.0, None, None, None, None, None)]
    assert findings == ["empty_cells"] * 4


def test_saved_by_another_program_it_reads_the_same(tmp_path: Path, form_of: FormOf) -> None:
    form, scheme = form_of("manufacturing", "税务")
    path = tmp_path / "t.xlsx"
    write_template(path, form, UNITS, now=NOW, scheme=scheme)
    fill(path, [[1204.85], [0]])
    office = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run(
        [*office, "--outdir", str(tmp_path / "saved"), str(path)], check=True, capture_output=True, timeout=120
    )
    saved = tmp_path / "saved" / "t.xlsx"
    assert read(saved, form, scheme) == ([(*UNITS[0], 1204.85), (*UNITS[1], 0.0)], [])
    stamp = read_stamp(saved)
    assert stamp is not None
    assert (stamp.form, stamp.version) == (form.id, form.version)


def test_given_cells_are_locked_and_the_others_are_not(tmp_path: Path, every_kind: Form, scheme: Scheme) -> None:
    write_template(tmp_path / "t.xlsx", every_kind, UNITS, now=NOW, scheme=scheme)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["填报"]
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert [cell.protection.locked for cell in sheet[2]] == [True, True, *[False] * 6]
    assert [cell.protection.locked for cell in sheet[1]] == [True] * 8
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize(
    ("column", "check"),
    [
        ("C2:C3", ("decimal", "between", "stop")),
        ("D2:D3", ("decimal", "between", "stop")),
        ("E2:E3", ("whole", "greaterThanOrEqual", "stop")),
        ("F2:F3", ("list", None, "warning")),
        ("G2:G3", ("date", "greaterThanOrEqual", "stop")),
        ("H2:H3", ("list", None, "stop")),
    ],
)
def test_cells_check_what_is_typed(
    tmp_path: Path, every_kind: Form, scheme: Scheme, column: str, check: tuple[str | None, ...]
) -> None:
    write_template(tmp_path / "t.xlsx", every_kind, UNITS, now=NOW, scheme=scheme)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["填报"]
    found = {str(one.sqref): one for one in sheet.data_validations.dataValidation}[column]
    operator = found.operator or ("between" if found.type in ("decimal", "whole") else None)
    assert (found.type if found.type != "none" else None, operator, found.errorStyle or "stop") == check
    assert found.prompt


def test_drop_down_offers_the_words(tmp_path: Path, form_of: FormOf) -> None:
    form, scheme = form_of("micro_park", "经信")
    write_template(tmp_path / "t.xlsx", form, now=NOW, scheme=scheme)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    lists = {str(one.sqref): one for one in book["填报"].data_validations.dataValidation if one.type == "list"}
    place = lists["D2:D1001"].formula1.replace("_mujun!", "").replace("$", "")
    assert [row[0].value for row in book["_mujun"][place]] == ["生产制造类", "生产服务类"]
    assert lists["D2:D1001"].errorStyle == "warning"
    assert len(book["_mujun"][lists["C2:C1001"].formula1.replace("_mujun!", "").replace("$", "")]) == 89


def test_instructions_name_every_column_the_recipient_and_a_marked_example(tmp_path: Path, form_of: FormOf) -> None:
    form, scheme = form_of("manufacturing", "税务")
    to = Recipient("示例县亩均办", "王某某 0571-00000000", date(2019, 6, 30))
    write_template(tmp_path / "t.xlsx", form, UNITS, now=NOW, scheme=scheme, recipient=to)
    rows = list(openpyxl.load_workbook(tmp_path / "t.xlsx")["填表说明"].iter_rows(values_only=True))
    assert (
        "税收实际贡献（万元）",
        "填数字，单位万元，可以是负数。",
        "税务部门的业务数据",
        "没有数据就空着，不要填0。",
        "1204.85",
    ) in rows
    assert ("税收实际贡献（万元）", "1204.85", "示例", None, None) in rows
    lines = [row[0] for row in rows]
    assert "填好后保存为 .xlsx，文件名不限，报送示例县亩均办。" in lines
    assert "截止日期：2019年6月30日。" in lines
    assert "联系人：王某某 0571-00000000。" in lines


def test_example_is_not_among_the_data(tmp_path: Path, form_of: FormOf) -> None:
    form, scheme = form_of("manufacturing", "税务")
    write_template(tmp_path / "t.xlsx", form, UNITS, now=NOW, scheme=scheme)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["填报"]
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [(*unit, None) for unit in UNITS]


def test_same_form_same_bytes(tmp_path: Path, every_kind: Form, scheme: Scheme) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, every_kind, UNITS, now=NOW, scheme=scheme)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    properties = openpyxl.load_workbook(tmp_path / "a.xlsx").properties
    assert (properties.created, properties.modified) == (datetime(2019, 4, 9), datetime(2019, 4, 9))


def test_hundred_units_are_all_there_in_order(tmp_path: Path, form_of: FormOf) -> None:
    form, scheme = form_of("manufacturing", "税务")
    units = [(code(number), f"示例第{number}有限公司") for number in range(100)]
    path = tmp_path / "t.xlsx"
    write_template(path, form, units, now=NOW, scheme=scheme)
    fill(path, [[number + 0.5] for number in range(100)])
    reading = read_dataset(path, scheme, variables=["tax"])
    assert reading.findings == ()
    assert list(reading.dataset.frame.select(KEY, NAME).iter_rows()) == units
    assert reading.dataset.frame["tax"].to_list() == [number + 0.5 for number in range(100)]


def test_divisions_are_the_round_s_however_late_the_template_is_made(tmp_path: Path, form_of: FormOf) -> None:
    form, scheme = form_of("manufacturing", "经信")
    write_template(tmp_path / "t.xlsx", form, now=date(2026, 1, 1), scheme=scheme)
    names = [row[0].value for row in openpyxl.load_workbook(tmp_path / "t.xlsx")["_mujun"]["A5:A93"]]
    assert ("下城区" in names, "龙港市" in names, len(set(names))) == (True, False, 89)
