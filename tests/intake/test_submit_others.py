"""What files of one command see of each other, and what a shared mistake beside them costs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from mujun.intake.submit import FormBook, Submission, Wanted, submit
from mujun.intake.template import write_template
from mujun.law import load_law
from mujun.store import Store
from tests.register.firms import code

NOW = datetime(2019, 4, 12, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def book() -> FormBook:
    return FormBook(load_law())


def filled(folder: Path, book: FormBook, form_id: str, cells: dict[str, list[object]], names: list[str]) -> Path:
    """A template of the form, filled in for as many firms as there are names."""
    due = book.due("/".join(form_id.split("/")[:2]))
    form = next(one for one in due.forms if one.id == form_id)
    units = [(code(number + 1), name) for number, name in enumerate(names)]
    if form.table:
        units = [(f"{number:05d}", "") for number in range(1, len(next(iter(cells.values()))) + 1)]
    path = folder / f"{form_id.replace('/', '·')}.xlsx"
    write_template(path, form, units, now=NOW.date(), scheme=due.scheme, plan=due.plan, filled=cells)
    return path


def look(book: FormBook, store: Store, *files: Path, commit: bool = False, **wanted: object) -> Submission:
    return submit(files, store, book, Wanted(**wanted), by="张三", now=NOW, commit=commit)  # type: ignore[arg-type]


def codes(submission: Submission) -> list[list[str]]:
    return [[finding.code for finding in one.findings] for one in submission.files]


def test_many_offices_in_one_command_are_checked_against_each_other(tmp_path: Path, book: FormBook) -> None:
    """Details and three main forms: tax comes from the details that come along, revenue from another office."""
    names = ["甲厂", "乙厂"]
    tax = {"unit": [code(1), code(2)], "component": ["增值税", "增值税"], "amount": [5000, 30]}
    statistics = {
        "gb_code": ["3441", "3441"],
        **{name: [500, 600] for name in ("value_added", "energy", "staff")},
        "rd": [1, 2],
        "revenue": [3000, 4000],
    }
    files = [
        filled(tmp_path, book, "2019/manufacturing/税务/tax_components", tax, []),
        filled(tmp_path, book, "2019/manufacturing/统计", statistics, names),
        filled(tmp_path, book, "2019/manufacturing/科技", {"national_awards": [0, 1]}, names),
        filled(tmp_path, book, "2019/manufacturing/应急", {"accidents": [0, 0]}, names),
    ]
    done = look(book, Store(tmp_path / "st"), *files)
    assert codes(done) == [["tax_over_revenue"], ["tax_over_revenue"], [], []]


def test_brackets_of_the_other_width_are_no_other_name(tmp_path: Path, book: FormBook) -> None:
    store = Store(tmp_path / "st")
    first = filled(tmp_path, book, "2019/manufacturing/应急", {"accidents": [0, 0]}, ["甲（浙江）厂", "乙厂"])
    assert look(book, store, first, commit=True).committed
    again = filled(tmp_path, book, "2019/manufacturing/科技", {"national_awards": [0, 0]}, ["甲(浙江)厂 ", "丙厂"])
    done = look(book, store, again)
    assert [(one.code, one.unit) for one in done.files[0].open] == [("renamed", code(2))]


def test_a_register_with_mistakes_is_told_once(tmp_path: Path, book: FormBook) -> None:
    register = tmp_path / "名录.csv"
    register.write_text("代码,名称\n91330100XXXX,甲厂\n", encoding="utf-8")
    files = [
        filled(tmp_path, book, "2019/manufacturing/应急", {"accidents": [0]}, ["甲厂"]),
        filled(tmp_path, book, "2019/manufacturing/科技", {"national_awards": [0]}, ["甲厂"]),
    ]
    first, second = codes(look(book, Store(tmp_path / "st"), *files, register=register))
    assert "not_checked" not in first
    assert second == ["not_checked"]


def test_the_counties_own_template_can_be_read(tmp_path: Path, book: FormBook) -> None:
    """Its name column must not be called what a variable is called."""
    path = filled(tmp_path, book, "2019/county/民政", {"county": ["上城区"]}, ["上城区"])
    head = [cell.value for cell in openpyxl.load_workbook(path)["填报"][1]]
    assert head == ["县（市、区）代码", "单位名称", "县（市、区）名称"]
    assert codes(look(book, Store(tmp_path / "st"), path)) == [[]]


def test_known_values_are_filled_in_as_typed(tmp_path: Path, book: FormBook) -> None:
    """What is known beforehand stands in the template; text stays text, whatever it looks like."""
    path = filled(tmp_path, book, "2019/manufacturing/科技", {"national_awards": [2, "=1+1", None]}, ["甲", "乙", "丙"])
    sheet = openpyxl.load_workbook(path)["填报"]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)] == [2, "=1+1", None]
    assert sheet["C3"].data_type == "s"
