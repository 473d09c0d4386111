"""What is made public says of a unit its name and its place; what a nomination says shows that it could have."""

from __future__ import annotations

import re

import pytest

from mujun.documents.content.listed import private_in, undisclosed_in
from tests.documents.conftest import facts_of, specimen_docx, text_of

PUBLIC = ("公示", "印发通知", "更正通知", "领跑者证书")
SCORE = re.compile(r"\b1[0-4]\d\.\d{4}\b")


def scores() -> set[str]:
    nominations = facts_of("会议材料").nominations
    return {who.score for one in nominations for group in one.classes for who in group.nominees if who.score}


def test_nomination_and_pack_show_scores() -> None:
    assert set(SCORE.findall(text_of(specimen_docx("会议材料")))) >= scores()
    assert len(SCORE.findall(text_of(specimen_docx("推荐名单报告")))) == 84


@pytest.mark.parametrize("file", PUBLIC)
def test_public_document_shows_no_score_value_or_number_of_a_person(file: str) -> None:
    text = text_of(specimen_docx(file))
    assert [score for score in scores() if score in text] == []
    lines = [
        line for line in text.splitlines() if not line.startswith(("电话：", "名单核验信息", "更正后名单核验信息"))
    ]
    assert [(line, found) for line in lines if (found := private_in(line))] == []
    names = [line for line in lines if line.startswith("示例")]
    assert len(names) > 0
    assert [line for line in names if undisclosed_in(line)] == []


def test_deviations_and_their_reasons_are_not_made_public() -> None:
    left_out = "示例戊装备有限公司"
    assert left_out in text_of(specimen_docx("会议材料"))
    assert [file for file in PUBLIC if left_out in text_of(specimen_docx(file))] == []
