"""The round of 2019 as data: its domains, agencies, calendar, workdays, divisions."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mujun.findings import CannotGoOn
from mujun.law import PROGRAMME, Law
from mujun.scheme import load_round, load_scheme
from mujun.yaml_source import read_yaml

ROUND = PROGRAMME / "2019"


@cache
def round_file() -> dict[str, Any]:
    data, findings = read_yaml(ROUND / "round.yaml")
    assert findings == []
    return dict(data)


def table(name: str) -> list[dict[str, str]]:
    with (ROUND / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- domains ----------------------------------------------------------------------------------------------------------


def test_seven_domains_with_their_agencies_and_clauses_in_the_notice_s_order(law: Law) -> None:
    domains = load_round("2019", law).domains

    assert [(one.id, one.lead_agency, one.clause.partition("#")[2]) for one in domains] == [
        ("county", "省亩均办", "2.1"),
        ("characteristic_town", "省发展改革委", "2.2"),
        ("economic_zone", "省商务厅", "2.3"),
        ("hightech_zone", "省科技厅", "2.4"),
        ("micro_park", "省经信厅", "2.5"),
        ("manufacturing", "省经信厅", "2.6"),
        ("services", "省发展改革委", "2.7"),
    ]


def test_lead_agency_is_the_one_the_clause_makes_responsible(law: Law) -> None:
    for domain in load_round("2019", law).domains:
        clause = law.resolve(domain.clause)
        assert clause is not None
        assert clause.text.endswith(f"（{domain.lead_agency}负责）")


def test_every_scheme_of_the_round_is_of_its_domain_and_agency_and_shares_its_trial(law: Law) -> None:
    trials = {domain["id"]: domain["trial"] for domain in round_file()["domains"]}
    this_round = load_round("2019", law)

    for domain in this_round.domains:
        for name in domain.schemes:
            scheme = load_scheme(this_round.scheme_file(name), law)
            assert (scheme.id, scheme.domain, scheme.lead_agency) == (name, domain.id, domain.lead_agency)
            assert scheme.trial == trials[domain.id]


def test_services_alone_are_a_trial_and_counties_alone_are_adopted() -> None:
    domains = round_file()["domains"]

    assert [domain["id"] for domain in domains if domain["trial"]] == ["services"]
    assert [domain["id"] for domain in domains if domain["adopted"]] == ["county"]


def test_round_that_does_not_exist_lists_those_that_do(law: Law) -> None:
    with pytest.raises(CannotGoOn) as caught:
        load_round("1999", law)

    assert str(caught.value) == "没有“1999”年度。可用：2019。"


def test_domain_that_is_none_or_lacks_its_agency_is_named(law: Law, tmp_path: Path) -> None:
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "round.yaml").write_text(
        "domains:\n  - {id: a, label: 甲, clause: zhe-mujunban-2019-4#2.1}\n  - b\n", encoding="utf-8"
    )

    with pytest.raises(CannotGoOn) as caught:
        load_round("2020", law, tmp_path)

    assert str(caught.value).splitlines() == [
        "round.yaml:3 领域（domains）须是一列“键: 值”。请照别的领域改写。",
        "round.yaml:2 领域缺少“lead_agency”。请补上。",
    ]


def test_domain_that_cites_no_clause_is_named(law: Law, tmp_path: Path) -> None:
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "round.yaml").write_text(
        "domains:\n  - {id: a, label: 甲, lead_agency: 乙, clause: zhe-mujunban-2019-4#9}\n", encoding="utf-8"
    )

    with pytest.raises(CannotGoOn) as caught:
        load_round("2020", law, tmp_path)

    assert str(caught.value) == "round.yaml:2 领域“甲”引用的条款“zhe-mujunban-2019-4#9”不存在。"


def test_open_questions_speak_of_clauses_that_exist_and_say_what_is_done(law: Law) -> None:
    questions = round_file()["open_questions"]

    assert len({question["id"] for question in questions}) == len(questions)
    for question in questions:
        assert question["clauses"]
        assert [clause for clause in question["clauses"] if law.resolve(clause) is None] == []
        assert question["treatment"]


# --- calendar and workdays --------------------------------------------------------------------------------------------


def test_four_steps_have_the_quarters_of_section_three_and_the_last_has_none() -> None:
    steps = round_file()["calendar"]

    assert [(step["clause"].partition("#")[2], step["quarter"], step["starts"], step["ends"]) for step in steps] == [
        ("3.1", 1, "2019-01-01", "2019-03-31"),
        ("3.2", 2, "2019-04-01", "2019-06-30"),
        ("3.3", 3, "2019-07-01", "2019-09-30"),
        ("3.4", None, None, None),
    ]


def days(key: str, year: int) -> set[datetime.date]:
    written = next(entry for entry in round_file()["workdays"] if entry["year"] == year)[key]
    return {datetime.date.fromisoformat(day) for day in written}


def is_workday(day: datetime.date) -> bool:
    if day in days("holidays", day.year):
        return False
    return day in days("makeup_workdays", day.year) or day.weekday() < 5


def last_workday(after: datetime.date, count: int) -> datetime.date:
    """The last of so many workdays, counted from the next day."""
    day = after
    while count:
        day += datetime.timedelta(days=1)
        count -= is_workday(day)
    return day


def test_five_workdays_after_27_september_2019_end_on_10_october() -> None:
    """Sunday 29 September is worked, the first week of October is not: 29, 30, 8, 9, 10."""
    assert last_workday(datetime.date(2019, 9, 27), 5) == datetime.date(2019, 10, 10)


@pytest.mark.parametrize(("year", "workdays"), [(2019, 250), (2020, 249)])
def test_year_has_so_many_workdays(year: int, workdays: int) -> None:
    """250 in 2019 and, with Chinese New Year made longer by two workdays less one made up, 249 in 2020."""
    first = datetime.date(year, 1, 1)

    whole_year = [first + datetime.timedelta(days=number) for number in range(366 if year == 2020 else 365)]

    assert sum(map(is_workday, whole_year)) == workdays


@pytest.mark.parametrize("year", [2019, 2020])
def test_days_made_up_are_weekends_and_no_holidays(year: int) -> None:
    made_up = days("makeup_workdays", year)

    assert {day.weekday() for day in made_up} <= {5, 6}
    assert made_up & days("holidays", year) == set()
    assert {day.year for day in made_up | days("holidays", year)} == {year}


# --- divisions --------------------------------------------------------------------------------------------------------


def divisions_on(day: str) -> list[str]:
    """The names of the divisions that existed on a day; both ends count."""
    return [
        row["name"]
        for row in table("divisions.csv")
        if (row["valid_from"] or "0000") <= day <= (row["valid_to"] or "9999")
    ]


def test_w01_89_divisions_on_9_april_2019_without_longgang() -> None:
    names = divisions_on("2019-04-09")

    assert len(names) == 89 == round_file()["divisions"]["count"]
    assert "龙港市" not in names


def test_w01_90_divisions_on_1_january_2020_and_the_new_one_is_longgang() -> None:
    assert set(divisions_on("2020-01-01")) - set(divisions_on("2019-04-09")) == {"龙港市"}
    assert len(divisions_on("2020-01-01")) == 90


def test_hangzhou_is_divided_anew_in_april_2021() -> None:
    before, after = set(divisions_on("2021-04-08")), set(divisions_on("2021-04-09"))

    assert before - after == {"下城区", "江干区"}
    assert after - before == {"临平区", "钱塘区"}


def test_89_divisions_are_37_districts_19_cities_and_33_counties() -> None:
    names = set(divisions_on("2019-04-09"))
    kinds = Counter(row["kind"] for row in table("divisions.csv") if row["name"] in names and not row["valid_from"])

    assert sum(kinds.values()) == 89
    assert (kinds["市辖区"], kinds["县级市"], kinds["县"] + kinds["自治县"]) == (37, 19, 33)


def test_tile_map_has_the_same_89_each_on_a_tile_of_its_own() -> None:
    tiles = table("tile_map.csv")
    codes = {row["code"]: row["name"] for row in table("divisions.csv") if row["name"] in divisions_on("2019-04-09")}

    assert {tile["code"]: tile["name"] for tile in tiles} == codes
    assert len({(tile["row"], tile["col"]) for tile in tiles}) == 89


def test_twenty_incentive_counties_are_divisions_of_2019() -> None:
    counties = round_file()["incentive_counties"]

    assert len(set(counties)) == len(counties) == 20
    assert set(counties) <= set(divisions_on("2019-04-09"))
    assert set(round_file()["incentive_counties_basis"]) == {"assumption"}


def scheme_file(name: str) -> dict[str, Any]:
    data, _ = read_yaml(ROUND / "schemes" / f"{name}.yaml")
    return dict(data)


def test_micro_parks_are_in_the_round_s_incentive_counties() -> None:
    assert scheme_file("micro_park")["constants"]["pilots"] == round_file()["incentive_counties"]


def test_schemes_reckon_from_the_day_the_notice_was_signed() -> None:
    cutoffs = {
        path.stem: data["constants"]["cutoff"]
        for path in sorted((ROUND / "schemes").glob("*.yaml"))
        if "cutoff" in (data := scheme_file(path.stem)).get("constants", {})
    }

    assert len(cutoffs) >= 3
    assert set(cutoffs.values()) == {"2019-04-09"}
