"""A value is changed where it stands; every other byte stays as it was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mujun.findings import CannotGoOn
from mujun.scheme.amend import REMOVE, amend

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
