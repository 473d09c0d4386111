"""Templates of details: records under a number of their own, with the words that the rules count by."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from mujun.collection import Form, load_collection
from mujun.collection.model import UNIT
from mujun.intake.details import read_details
from mujun.intake.template import read_stamp, write_template
from mujun.law import load_law
from mujun.scheme import find_scheme, load_scheme
from tests.register.firms import code

NOW = date(2019, 4, 9)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Form]:
    law = load_law()
    scheme, plan = load_scheme(find_scheme("2019/manufacturing"), law), load_collection("2019", law)
    form = next(form for form in plan.forms(scheme) if form.table == "land_parcels")
    path = tmp_path_factory.mktemp("detail") / "宗地.xlsx"
    write_template(path, form, now=NOW, scheme=scheme, plan=plan)
    return path, form


def test_kinds_of_land_are_those_of_the_rule_and_no_others(template: tuple[Path, Form]) -> None:
    book = openpyxl.load_workbook(template[0])
    (choice,) = (one for one in book["填报"].data_validations.dataValidation if one.type == "list")
    place = choice.formula1.replace("_mujun!", "").replace("$", "")
    assert [row[0].value for row in book["_mujun"][place]] == ["登记", "共用", "承租", "出租", "其他"]
    assert (str(choice.sqref), choice.errorStyle or "stop") == ("D2:D1001", "stop")


def test_record_reads_as_typed(template: tuple[Path, Form], tmp_path: Path) -> None:
    path, form = template
    book = openpyxl.load_workbook(path)
    sheet = book["填报"]
    assert [cell.value for cell in sheet[1]][:4] == ["记录号", "单位代码", "宗地号", "用地类别"]
    typed = ["0001", code(1), "示例宗1", "登记", 1204.85, None, "示例证1", datetime(2016, 5, 18)]
    for column, value in enumerate(typed, start=1):
        sheet.cell(2, column).value = value
    book.save(tmp_path / "filled.xlsx")
    reading = read_details(tmp_path / "filled.xlsx", form)
    (row,) = reading.dataset.frame.rows(named=True)
    assert (row["unit:key"], row[UNIT], row["parcel"], row["kind"], row["area"]) == (
        "0001",
        code(1),
        "示例宗1",
        "登记",
        1204.85,
    )
    assert row["certificate_date"] == date(2016, 5, 18)
    assert [finding for finding in reading.findings if finding.severity == "error"] == []
    stamp = read_stamp(tmp_path / "filled.xlsx")
    assert stamp is not None
    assert stamp.form == form.id
