"""The mail of the smallest province: as offices have it, dirt included, and the same for the same seed."""

from pathlib import Path

import openpyxl
import pytest

from mujun.demo.offices import Mailing, write_mail, write_register
from mujun.demo.province import Province, draw_province
from mujun.intake.submit import FormBook
from mujun.intake.template import read_stamp
from mujun.law import load_law

Written = tuple[Path, list[Mailing], Province]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder, province = tmp_path_factory.mktemp("mail"), draw_province(2019, 400)
    return folder, write_mail(folder, province, 2019, FormBook(load_law()), lambda done, end: None), province


def kinds(written: Written) -> set[str]:
    return {mail.kind for mailing in written[1] for mail in mailing.mails}


def test_every_form_of_every_scheme_is_mailed(written: Written) -> None:
    book = FormBook(load_law())
    due = {form.id for name in written[2].tables for form in book.due(f"2019/{name}").forms}
    assert {mail.form.id for mailing in written[1] for mail in mailing.mails} == due
    assert kinds(written) == {"template", "own", "csv"}


def test_workbooks_carry_the_stamp_of_their_form_and_exports_do_not(written: Written) -> None:
    folder, mailings, _ = written
    for mailing in mailings:
        for mail in (*mailing.mails, *mailing.instead):
            stamp = read_stamp(folder / mail.file)
            assert (stamp.form if stamp else "") == ("" if mail.kind == "csv" else mail.form.id)


def test_a_table_laid_out_anew_has_title_groups_totals_and_notes(written: Written) -> None:
    folder, mailings, _ = written
    mail = next(one for x in mailings for one in x.mails if one.kind == "own" and one.form.id == "2019/micro_park/经信")
    sheet = openpyxl.load_workbook(folder / mail.file)["Sheet1"]
    texts = [str(row[0]) for row in sheet.iter_rows(min_col=1, max_col=3, values_only=True)]
    assert str(sheet["A1"].value) == "2018年度小微工业园“亩均效益”领跑者·经信数据报送表（示例数据，全部虚构）"
    assert sheet.merged_cells.ranges
    assert texts.count("序号") == 3  # the header over again after forty rows
    assert "注：1. 空着的和划线的是没有数据；2. 本表数据全部虚构。" in texts
    assert sheet.cell(sheet.max_row - 3, 3).value == "合计"


def test_the_same_seed_mails_the_same_bytes(written: Written, tmp_path: Path) -> None:
    folder, _, province = written
    write_mail(tmp_path, province, 2019, FormBook(load_law()), lambda done, end: None)
    ours = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == ours


def test_the_register_knows_former_names_and_codes(written: Written, tmp_path: Path) -> None:
    rows = write_register(tmp_path, written[2]).read_text(encoding="utf-8-sig").splitlines()
    assert [row for row in rows if row.startswith("91339999M00000019T")] == [
        "91339999M00000019T,竹槿1号电气厂（示例）,,2018-06-30,更名,,示例登记通知书（虚构）",
        "91339999M00000019T,竹槿1号电气有限公司（示例）,2018-07-01,,,,",
    ]
    assert sum(",换码," in row for row in rows) == 2


def test_what_is_typed_otherwise_says_the_same(written: Written) -> None:
    """Habits change how a cell is written, in some cells only."""
    typed = [str(value) for x in written[1] for mail in x.mails for values in mail.cells.values() for value in values]
    for sign in ("　", "１", "'", "年", "/", "……"):
        assert any(sign in text for text in typed), sign
