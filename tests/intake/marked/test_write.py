"""The sender's own workbook, marked."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake import read_dataset
from mujun.intake.marked import write_marked
from mujun.intake.marked.marks import AUTHOR, is_ours
from mujun.scheme import Scheme


def error(cell: str, message: str = "应为数字。", **more: Any) -> Finding:
    return Finding(Severity.ERROR, "not_a_number", message, "请改正。", "data.xlsx", "填报", cell, **more)


def warning(cell: str, message: str = "太大。") -> Finding:
    return Finding(Severity.WARNING, "large", message, "请核对。", "data.xlsx", "填报", cell)


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """A workbook with nearly everything that a clerk's workbook has."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "填报"
    for row in (["代码", "名称", "税收", "增长率"], ["0012", "示例甲", "约5", 0.25], ["0013", "示例乙", 12.5, 0.5]):
        page.append(row)
    page["C4"], page["E2"] = "=SUM(C2:C3)", datetime(2019, 4, 9)
    page["D2"].number_format, page["B2"].font = "0%", Font("楷体", 14, bold=True)
    page["B3"].fill = PatternFill("solid", fgColor="FF00FF00")
    page["C2"].comment = Comment("这是估的", "示例经办")
    page.merge_cells("A6:D6")
    page["A6"] = "填表人：示例"
    page.column_dimensions["B"].width = 33.5
    page.freeze_panes = "C2"
    page.row_dimensions[3].hidden = True
    check = DataValidation("list", '"是,否"')
    check.add("F2:F9")
    page.add_data_validation(check)
    page.conditional_formatting.add("C2:C3", CellIsRule("greaterThan", ["10"], fill=PatternFill(bgColor="FFFF0000")))
    book.create_sheet("底稿")["A1"] = '=HYPERLINK("https://example.com")'
    book["底稿"].sheet_state = "hidden"
    book.defined_names["税收合计"] = openpyxl.workbook.defined_name.DefinedName("税收合计", attr_text="填报!$C$4")
    book.save(tmp_path / "data.xlsx")
    return tmp_path / "data.xlsx"


def values(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book if page.title != "核对意见"}


def test_cells_are_marked_and_errors_told_from_warnings_not_by_colour_alone(rich: Path, tmp_path: Path) -> None:
    out = write_marked(rich, tmp_path / "marked.xlsx", [error("C2"), warning("D3")])
    page = openpyxl.load_workbook(out)["填报"]
    assert (page["C2"].fill.fill_type, page["D3"].fill.fill_type) == ("solid", "lightUp")
    assert (page["C2"].border.left.style, page["D3"].border.left.style) == ("medium", None)
    assert page["D3"].comment.text == "【提醒】太大。请核对。"
    assert [cell.coordinate for row in page for cell in row if is_ours(cell)] == ["C2", "D3"]


def test_everything_else_is_as_it_was(rich: Path, tmp_path: Path) -> None:
    out = write_marked(rich, tmp_path / "marked.xlsx", [error("C2")])
    assert values(out) == values(rich)
    page, book = openpyxl.load_workbook(out)["填报"], openpyxl.load_workbook(out)
    assert page["D2"].number_format == "0%"
    assert (page["B2"].font.name, page["B2"].font.sz, page["B2"].font.b) == ("楷体", 14, True)
    assert page["B3"].fill.fgColor.rgb == "FF00FF00"
    assert [str(one) for one in page.merged_cells.ranges] == ["A6:D6"]
    assert (page.column_dimensions["B"].width, page.row_dimensions[3].hidden, page.freeze_panes) == (33.5, True, "C2")
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["F2:F9"]
    assert [str(one.sqref) for one in page.conditional_formatting] == ["C2:C3"]
    assert book["底稿"].sheet_state == "hidden"
    assert book.defined_names["税收合计"].attr_text == "填报!$C$4"


def test_sender_s_own_comment_stays_below_ours(rich: Path, tmp_path: Path) -> None:
    out = write_marked(rich, tmp_path / "marked.xlsx", [error("C2")])
    assert openpyxl.load_workbook(out)["填报"]["C2"].comment.text == "【错误】应为数字。请改正。\n【原批注】\n这是估的"


def test_several_findings_of_a_cell_are_one_comment_the_worst_first(rich: Path, tmp_path: Path) -> None:
    out = write_marked(rich, tmp_path / "marked.xlsx", [warning("D2"), error("D2"), *[warning("D2")] * 9])
    cell = openpyxl.load_workbook(out)["填报"]["D2"]
    lines = cell.comment.text.split("\n")
    assert lines[0] == "【错误】应为数字。请改正。"
    assert lines[-1] == "……这一格共11条，其余见“核对意见”。"
    assert (len(lines), cell.fill.fill_type) == (9, "solid")


