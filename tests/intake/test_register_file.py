"""Registers of units from files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn
from mujun.intake.register_file import load_register
from tests.register.firms import code

DAY = date(2019, 4, 9)
HEAD = "代码,名称,县（市、区）,行业代码,生效日期,失效日期,变动事项,承继代码,依据"


def test_text_file_with_a_title_above(text_file: Callable[..., Path]) -> None:
    path = text_file("示例名录", HEAD, f"{code(1)},示例甲,上城区,3973,,,,,", f"{code(2)},示例乙,临平区,3973,,,,,")
    reading = load_register(path)
    assert reading.register.units(DAY) == [(code(1), "示例甲"), (code(2), "示例乙")]
    assert [finding.code for finding in reading.findings] == []


def test_workbook_with_the_ids_of_columns_and_true_dates(workbook: Callable[..., Path]) -> None:
    head = ["code", "name", "valid_from", "valid_to", "event", "evidence"]
    rows = [
        head,
        [code(1), "示例甲", None, date(2018, 12, 31), "更名", "通知书"],
        [code(1), "示例乙", date(2019, 1, 1)],
    ]
    reading = load_register(workbook(rows))
    assert (reading.findings, reading.register.units(DAY)) == ((), [(code(1), "示例乙")])
    assert reading.register.units(date(2018, 1, 1)) == [(code(1), "示例甲")]


def test_finding_names_file_sheet_and_cell(workbook: Callable[..., Path]) -> None:
    rows = [["名称", "代码", "县（市、区）"], ["示例甲", code(1), "黄浦区"]]
    (finding,) = load_register(workbook(rows, sheet="名录")).findings
    assert finding.place == "data.xlsx!名录!C2"


def test_file_that_is_no_register_is_refused(text_file: Callable[..., Path]) -> None:
    with pytest.raises(CannotGoOn) as refused:
        load_register(text_file("姓名,电话", "甲,1"))
    assert [finding.code for finding in refused.value.findings] == ["no_register_header"]


def test_register_of_towns_has_codes_of_its_own(text_file: Callable[..., Path]) -> None:
    path = text_file("代码,名称", "0012,示例小镇")
    assert load_register(path, credit_codes=False).register.units(DAY) == [("0012", "示例小镇")]
    assert [finding.code for finding in load_register(path).findings] == ["credit_code_length"]
