"""Divisions of another day and industries that do not exist are asked about, never dropped in silence."""

from __future__ import annotations

from mujun.collection import CollectionPlan
from mujun.intake.checks.known_codes import known_codes
from tests.intake.checks.contexts import brought, said, table


def counties(shipped: CollectionPlan, *names: str | None) -> list[tuple[str, str, str, str]]:
    rows = [[f"A{number}", "甲", name] for number, name in enumerate(names)]
    return said(known_codes(brought(shipped, table("county", *rows), scheme="manufacturing")))


def test_a_county_of_another_year_is_asked_about_with_what_it_was(shipped: CollectionPlan) -> None:
    """临平区 was made of a part of 余杭区 in 2021, 龙港市 of a town of 苍南县 in September 2019."""
    found = counties(shipped, "余杭区", "临平区", "龙港市", None)
    assert [(cell, severity, code) for cell, severity, code, _ in found] == [
        ("C3", "提醒", "known_county"),
        ("C4", "提醒", "known_county"),
    ]
    assert found[0][3].startswith("“所在县（市、区）”：“临平区”在2019-04-09应写作“余杭区”：")
    assert found[1][3].startswith("“所在县（市、区）”：“龙港市”在2019-04-09应写作“苍南县”：")


def test_short_names_and_codes_are_told_in_full(shipped: CollectionPlan) -> None:
    assert [message for *_, message in counties(shipped, "苍南", "330102", "某某县")] == [
        "“所在县（市、区）”：“苍南”在2019-04-09应写作“苍南县”：“苍南”是苍南县的简称。",
        "“所在县（市、区）”：“330102”在2019-04-09应写作“上城区”。",
        "“所在县（市、区）”：“某某县”在2019-04-09不是县（市、区）。",
    ]


def test_industries_are_four_digits_that_exist(shipped: CollectionPlan) -> None:
    """6513 exists, in a class that the round's table does not cover."""
    rows = [[code, "甲", code] for code in ("3441", "C3441", "34", "3499", "3444", "6513")]
    found = said(known_codes(brought(shipped, table("gb_code", *rows), scheme="manufacturing")))
    assert [(cell, message) for cell, _, _, message in found] == [
        ("C3", "“行业代码”：行业代码“C3441”不是四位数字。"),
        ("C4", "“行业代码”：行业代码“34”（通用设备制造业）只到大类，应填四位小类。"),
    ]
