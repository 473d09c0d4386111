"""What keeps a list from being published, each in a sentence."""

from __future__ import annotations

import pytest
from attrs import evolve

from mujun.proof.published_list import ListGroup, PublishedList, Status
from mujun.proof.reconcile import reconcile
from tests.proof.lists import SMALL, issued


def messages(published: PublishedList) -> list[str]:
    return [finding.message for finding in reconcile(published)]


def note(text: str) -> PublishedList:
    return evolve(SMALL, notes=(text,))


def test_list_that_adds_up_has_no_findings() -> None:
    assert messages(SMALL) == []
    assert messages(issued()) == []


def test_w25_notice_of_36_whose_classes_sum_to_28_is_refused() -> None:
    """As a mirrored county notice of 2023 read: A 4, B 21, C 0, D 3."""
    sizes = {"A": 4, "B": 21, "C": 0, "D": 3}
    groups = tuple(
        ListGroup(tier, size, tuple((f"{tier}{number}厂", "县", None, "") for number in range(size)))
        for tier, size in sizes.items()
    )

    assert messages(evolve(SMALL, groups=groups, count=36)) == ["共36个，各类相加却是4＋21＋0＋3＝28个。"]
    assert messages(evolve(SMALL, groups=groups, count=28)) == []


def test_w25_class_with_another_number_than_decided_is_refused() -> None:
    first = evolve(SMALL.groups[0], count=3)

    assert messages(evolve(SMALL, groups=(first, SMALL.groups[1]))) == ["“甲类”审定3个，名单里有2个。"]


def test_unit_listed_twice_is_refused() -> None:
    rows = (*SMALL.groups[1].rows, ("丙厂", "别县", None, "另一处"))
    groups = (SMALL.groups[0], ListGroup("乙类", 2, rows))

    assert messages(evolve(SMALL, groups=groups, count=4)) == ["“丙厂，别县”在名单里出现2次，分不清是同一家还是两家。"]


def test_same_name_in_another_county_is_another_unit() -> None:
    rows = (*SMALL.groups[1].rows, ("丙厂", "又一县", None, ""))

    assert messages(evolve(SMALL, groups=(SMALL.groups[0], ListGroup("乙类", 2, rows)), count=4)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("联系人13812345678", "手机号码"),
        ("电话0571-87051234", "电话号码"),
        ("证件330102198001011234", "身份证号码"),
        ("证件33010219800101123X", "身份证号码"),
    ],
)
def test_p07_phone_and_id_numbers_are_refused(text: str, what: str) -> None:
    assert messages(note(text)) == [f"说明里像有{what}。"]
    row = ("甲厂", text, None, "")
    assert messages(evolve(SMALL, groups=(ListGroup("甲类", 1, (row,)),), count=1)) == [f"“甲类”第1行里像有{what}。"]


@pytest.mark.parametrize("text", ["91330102MA27W12345", "913301021980010112", "2019年10月10日", "1380000"])
def test_p07_other_numbers_are_not_taken_for_private_ones(text: str) -> None:
    assert messages(note(text)) == []


def test_list_is_issued_only_when_decided_numbered_and_without_assumptions() -> None:
    published = evolve(SMALL, status=Status.ISSUED, assumptions=("权重：为试算而设",))

    assert messages(published) == [
        "没有审定的依据，不能印发。",
        "没有文号或印发日期，不能印发。",
        "还有1处假设没有由方案确定，只能试算，不能印发。",
    ]
    assert messages(evolve(SMALL, status=Status.NOTICE)) == ["没有审定的依据，不能公示。"]
    assert messages(evolve(SMALL, assumptions=("权重：为试算而设",))) == []


def test_row_of_another_width_and_row_without_name_are_refused() -> None:
    rows = (("甲厂", "县"), (" ", "县", None, ""))

    assert messages(evolve(SMALL, groups=(ListGroup("甲类", 2, rows),), count=2)) == [
        "“甲类”第1行有2格，应有4格。",
        "“甲类”第2行没有名称。",
    ]