def test_cells_that_a_message_about_a_column_names_are_marked_too(rich: Path, tmp_path: Path) -> None:
    out = write_marked(rich, tmp_path / "marked.xlsx", [warning("", "“税收”有2格没有数据：C7、D7。")])
    book = openpyxl.load_workbook(out)
    assert [book["填报"][cell].fill.fill_type for cell in ("C7", "D7")] == ["lightUp", "lightUp"]
    assert book["核对意见"]["C8"].value == "填报!C7等"


def test_merged_cells_are_marked_at_their_first(rich: Path, tmp_path: Path) -> None:
    out = write_marked(rich, tmp_path / "marked.xlsx", [error("C6")])
    assert openpyxl.load_workbook(out)["填报"]["A6"].fill.fill_type == "solid"


def test_findings_are_in_front_with_totals_and_links(rich: Path, tmp_path: Path) -> None:
    note = Finding(Severity.INFO, "n", "去掉了空格。", file="data.xlsx", sheet="填报", cell="A2")
    out = write_marked(rich, tmp_path / "marked.xlsx", [note, warning("D3"), error("C2", unit="0012")])
    book = openpyxl.load_workbook(out)
    page = book["核对意见"]
    assert (book.sheetnames, book.active) == (["核对意见", "填报", "底稿"], page)
    assert page["A2"].value == "错误1处，必须改正后再报。提醒1处，请核对；没有问题的可以不改。说明1条，供了解。"
    assert [[cell.value for cell in row] for row in page["A8:F10"]] == [
        [1, "错误", "填报!C2", "0012", "应为数字。", "请改正。"],
        [2, "提醒", "填报!D3", None, "太大。", "请核对。"],
        [3, "说明", "填报!A2", None, "去掉了空格。", None],
    ]
    assert page["C8"].hyperlink.location == "'填报'!C2"


def test_what_wants_a_reason_is_not_said_to_be_accepted(rich: Path, tmp_path: Path) -> None:
    """The sender cannot type a reason into the sheet: he is told where to put it."""
    asked = Finding(Severity.WARNING, "w", "太大。", "确实如此的，请说明理由。", "data.xlsx", "填报", "D3")
    out = write_marked(rich, tmp_path / "marked.xlsx", [asked, warning("D4")])
    assert openpyxl.load_workbook(out)["核对意见"]["A2"].value == (
        "没有错误；其中1处要说明理由，说明了就能接收。"
        "提醒2处，请核对；没有问题的可以不改，写着“请说明理由”的，入库时在网页上写明，或写在回信里。"
    )


def test_nothing_wrong_is_said_so(rich: Path, tmp_path: Path) -> None:
    out = write_marked(rich, tmp_path / "marked.xlsx", [])
    assert openpyxl.load_workbook(out)["核对意见"]["A2"].value == "没有错误，可以接收。"


