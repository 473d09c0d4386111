"""The PDF: same bytes each time, free faces and which they replace, text that stays text; refused without a face."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from attrs import evolve

from mujun.documents.gongwen.pdf import find_faces, write_pdf
from mujun.documents.kinds import KINDS
from mujun.documents.objection import lay_out_objection_reply
from mujun.findings import CannotGoOn
from tests.documents.conftest import all_specimens, facts_of

IMG = '<img src=x onerror="alert(1)"> #panic() $x$ *a* _b_ @c `d` \\u{41} // e'


def pdf_text(package: bytes, tmp_path: Path) -> str:
    (tmp_path / "x.pdf").write_bytes(package)
    command = ["pdftotext", "-layout", str(tmp_path / "x.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return "".join(text.replace("\u200b", "").split())


def test_x21_words_of_people_stay_text_in_pdf(tmp_path: Path) -> None:
    reply = facts_of("异议答复意见书")
    grounds = (evolve(reply.grounds[0], text=IMG),)
    text = pdf_text(write_pdf(lay_out_objection_reply(evolve(reply, grounds=grounds))), tmp_path)
    assert text.count("".join(IMG.split())) == 1


def test_same_facts_same_bytes() -> None:
    one = all_specimens()["领跑者证书"]
    gongwen = KINDS[one.kind].lay_out(one.facts)
    assert write_pdf(gongwen) == write_pdf(gongwen)


@pytest.mark.parametrize("file", list(all_specimens()))
def test_every_document_is_whole_as_pdf(file: str, tmp_path: Path) -> None:
    one = all_specimens()[file]
    gongwen = KINDS[one.kind].lay_out(one.facts)
    text = pdf_text(write_pdf(gongwen), tmp_path)
    assert [mark for mark in gongwen.marks if mark not in text] == []
    assert text.count("本PDF嵌入自由字体") == 1


def test_pdf_says_which_free_face_replaced_which() -> None:
    faces = find_faces(["Noto Serif CJK SC", "Noto Sans CJK SC", "Libertinus Serif", "SimSun"])
    assert faces.told == (
        "本PDF嵌入自由字体：Noto Serif CJK SC代方正小标宋简体、仿宋_GB2312、楷体_GB2312、宋体；Noto Sans CJK SC代黑体；"
        "Libertinus Serif代Times New Roman。标准字体见同名DOCX。"
    )


def test_without_a_free_chinese_face_there_is_no_pdf() -> None:
    with pytest.raises(CannotGoOn, match=r"没有可以代替.*仿宋_GB2312.*的自由字体，不能生成PDF"):
        find_faces(["Libertinus Serif", "SimSun"])
