"""Lists of frontrunners: totals are counted, and there is no room for a figure about a unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujun.documents.content.listed import Class, DomainList, Entry, FullList, undisclosed_in
from mujun.findings import CannotGoOn


def entries(tier: str, count: int) -> tuple[Entry, ...]:
    return tuple(Entry(name=f"示例{tier}{place}公司") for place in range(count))


def domain(stated: int | None) -> DomainList:
    """As a notice of 2023 that could be read: 36 in its text, A4, B21, C0, D3 in its list."""
    counts = {"A": 4, "B": 21, "C": 0, "D": 3}
    classes = tuple(Class(label=tier, entries=entries(tier, count)) for tier, count in counts.items())
    return DomainList(label="小微企业园", agency="省经信厅", classes=classes, stated=stated)


def test_w25_stated_total_that_the_classes_do_not_come_to_is_refused() -> None:
    with pytest.raises(CannotGoOn) as refused:
        domain(36)
    assert str(refused.value) == (
        "“小微企业园”的合计写的是36，逐行数出来是28（A4＋B21＋C0＋D3）。请改正总数或名单；总数由名单数出，可以不写。"
    )


def test_w25_total_is_counted_from_the_rows() -> None:
    assert domain(28).total == domain(None).total == 28
    assert FullList(domains=(domain(None),)).totals == {28, 4, 21, 0, 3}


def test_w25_class_and_whole_list_reconcile_too() -> None:
    with pytest.raises(CannotGoOn, match="“A”的家数写的是5，逐行数出来是4"):
        Class(label="A", entries=entries("A", 4), stated=5)
    with pytest.raises(CannotGoOn, match="名单总数写的是36，逐行数出来是28"):
        FullList(domains=(domain(28),), stated=36)


def test_unit_that_stands_twice_is_refused() -> None:
    twice = Class(label="A", entries=(Entry(name="示例甲"),)), Class(label="B", entries=(Entry(name="示例甲"),))
    with pytest.raises(CannotGoOn, match="“示例甲”出现了2次"):
        DomainList(label="制造业", agency="省经信厅", classes=twice)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("联系13800138000", ["手机号码"]),
        ("0571-87058111", ["电话号码"]),
        ("330102199001011234", ["身份证号"]),
        ("税收1204.85万元", ["原始数据"]),
        ("得分108.34", ["得分"]),
        ("为行业基准值的1.25倍", ["基准值的倍数"]),
        ("三点二倍", ["基准值的倍数"]),
        ("示例第7分公司", []),
        ("91330100MA00000001", []),
        ("2019年，第3批", []),
    ],
)
def test_what_a_public_text_must_not_say_of_a_unit(text: str, kinds: list[str]) -> None:
    assert undisclosed_in(text) == kinds


@given(st.integers(130_0000_0000, 199_9999_9999), st.text("甲乙丙丁", max_size=5), st.booleans())
def test_no_entry_holds_a_mobile_number_wherever_it_stands(number: int, text: str, in_place: bool) -> None:
    hidden = f"{text}{number}{text}"
    with pytest.raises(CannotGoOn):
        Entry(name="示例甲" if in_place else hidden, place=hidden if in_place else "")
