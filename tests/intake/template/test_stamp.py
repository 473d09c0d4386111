"""The stamp of a template, in either of its places."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from mujun.collection import Form
from mujun.findings import CannotGoOn
from mujun.intake.template import Stamp, read_stamp, stale_template, write_template


@pytest.fixture
def template(tmp_path: Path, every_kind: Form) -> Path:
    path = tmp_path / "模板.xlsx"
    write_template(path, every_kind, now=date(2019, 4, 9))
    return path


def without(path: Path, entry: str, replacement: bytes | None = None) -> Path:
    """The package without an entry, or with another in its place."""
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = replacement if name == entry else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return changed


def test_stamp_is_form_and_version(template: Path, every_kind: Form) -> None:
    assert read_stamp(template) == Stamp(every_kind.id, every_kind.version)


def test_hidden_sheet_alone_is_enough(template: Path, every_kind: Form) -> None:
    assert read_stamp(without(template, "docProps/custom.xml")) == Stamp(every_kind.id, every_kind.version)


def test_properties_alone_are_enough(template: Path, every_kind: Form) -> None:
    book = openpyxl.load_workbook(template)
    del book["_mujun"]
    book.save(template)
    assert read_stamp(template) == Stamp(every_kind.id, every_kind.version)


def test_sheet_is_hidden_for_good(template: Path) -> None:
    assert openpyxl.load_workbook(template)["_mujun"].sheet_state == "veryHidden"


def test_other_files_have_no_stamp(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "plain.xlsx")
    (tmp_path / "plain.csv").write_text("代码", encoding="utf-8")
    assert read_stamp(tmp_path / "plain.xlsx") is None
    assert read_stamp(tmp_path / "plain.csv") is None


def test_document_type_in_the_properties_is_refused(template: Path) -> None:
    evil = b'<!DOCTYPE p [<!ENTITY x "y">]><Properties><property name="mujun_form">&x;</property></Properties>'
    with pytest.raises(CannotGoOn):
        read_stamp(without(template, "docProps/custom.xml", evil))


def test_present_form_is_not_stale(every_kind: Form) -> None:
    assert stale_template(Stamp(every_kind.id, every_kind.version), [every_kind]) is None


def test_old_version_is_refused_by_name(every_kind: Form) -> None:
    fewer = evolve(every_kind, variables=every_kind.variables[1:])
    finding = stale_template(Stamp(every_kind.id, every_kind.version), [fewer])
    assert finding is not None
    assert (finding.code, finding.message) == (
        "stale_template",
        f"这份模板是报表“{fewer.label}”的旧版（{every_kind.version}），现行版是{fewer.version}，栏目已有改动。",
    )


def test_unknown_form_is_refused_with_those_there_are(every_kind: Form) -> None:
    finding = stale_template(Stamp("2018/towns/税务", "x"), [every_kind])
    assert finding is not None
    assert finding.code == "unknown_form"
    assert finding.mend.endswith(f"现有报表：{every_kind.id}。")
