"""Every bad input gets a clear answer that names the place, with the exit code of the contract, never a traceback."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tests.cli.conftest import DATA, SCHEME, Ended

Mujun = Callable[..., Ended]


def found(folder: Path) -> list[tuple[str, str, str, str]]:
    """Severity, code, cell and message of every finding written."""
    with (folder / "findings.csv").open(encoding="utf-8", newline="") as file:
        return [(row["severity"], row["code"], row["cell"], row["message"]) for row in csv.DictReader(file)]


def evaluate(mujun: Mujun, data: str = "data.csv", *more: str) -> Ended:
    return mujun("evaluate", "small.yaml", data, "--out", "out", *more)


def test_good_input_is_evaluated(mujun: Mujun, tmp_path: Path) -> None:
    assert evaluate(mujun).code == 0
    with (tmp_path / "out/units.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["key"], row["score"], row["rank"], row["selected"]) for row in csv.DictReader(file)]
    assert rows == [("01", "150.0000", "1", "true"), ("02", "100.0000", "2", "false"), ("03", "", "", "false")]


def test_gb18030_is_read_like_utf8(mujun: Mujun, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_bytes(DATA.encode("gb18030"))
    assert evaluate(mujun).code == 0
    assert pl.read_parquet(tmp_path / "out/units.parquet")["name"].to_list() == ["甲厂", "乙厂", "丙厂"]


def test_full_width_digits_and_thousands_separators_are_numbers(mujun: Mujun, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text('uscc,name,税收,用地面积\n01,甲厂,"３，０００",１０\n', encoding="utf-8")
    assert evaluate(mujun).code == 0
    assert pl.read_parquet(tmp_path / "out/units.parquet")["value:tax_per_mu"].to_list() == [300.0]


def test_text_in_a_number_names_the_cell_and_blocks(mujun: Mujun, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("uscc,name,税收,用地面积\n01,甲厂,三百,10\n02,乙厂,1,1\n", encoding="utf-8")
    assert evaluate(mujun).code == 1
    assert [row[:3] for row in found(tmp_path / "out") if row[0] == "error"] == [("error", "not_a_number", "C2")]


def test_duplicate_key_names_both_cells(mujun: Mujun, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("uscc,name,税收,用地面积\n01,甲厂,1,1\n01,乙厂,2,1\n", encoding="utf-8")
    assert evaluate(mujun).code == 1
    ((severity, code, cell, message),) = [row for row in found(tmp_path / "out") if row[0] == "error"]
    assert (severity, code, cell) == ("error", "duplicate_key", "A3")
    assert "A2" in message


def test_missing_column_is_named_by_label_and_id(mujun: Mujun, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("uscc,name,税收\n01,甲厂,1\n", encoding="utf-8")
    assert evaluate(mujun).code == 1
    ((_, code, _, message),) = [row for row in found(tmp_path / "out") if row[0] == "error"]
    assert code == "missing_column"
    assert "用地面积" in message


def test_unknown_column_is_a_warning(mujun: Mujun, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("uscc,name,税收,用地面积,备注\n01,甲厂,1,1,好\n", encoding="utf-8")
    assert evaluate(mujun).code == 0
    assert [row[:3] for row in found(tmp_path / "out")] == [("warning", "unknown_column", "E1")]


def test_empty_file_is_unreadable(mujun: Mujun, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("", encoding="utf-8")
    ended = evaluate(mujun)
    assert ended.code == 2
    assert "data.csv" in ended.output


def test_absent_file_is_unreadable(mujun: Mujun) -> None:
    ended = evaluate(mujun, "nowhere.csv")
    assert ended.code == 2
    assert "nowhere.csv" in ended.output


def test_wrong_sheet_lists_the_sheets_there_are(mujun: Mujun, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "data.xlsx") as book:
        sheet = book.add_worksheet("填报")
        sheet.write_row(0, 0, ["uscc", "name", "税收", "用地面积"])
        sheet.write_row(1, 0, ["01", "甲厂", 300, 10])
    assert evaluate(mujun, "data.xlsx", "--sheet", "填报").code == 0
    ended = evaluate(mujun, "data.xlsx", "--sheet", "数据")
    assert ended.code == 2
    assert "填报" in ended.output


def test_a_million_columns_are_refused(mujun: Mujun, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text(
        "uscc,name," + ",".join(f"c{n}" for n in range(1_000_000)) + "\n", encoding="utf-8"
    )
    ended = evaluate(mujun)
    assert ended.code == 2
    assert "列" in ended.output


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("weight: 100", "weight: 99.99", 14, "“总分”权重合计为99.99，应为100。"),
        ("when: land > 0", "when: __import__('os')", 10, "不能用"),
        ("formula: tax / land", "formula: tax + land", 16, "把单位万元与亩放在一起"),
        ("{assumption: 测试}", "{clause: zhe-mujunban-2019-4#9.9}", 4, "引用的条款“zhe-mujunban-2019-4#9.9”不存在"),
        ("label: 小方案", "label: 小方案\nlabel: 大方案", 4, "“label”写了两次（第3行已有）"),
        ("benchmark_ratio", "minmax", 17, "没有叫“minmax”的无量纲化方法。可用：benchmark_ratio、min_max"),
        ("unit: 万元/亩", "unit: 斤/亩", 16, "单位“斤/亩”不认识"),
        ("selection: {quota: 1}", "selection: {quota: 1, places: 2}", 18, "没有叫“places”的键"),
    ],
)
def test_a_bad_scheme_names_file_and_line(
    mujun: Mujun, tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    (tmp_path / "small.yaml").write_text(SCHEME.replace(old, new), encoding="utf-8")
    ended = mujun("check", "small.yaml")
    assert ended.code == 1
    assert f"small.yaml:{line} " in ended.output
    assert message in ended.output
    assert evaluate(mujun).code == 2


def test_every_mistake_is_named_at_once(mujun: Mujun, tmp_path: Path) -> None:
    text = SCHEME.replace("unit: 万元/亩", "unit: 斤/亩").replace("when: land > 0", "when: lend > 0")
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")
    output = mujun("check", "small.yaml").output
    assert "没有叫“lend”的数据项。是不是“land”？" in output
    assert "单位“斤/亩”不认识" in output


def test_division_by_zero_is_a_finding_and_the_missing_rule_decides(mujun: Mujun, tmp_path: Path) -> None:
    scheme = SCHEME.replace("eligibility:\n  - {id: has_land, label: 有用地, when: land > 0}\n", "")
    (tmp_path / "small.yaml").write_text(scheme, encoding="utf-8")
    assert evaluate(mujun).code == 0
    codes = [(row[0], row[1]) for row in found(tmp_path / "out")]
    assert codes == [("warning", "division_by_zero")]
    row = pl.read_parquet(tmp_path / "out/units.parquet").row(2, named=True)
    assert (row["score"], row["flags"]) == (0.0, "赋分:tax_per_mu")


def test_unknown_command_and_scheme_are_wrong_usage(mujun: Mujun) -> None:
    assert mujun("judge").code == 2
    ended = mujun("evaluate", "2019/shipping", "data.csv", "--out", "out")
    assert ended.code == 2
    assert "2019/manufacturing" in ended.output


def test_explain_names_near_units_when_there_is_no_such_one(mujun: Mujun) -> None:
    assert evaluate(mujun).code == 0
    ended = mujun("explain", "out", "甲")
    assert ended.code == 2
    assert "是不是01（甲厂）？" in ended.output


def test_explain_refuses_results_that_were_changed(mujun: Mujun, tmp_path: Path) -> None:
    assert evaluate(mujun).code == 0
    file = tmp_path / "out/benchmarks.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("20", "21"), encoding="utf-8")
    ended = mujun("explain", "out", "01")
    assert ended.code == 2
    assert "benchmarks.csv 文件与评价时的指纹不符" in ended.output
