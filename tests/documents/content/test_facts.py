"""Facts are checked when built, all findings at once; text of people is kept as text."""

from __future__ import annotations

import pytest

from mujun.documents.content.facts import check_counts_in, strip_controls
from mujun.documents.content.objection import Ground, Judged
from mujun.findings import CannotGoOn

IMG = '<img src=x onerror="alert(1)"> & =HYPERLINK("x") #let x = 1 $a$'


def test_x21_markup_in_words_of_people_is_kept_as_it_is() -> None:
    assert strip_controls(IMG) == (IMG, [])
    assert Ground(text=IMG, checked="核查", finding=Judged.UPHELD, reasons=IMG).text == IMG


def test_x21_control_characters_are_taken_out_and_told() -> None:
    kept, findings = strip_controls("甲\x00乙\u202e丙\r\n丁", "理由")
    assert kept == "甲乙丙\n丁"
    assert [str(one) for one in findings] == [
        "理由里有看不见的控制字符（U+0000、U+202E），已去掉。其余文字未动；如与原意不符，请重新填写。"
    ]


def test_x21_facts_with_control_characters_are_refused() -> None:
    with pytest.raises(CannotGoOn) as refused:
        Ground(text="甲\x07", checked="乙\u200b", finding=Judged.REJECTED, reasons="丙")
    assert [one.message for one in refused.value.findings] == [
        "“text”里有看不见的控制字符（U+0007）。",
        "“checked”里有看不见的控制字符（U+200B）。",
    ]


@pytest.mark.parametrize(("text", "wrong"), [("共36家企业入选", 1), ("共计28家", 0), ("合计 4 个", 0), ("36家企业", 0)])
def test_w25_total_inside_a_sentence_has_to_be_one_of_the_list(text: str, wrong: int) -> None:
    assert len(list(check_counts_in(text, "正文", {28, 4}))) == wrong
