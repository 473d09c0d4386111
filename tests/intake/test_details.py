"""Records of units from a workbook, each under its own number, with what is wrong at its cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mujun.collection import Form, load_collection
from mujun.dataset import KEY
from mujun.intake.details import read_details
from mujun.law import load_law

HEAD = ["记录号", "单位代码", "宗地号", "用地类别", "面积（平方米）", "租赁起始日", "租赁截止日"]
START, END = date(2018, 1, 1), date(2020, 12, 31)
Workbook = Callable[..., Path]


@pytest.fixture(scope="module")
def parcels() -> Form:
    form = load_collection("2019", load_law()).form("2019/manufacturing/自然资源/land_parcels")
    assert form is not None
    return form


def told(path: Path, form: Form) -> list[tuple[str, str, str]]:
    found = read_details(path, form).findings
    return [(one.cell, one.code, one.message) for one in found if one.severity.value == "error"]


def test_records_are_read_with_their_cells(workbook: Workbook, parcels: Form) -> None:
    """One unit has two records: its code twice is no mistake here."""
    path = workbook([HEAD, ["1", "A", "P1", "登记", 20000], ["2", "A", "P2", "承租", 500.5, START, END]])
    reading = read_details(path, parcels)
    rows = reading.dataset.frame.select(KEY, "unit", "parcel", "kind", "area", "lease_start", "lease_end").rows()
    assert rows == [("1", "A", "P1", "登记", 20000.0, None, None), ("2", "A", "P2", "承租", 500.5, START, END)]
    assert reading.key_places.cell("2", "area") == "E3"
    assert told(path, parcels) == []


def test_record_without_a_unit(workbook: Workbook, parcels: Form) -> None:
    path = workbook([HEAD, ["1", None, "P1", "登记", 20000]])
    assert told(path, parcels) == [("B2", "no_unit", "记录1没有“单位代码”，不知是哪家的。")]


def test_record_twice(workbook: Workbook, parcels: Form) -> None:
    path = workbook([HEAD, ["1", "A", "P1", "登记", 1], ["1", "B", "P2", "登记", 2]])
    ((cell, code, _),) = told(path, parcels)
    assert (cell, code) == ("A3", "duplicate_key")


def test_lease_that_ends_before_it_starts(workbook: Workbook, parcels: Form) -> None:
    path = workbook([HEAD, ["1", "A", "P1", "承租", 1, END, START], ["2", "A", "P1", "承租", 1, START, START]])
    message = "记录1的“租赁截止日”2018-01-01在“租赁起始日”2020-12-31之前。"
    assert told(path, parcels) == [("G2", "dates_crossed", message)]


def test_cells_of_the_wrong_type(workbook: Workbook, parcels: Form) -> None:
    path = workbook([HEAD, ["1", "A", "P1", "登记", "二十亩", "去年"]])
    assert [(cell, code) for cell, code, _ in told(path, parcels)] == [("E2", "not_a_number"), ("F2", "not_a_date")]


def test_column_in_another_unit_is_refused(workbook: Workbook, parcels: Form) -> None:
    head = [*HEAD[:4], "面积（亩）", *HEAD[5:]]
    path = workbook([head, ["1", "A", "P1", "登记", 30]])
    assert [(cell, code) for cell, code, _ in told(path, parcels)] == [("E1", "wrong_unit")]
    assert read_details(path, parcels).dataset.frame["area"].to_list() == [None]
