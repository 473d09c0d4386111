"""The DOCX: the notice of 2019 sign by sign, the same bytes each time, text that stays text, printed elsewhere."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from attrs import evolve
from docx import Document

from mujun.documents.action_plan import write_action_plan
from mujun.documents.content.dispatch import Marks, Standing
from mujun.documents.gongwen import write_docx
from mujun.documents.gongwen.check import check_layout
from mujun.documents.issued_list import write_issued_list
from mujun.documents.kinds import KINDS
from mujun.documents.objection import write_objection_receipt, write_objection_reply
from tests.documents.conftest import all_specimens, facts_of, specimen_docx, text_of

NOTICE = "年度工作方案（2019年原文重排）"
IMG = '<img src=x onerror="alert(1)"> & =HYPERLINK("x") </w:t><w:br/>'


def test_notice_of_2019_is_set_word_for_word() -> None:
    """All text of the page, white space aside, is the notice's: the same hash as of the instrument and the source."""
    text = "".join(text_of(write_action_plan(facts_of(NOTICE))).split())
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == "c462cf1a457c89176a79f5fe0dc5b988ae384a92c7861abb99ba81f73e3b3cd5"


def test_notice_of_2019_tells_its_four_bodies_and_days_apart() -> None:
    lines = {
        line.style.name: line.text for line in Document(io.BytesIO(specimen_docx(NOTICE))).paragraphs if line.style
    }
    assert (lines["发文机关署名"], lines["代章"], lines["成文日期"]) == (
        "浙江省深化“亩均论英雄”改革工作领导小组办公室",
        "(浙江省经济和信息化厅代章)",
        "2019年4月9日",
    )
    assert text_of(specimen_docx(NOTICE)).splitlines()[-1] == "浙江省经济和信息化厅办公室2019年4月12日印发"


@pytest.mark.parametrize("file", ["公示", "领跑者证书"])
def test_same_facts_same_bytes(file: str) -> None:
    one = all_specimens()[file]
    assert write_docx(KINDS[one.kind].lay_out(one.facts)) == specimen_docx(file)
    with zipfile.ZipFile(io.BytesIO(specimen_docx(file))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_x21_words_of_people_stay_text() -> None:
    receipt = evolve(facts_of("异议受理回执"), grounds=(IMG,), objector=IMG)
    reply = facts_of("异议答复意见书")
    grounds = tuple(evolve(one, text=IMG, checked=IMG, reasons=IMG) for one in reply.grounds)
    for package, times in (
        (write_objection_receipt(receipt), 3),
        (write_objection_reply(evolve(reply, grounds=grounds, consequence=IMG)), 7),
    ):
        assert text_of(package).count(IMG) == times
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            raw = opened.read("word/document.xml").decode()
            outside = [name for name in opened.namelist() if "TargetMode" in opened.read(name).decode("latin-1")]
        assert ("<img" in raw, "w:hyperlink" in raw, outside) == (False, False, [])


@pytest.mark.parametrize("file", list(all_specimens()))
def test_every_page_says_what_it_is(file: str) -> None:
    section = Document(io.BytesIO(specimen_docx(file))).sections[0]
    mark = section.header.paragraphs[0].text
    assert mark.startswith("示例数据　试算" if file != NOTICE else "据公开文本重排的样本，非原件")


def test_what_is_issued_has_no_mark_and_leaves_the_place_of_the_seal_free() -> None:
    sample = facts_of("印发通知")
    assert "〔样章位置" in text_of(specimen_docx("印发通知"))
    issued = evolve(sample, dispatch=evolve(sample.dispatch, marks=Marks(standing=Standing.ISSUED)))
    package = write_issued_list(issued)
    assert "样章" not in text_of(package)
    assert Document(io.BytesIO(package)).sections[0].header.paragraphs[0].text == ""
    assert check_layout(package).findings == []


@pytest.mark.parametrize("file", ["公示", "印发通知", "更正通知"])
def test_checkpoint_is_printed_as_given(file: str) -> None:
    checkpoint = facts_of(file).checkpoint
    assert checkpoint != ""
    assert [line for line in text_of(specimen_docx(file)).splitlines() if line.endswith(checkpoint)] != []


def test_another_program_prints_the_pack_for_seven_domains_on_about_fifteen_pages(tmp_path: Path) -> None:
    (tmp_path / "pack.docx").write_bytes(specimen_docx("会议材料"))
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(tmp_path), str(tmp_path / "pack.docx")], check=True, capture_output=True)
    told = subprocess.run(["pdfinfo", str(tmp_path / "pack.pdf")], check=True, capture_output=True).stdout.decode()
    pages = int(next(line for line in told.splitlines() if line.startswith("Pages")).split()[1])
    assert 13 <= pages <= 17
    command = ["pdftotext", "-f", "1", "-l", "1", str(tmp_path / "pack.pdf"), "-"]
    first = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    assert first.index("与名次不一致之处") < first.index("未推荐")
