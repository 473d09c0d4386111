"""Headers of several rows: merged cells, groups above, units below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from mujun.intake import read_dataset
from mujun.intake.levels import reads_as_unit
from mujun.scheme import Scheme

TextFile = Callable[..., Path]
Ranges = list[tuple[str, str]]


def told(path: Path, scheme: Scheme) -> list[str]:
    return [f"{finding.severity.label} {finding}" for finding in read_dataset(path, scheme).findings]


def write(path: Path, rows: list[list[object]], merged: Ranges) -> Path:
    """A workbook; `merged` are ranges and what they hold."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("填报")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for place, text in merged:
            page.merge_range(place, text)
    return path


def test_header_of_two_rows_with_merged_cells(tmp_path: Path, scheme: Scheme) -> None:
    rows: list[list[object]] = [[], [], ["", "", "税收（万元）", "增长率（%）"], ["A", "甲", 5, 7]]
    merged = [("A1:D1", "企业数据"), ("A2:A3", "代码"), ("B2:B3", "名称"), ("C2:D2", "经济指标")]
    reading = read_dataset(write(tmp_path / "data.xlsx", rows, merged), scheme)
    assert reading.dataset.frame.select("unit:key", "unit:name", "tax", "growth").rows() == [("A", "甲", 5.0, 7.0)]
    assert [str(finding) for finding in reading.findings] == [
        "data.xlsx!填报 表头在第2行，上面的内容没有读入：企业数据。",
        "data.xlsx!填报 表头占2行（第2行到第3行），各列读作：代码、名称、税收（万元）、增长率（%）。",
    ]
    assert reading.key_places.cell("A", "tax") == "C4"


def test_name_that_only_both_rows_together_make(tmp_path: Path, scheme: Scheme) -> None:
    rows: list[list[object]] = [["", "", "", "", "税收"], ["代码", "名称", "收", "地", ""], ["A", "甲", 5, 7]]
    path = write(tmp_path / "data.xlsx", rows[1:], [])
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("填报")
        page.merge_range("C1:D1", "税")
        page.write_row(1, 0, ["代码", "名称", "收", "额"])
        page.write_row(2, 0, ["A", "甲", 5, 7])
    reading = read_dataset(path, scheme)
    assert reading.dataset.frame["tax"].to_list() == [5.0]
    assert [(finding.code, finding.cell) for finding in reading.findings] == [
        ("header_of_several_rows", ""),
        ("unknown_column", "D2"),
    ]


def test_units_in_a_row_of_their_own(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,税收,增长率,事故数", ",,万元,（%）,单位：起", "A,甲,5,7,0")
    assert told(path, scheme) == [
        "提醒 data.csv 看上去表头占2行（第1行到第2行），没有合并单元格可作根据，各列读作："
        "代码、名称、税收（万元）、增长率（%）、事故数（起）。"
        "请核对各列读得对不对；不对的，请把表头改成一行，每列写数据项的名称和单位。"
    ]
    assert read_dataset(path, scheme).dataset.frame.select("tax", "growth", "accidents").rows() == [(5.0, 7.0, 0.0)]


def test_wrong_unit_in_a_row_of_its_own_names_its_cell(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,税收", ",,元", "A,甲,5")
    assert told(path, scheme)[1] == (
        "错误 data.csv!C2 “税收”的单位应为“万元”，表头写的是“税收（元）”。"
        "请核对这一列的数：单位确实不同的，请换算后再改表头；只是写错的，改表头即可。"
    )
    assert read_dataset(path, scheme).dataset.frame["tax"].to_list() == [None]


def test_groups_of_a_text_file_stand_in_their_first_column(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,经济指标,,其他", ",,税收,增长率,事故数", "A,甲,5,7,0")
    reading = read_dataset(path, scheme)
    assert reading.dataset.frame.select("tax", "growth", "accidents").rows() == [(5.0, 7.0, 0.0)]
    assert [finding.code for finding in reading.findings] == ["header_guessed"]


def test_a_stacked_header_that_merged_cells_show_is_no_guess(tmp_path: Path, scheme: Scheme) -> None:
    rows: list[list[object]] = [["代码", "名称", "税收"], ["", "", "万元"], ["A", "甲", 5]]
    guessed = read_dataset(write(tmp_path / "data.xlsx", rows, []), scheme)
    shown = read_dataset(write(tmp_path / "data.xlsx", rows, [("A1:A2", "代码"), ("B1:B2", "名称")]), scheme)
    assert guessed.dataset.frame["tax"].to_list() == shown.dataset.frame["tax"].to_list() == [5.0]
    assert [finding.code for finding in guessed.findings if finding.code.startswith("header")] == ["header_guessed"]
    assert [finding.code for finding in shown.findings if finding.code.startswith("header")] == [
        "header_of_several_rows"
    ]


def test_row_of_numbers_below_the_header_is_data(text_file: TextFile, scheme: Scheme) -> None:
    assert told(text_file("代码,名称,税收", ",,5", "A,甲,5"), scheme) == [
        "错误 data.csv!A2 这一行有数据，没有单位代码。请补上代码；不是单位的行请删去。"
    ]


def test_row_with_a_key_below_the_header_is_data(text_file: TextFile, scheme: Scheme) -> None:
    path = text_file("代码,名称,行业代码,税收", "A,甲,税收,5")
    assert told(path, scheme) == []
    assert read_dataset(path, scheme).dataset.frame["gb_code"].to_list() == ["税收"]


def test_four_rows_are_more_than_a_header_has(tmp_path: Path, scheme: Scheme) -> None:
    merged = [("A1:A4", "代码"), ("B1:B4", "名称"), ("C1:C4", "税收")]
    path = write(tmp_path / "data.xlsx", [[], [], [], [], ["A", "甲", 5]], merged)
    assert read_dataset(path, scheme).dataset.frame["tax"].to_list() == [5.0]


@pytest.mark.parametrize("text", ["万元", "（万元）", "单位：万元", "[ % ]", "万元/亩"])
def test_unit_with_or_without_brackets(text: str) -> None:
    assert reads_as_unit(text)


@pytest.mark.parametrize("text", ["", "5", "1,000", "50%", "税收", "（）", "单位"])
def test_number_or_word_is_no_unit(text: str) -> None:
    assert not reads_as_unit(text)
