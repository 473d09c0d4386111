"""A value is changed where it stands; every other byte stays as it was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mujun.findings import CannotGoOn
from mujun.scheme.amend import REMOVE, amend
from mujun.scheme.amend.splice import Inserted, Path

RULES = """\
# 头上的注释
weight: {by: industry,  石化: 20, default: 30}   # 行尾的注释
selection:
  quota: 10          # 名额

  reserve: 3
steps:
  - {id: a, share: 0.20}
  - {id: b}
"""


def test_only_the_value_changes() -> None:
    after = amend(RULES, {("weight", "石化"): Decimal("25"), ("steps", 0, "share"): Decimal("0.15")})

    assert after == RULES.replace("石化: 20", "石化: 25").replace("0.20", "0.15")


def test_key_that_was_not_there_is_added_to_its_mapping() -> None:
    after = amend(RULES, {("weight", "医药"): 15, ("selection", "minimum_score"): 100})

    assert after == RULES.replace("default: 30}", "default: 30, 医药: 15}").replace(
        "reserve: 3", "reserve: 3\n  minimum_score: 100"
    )


def test_key_is_taken_out_with_its_line_or_its_comma() -> None:
    after = amend(RULES, {("selection", "reserve"): REMOVE, ("weight", "石化"): REMOVE})

    assert after == RULES.replace("  reserve: 3\n", "").replace("石化: 20, ", "")


def test_number_becomes_a_table() -> None:
    after = amend(RULES, {("selection", "quota"): {"by_group": {"石化": 5}, "default": 10}})

    assert after == RULES.replace("quota: 10 ", "quota: {by_group: {石化: 5}, default: 10} ")


@pytest.mark.parametrize(
    ("typed", "written"),
    [("改为一半", "改为一半"), ("甲: 乙", '"甲: 乙"'), ("#1", '"#1"'), ("12", '"12"'), ("否则, 停", '"否则, 停"')],
)
def test_text_is_quoted_where_it_would_read_as_something_else(typed: str, written: str) -> None:
    assert amend("{a: 旧}\n", {("a",): typed}) == f"{{a: {written}}}\n"


def test_place_that_is_not_there_is_told() -> None:
    with pytest.raises(CannotGoOn, match="规则里没有这一处"):
        amend(RULES, {("steps", 7, "share"): 1})


def test_value_that_stands_in_two_places_is_not_changed_behind_ones_back() -> None:
    with pytest.raises(CannotGoOn, match="改一处会改动别处"):
        amend("a: &x {n: 1}\nb: *x\n", {("b", "n"): 2})


STEPS = "steps: [[1, 0.4], [1.5, 0.6],  [2, 1]]   # 三档\n"


@pytest.mark.parametrize(
    ("changes", "steps"),
    [
        ({("steps", 1): REMOVE}, "[[1, 0.4], [2, 1]]"),
        ({("steps", 2): REMOVE}, "[[1, 0.4], [1.5, 0.6]]"),
        ({("steps", 1): REMOVE, ("steps", 2): REMOVE}, "[[1, 0.4]]"),
        ({("steps", 0): REMOVE, ("steps", 2): REMOVE}, "[[1.5, 0.6]]"),
        ({("steps", 0): REMOVE, ("steps", 1): REMOVE, ("steps", 2): REMOVE}, "[]"),
        ({("steps", 1): Inserted([[Decimal("1.2"), Decimal("0.5")]])}, "[[1, 0.4], [1.2, 0.5], [1.5, 0.6],  [2, 1]]"),
        ({("steps", 3): Inserted([[3, 2], [4, 3]])}, "[[1, 0.4], [1.5, 0.6],  [2, 1], [3, 2], [4, 3]]"),
        ({("steps", 1, 1): Decimal("0.7"), ("steps", 0): REMOVE}, "[[1.5, 0.7],  [2, 1]]"),
    ],
)
def test_items_in_brackets_come_and_go_with_their_commas(changes: dict[Path, object], steps: str) -> None:
    assert amend(STEPS, changes) == f"steps: {steps}   # 三档\n"


TREE = """\
score:
  children:
    # 第一项的注释
    - id: a
      weight: 60     # 行尾的注释

    # 第二项的注释
    - id: b
      weight: 40

selection: {quota: 10}
"""
NEW = {"id": "c", "unit": "%", "basis": {"assumption": "甲: 乙"}}
WRITTEN = '    - id: c\n      unit: "%"\n      basis: {assumption: "甲: 乙"}\n'


@pytest.mark.parametrize(
    ("place", "before"),
    [(0, "    - id: a"), (1, "\n    # 第二项的注释"), (2, "\nselection")],
)
def test_item_on_lines_of_its_own_stands_apart_as_the_others_do(place: int, before: str) -> None:
    head, tail = TREE.split(before)
    with_one = amend(TREE, {("score", "children", place): Inserted([NEW])})

    expected = f"{head}{WRITTEN}\n{before}{tail}" if place == 0 else f"{head}\n{WRITTEN}{before}{tail}"
    assert with_one == expected
    if place:
        assert amend(with_one, {("score", "children", place): REMOVE}) == TREE


def test_item_is_taken_out_with_its_lines_and_the_comments_between_items_stay() -> None:
    a = "    - id: a\n      weight: 60     # 行尾的注释\n\n"

    assert amend(TREE, {("score", "children", 0): REMOVE}) == TREE.replace(a, "")
    assert amend(TREE, {("score", "children", 1): REMOVE}) == TREE.replace("    - id: b\n      weight: 40\n", "")


def test_items_that_stand_in_one_line_get_one_more_in_one_line() -> None:
    rules = "vetoes:\n  - {id: a}   # 甲\n  - {id: b}\nrest: 1\n"

    assert amend(rules, {("vetoes", 2): Inserted([{"id": "c"}])}) == rules.replace(
        "{id: b}\n", "{id: b}\n  - {id: c}\n"
    )
