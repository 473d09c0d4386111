"""Who keeps out of an item, and whether enough are left; W14 of the workflow's checks."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mujun.workflow.conflict import Item, Member, quorum, recuse

HALF = Fraction(1, 2)
ITEM = Item(key="i1", label="甲开发区", places=frozenset({"黄岩区", "甲开发区"}))


def member(name: str, *places: str, declared: frozenset[str] = frozenset()) -> Member:
    return Member(person=name, name=name, places=frozenset(places), declared=declared)


def test_w14_county_zone_and_own_word_recuse() -> None:
    members = [
        member("甲", "黄岩区"),
        member("乙", "甲开发区"),
        member("丙", declared=frozenset({"i1"})),
        member("丁", "路桥区"),
    ]
    assert [(one.member.name, one.why) for one in recuse(ITEM, members)] == [
        ("甲", "来自黄岩区"),
        ("乙", "来自甲开发区"),
        ("丙", "申报有利害关系"),
    ]


@pytest.mark.parametrize(("left", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)])
def test_more_than_half_of_those_left_are_needed(left: int, needed: int) -> None:
    members = [member(str(number)) for number in range(left)]
    holds = [quorum(ITEM, members, map(str, range(there)), HALF).holds for there in range(left + 1)]
    assert holds == [there >= needed for there in range(left + 1)]


def test_recused_member_in_the_room_does_not_count() -> None:
    members = [member("甲", "黄岩区"), member("乙"), member("丙"), member("丁")]
    count = quorum(ITEM, members, ["甲", "乙"], HALF)
    assert (count.entitled, count.present, count.needed, count.holds) == (3, 1, 2, False)


def test_nobody_left_is_no_quorum() -> None:
    assert not quorum(ITEM, [member("甲", "黄岩区")], ["甲"], HALF).holds


def test_present_member_of_unknown_places_leaves_it_open_and_one_who_stayed_away_does_not() -> None:
    members = [Member(person="甲", name="甲", places=None), member("乙"), member("丙")]
    assert quorum(ITEM, members, ["甲", "乙", "丙"], HALF).unknown == ("甲",)
    assert quorum(ITEM, members, ["乙", "丙"], HALF).holds
