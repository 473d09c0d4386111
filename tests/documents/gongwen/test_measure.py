"""Titles break where words end; a signature stands on one axis; a long mark is set narrower."""

from __future__ import annotations

import pytest

from mujun.documents.gongwen.measure import copies_lines, mark_type, right_indents, title_lines, width


def test_figures_are_half_as_wide_as_characters_and_chinese_quotes_are_whole() -> None:
    assert (width("2019年4月9日"), width("“亩均”")) == (6, 4)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("2019年浙江省“亩均效益”领跑者名单", ("2019年浙江省“亩均效益”领跑者名单",)),
        (
            "关于印发《2019年浙江省“亩均效益”领跑者行动工作方案》的通知",
            ("关于印发《2019年浙江省“亩均效益”", "领跑者行动工作方案》的通知"),
        ),
        (
            "关于报送2019年特色小镇“亩均效益”领跑者推荐名单的报告",
            ("关于报送2019年特色小镇“亩均效益”", "领跑者推荐名单的报告"),
        ),
    ],
)
def test_title_breaks_into_few_even_lines_of_whole_words(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title) == lines
    assert "".join(lines) == title


def test_title_without_a_place_to_break_is_left_to_the_program() -> None:
    assert title_lines("“" + "甲" * 60 + "”") == ("“" + "甲" * 60 + "”",)


def test_day_of_a_short_name_stands_four_characters_in_and_the_name_over_its_middle() -> None:
    assert right_indents(["浙江省商务厅", "2019年4月9日"]) == [4.0, 4.0]
    assert right_indents(["省厅", "2019年4月9日"]) == [6.0, 4.0]


def test_long_name_moves_the_day_inwards_and_never_leaves_the_type_area() -> None:
    issuer = "浙江省深化“亩均论英雄”改革工作领导小组办公室"
    assert right_indents([issuer, "（浙江省经济和信息化厅代章）", "2019年4月9日"]) == [0.0, 4.5, 8.5]
    assert min(right_indents(["甲" * 40, "2019年4月9日"])) == 0.0


def test_mark_fills_one_line_at_most() -> None:
    assert mark_type("浙江省商务厅文件") == (48.0, 100)
    size, scale = mark_type("浙江省深化“亩均论英雄”改革工作领导小组办公室文件")
    assert (size, scale) == (26.5, 66)
    assert 25 * size * scale / 100 <= 442


def test_copies_take_as_many_lines_as_their_width_needs() -> None:
    assert [copies_lines("甲" * count) for count in (1, 26, 27, 52, 53)] == [1, 1, 2, 2, 3]