def test_message_that_looks_like_a_formula_stays_text(rich: Path, tmp_path: Path) -> None:
    out = write_marked(rich, tmp_path / "marked.xlsx", [error("C2", "=1+1")])
    cell = openpyxl.load_workbook(out)["核对意见"]["E8"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_thousands_of_findings_are_all_listed_and_comments_cut(rich: Path, tmp_path: Path) -> None:
    many = [error(f"C{row}") for row in range(10, 5_110)]
    book = openpyxl.load_workbook(write_marked(rich, tmp_path / "marked.xlsx", many))
    commented = [
        1 for row in book["填报"] for cell in row if cell.comment is not None and cell.comment.author == AUTHOR
    ]
    assert len(commented) == 5_000
    assert book["填报"]["C5109"].fill.fill_type == "solid"
    assert book["核对意见"].max_row == 7 + 5_100
    assert book["核对意见"]["A4"].value == "只在前5,000格写了批注，其余只标颜色，说明见下表。"


def test_mended_copy_reads_like_the_original_and_is_marked_anew(
    workbook: Callable[..., Path], scheme: Scheme, tmp_path: Path
) -> None:
    path = workbook([["代码", "名称", "税收（万元）"], ["A", "示例甲", "约5"], ["B", "示例乙", 7]])
    first = read_dataset(path, scheme)
    out = write_marked(path, tmp_path / "marked.xlsx", first.findings)
    again = read_dataset(out, scheme)
    assert [(one.code, one.sheet, one.cell) for one in again.findings] == [
        (one.code, one.sheet, one.cell) for one in first.findings
    ]
    book = openpyxl.load_workbook(out)
    book["填报"]["C2"].value = 5
    book.save(out)
    mended = read_dataset(out, scheme)
    assert mended.dataset.frame["tax"].to_list() == [5.0, 7.0]
    second = openpyxl.load_workbook(write_marked(out, tmp_path / "second.xlsx", []))
    assert second.sheetnames == ["核对意见", "填报"]
    cell = second["填报"]["C2"]
    assert (cell.comment, cell.fill.fill_type, cell.border.left) == (None, None, None)


def test_text_file_becomes_a_workbook_of_the_same_cells(text_file: Callable[..., Path], tmp_path: Path) -> None:
    path = text_file("代码,名称,税收", "0012,示例甲,=1+1", ",,", '0013,"示例,乙",1234567.10', encoding="gb18030")
    finding = Finding(Severity.ERROR, "x", "不对。", file="data.csv", cell="C2")
    out = write_marked(path, tmp_path / "marked.xlsx", [finding])
    book = openpyxl.load_workbook(out)
    assert list(book["data"].iter_rows(values_only=True)) == [
        ("代码", "名称", "税收"),
        ("0012", "示例甲", "=1+1"),
        (None, None, None),
        ("0013", "示例,乙", "1234567.10"),
    ]
    assert book["data"]["C2"].data_type == "s"
    assert book["data"]["C2"].fill.fill_type == "solid"
    assert book["核对意见"]["A4"].value == "您报的是 CSV 文件，这一份是用它的各格原样另存的 .xlsx，请在这一份上改。"


def test_old_workbook_becomes_a_new_one_of_the_same_cells(workbook: Callable[..., Path], tmp_path: Path) -> None:
    path = workbook([["代码", "名称", "税收"], ["0012", "示例甲", 5]])
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xls"]
    subprocess.run([*office, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    out = write_marked(path.with_suffix(".xls"), tmp_path / "marked.xlsx", [error("C2")])
    book = openpyxl.load_workbook(out)
    assert list(book["填报"].iter_rows(values_only=True)) == [("代码", "名称", "税收"), ("0012", "示例甲", "5")]
    assert book["填报"]["C2"].fill.fill_type == "solid"


@pytest.mark.parametrize("entry", ["xl/vbaProject.bin", "../outside.xml"])
def test_what_reading_refuses_is_never_opened(rich: Path, tmp_path: Path, entry: str) -> None:
    with zipfile.ZipFile(rich, "a") as package:
        package.writestr(entry, "x")
    with pytest.raises(CannotGoOn):
        write_marked(rich, tmp_path / "marked.xlsx", [error("C2")])
    assert not (tmp_path / "marked.xlsx").exists()


def test_pictures_that_are_left_out_are_told(tmp_path: Path, rich: Path) -> None:
    book = openpyxl.load_workbook(rich)
    book["填报"].add_chart(openpyxl.chart.BarChart(), "H2")
    book.save(rich)
    out = write_marked(rich, tmp_path / "marked.xlsx", [])
    told = "原表中的图片、图表和形状没有带到这一份里，数据、公式和格式都在；需要的请看原文件。"
    assert openpyxl.load_workbook(out)["核对意见"]["A4"].value == told


def test_same_findings_same_bytes_and_the_day_is_the_one_given(rich: Path, tmp_path: Path) -> None:
    one, two = (
        write_marked(rich, tmp_path / name, [error("C2")], now=date(2019, 4, 9)) for name in ("a.xlsx", "b.xlsx")
    )
    assert one.read_bytes() == two.read_bytes()
    assert openpyxl.load_workbook(one).properties.modified == datetime(2019, 4, 9)
    with zipfile.ZipFile(one) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_program_opens_it(rich: Path, tmp_path: Path) -> None:
    out = write_marked(rich, tmp_path / "marked.xlsx", [error("C2"), warning("D3")])
    office = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2",
    ]
    subprocess.run([*office, "--outdir", str(tmp_path), str(out)], check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "marked-填报.csv").read_text(encoding="utf-8").splitlines()
    assert lines[:4] == [
        "代码,名称,税收,增长率,",
        "0012,示例甲,约5,25%,2019-04-09 00:00:00",
        "0013,示例乙,12.5,0.5,",
        ",,12.5,,",
    ]
