"""Divisions by date; W01 of the workflow's checks."""

from __future__ import annotations

from datetime import date

import pytest

from mujun.register import DivisionKind, divisions_at, load_divisions

NOTICE = date(2019, 4, 9)


def found(text: str, day: date) -> tuple[str, str | None, list[str]]:
    divisions = load_divisions()
    assert divisions is not None
    match = divisions.resolve(text, day)
    return match.kind.value, match.division and match.division.name, [one.name for one in match.proposals]


def test_w01_89_counties_on_the_notices_day_without_longgang_90_in_2020() -> None:
    then = [one.name for one in divisions_at(NOTICE)]
    later = [one.name for one in divisions_at(date(2020, 1, 1))]
    assert (len(then), "龙港市" in then) == (89, False)
    assert (len(later), "龙港市" in later) == (90, True)
    assert set(later) - set(then) == {"龙港市"}


def test_hangzhou_changed_in_2021() -> None:
    before, after = ({one.name for one in divisions_at(day)} for day in (date(2021, 4, 8), date(2021, 4, 9)))
    assert (before - after, after - before) == ({"下城区", "江干区"}, {"临平区", "钱塘区"})


@pytest.mark.parametrize("day", [date(2012, 1, 1), date(2015, 1, 1), date(2016, 12, 31), date(2018, 1, 1)])
def test_a_recoded_county_is_never_there_twice(day: date) -> None:
    names = [one.name for one in divisions_at(day)]
    assert (("富阳市" in names), ("富阳区" in names)) == ((day < date(2014, 12, 13)), (day >= date(2014, 12, 13)))
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "text", ["330102", "上城区", "杭州市上城区", "浙江省杭州市上城区", " 上城区　", "330102000000"]
)
def test_code_and_name_however_written(text: str) -> None:
    assert found(text, NOTICE) == (DivisionKind.SAME, "上城区", [])


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("330183", NOTICE, "富阳区"),
        ("临安市", NOTICE, "临安区"),
        ("江东区", NOTICE, "鄞州区"),
        ("龙港市", NOTICE, "苍南县"),
        ("临平区", NOTICE, "余杭区"),
        ("下城区", date(2022, 1, 1), "拱墅区"),
        ("富阳区", date(2012, 1, 1), "富阳市"),
    ],
)
def test_other_vintage_is_followed_forward_and_back(text: str, day: date, name: str) -> None:
    assert found(text, day) == (DivisionKind.OTHER_VINTAGE, name, [])


def test_divided_one_is_asked_about() -> None:
    assert found("江干区", date(2022, 1, 1)) == (DivisionKind.AMBIGUOUS, None, ["上城区", "钱塘区"])
    assert found("钱塘区", NOTICE) == (DivisionKind.AMBIGUOUS, None, ["江干区", "萧山区"])


def test_explanation_names_the_document() -> None:
    divisions = load_divisions()
    assert divisions is not None
    explained = "富阳市（330183）自2014-12-13起改设为富阳区（330111），依据国函〔2014〕157号"
    assert divisions.resolve("富阳市", NOTICE).explanation == explained


def test_short_name_is_told_and_a_stranger_unknown() -> None:
    assert found("苍南", NOTICE) == (DivisionKind.SHORT, "苍南县", [])
    assert found("黄浦区", NOTICE) == (DivisionKind.UNKNOWN, None, [])
    assert found("", NOTICE) == (DivisionKind.UNKNOWN, None, [])


def test_a_round_without_a_table_has_no_divisions() -> None:
    assert divisions_at(NOTICE, "huangyan") == ()
