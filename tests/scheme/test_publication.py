"""What of the lists of 2019 is public, and what the reader of the file refuses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn
from mujun.law import PROGRAMME, Law
from mujun.scheme.publication import Publication, load_publication

FIRMS = ("manufacturing", "services")


@pytest.fixture
def with_change(tmp_path: Path, law: Law) -> Callable[[str, str], list[str]]:
    """What is said once something in the file of 2019 is written otherwise."""

    def change(before: str, after: str) -> list[str]:
        folder = tmp_path / "2019"
        shutil.copytree(PROGRAMME / "2019" / "schemes", folder / "schemes")
        text = (PROGRAMME / "2019" / "publication.yaml").read_text(encoding="utf-8")
        assert before in text
        (folder / "publication.yaml").write_text(text.replace(before, after), encoding="utf-8")
        with pytest.raises(CannotGoOn) as refused:
            load_publication("2019", law, tmp_path)
        return [finding.message for finding in refused.value.findings]

    return change


@pytest.fixture(scope="module")
def publication(law: Law) -> Publication:
    return load_publication("2019", law)


def test_firms_show_name_place_and_strengths_alone(publication: Publication) -> None:
    for scheme in FIRMS:
        rule = publication.rules[scheme]
        assert [column.source for column in rule.columns] == ["name", "column:county", "strengths"]
        assert (rule.open, rule.ranked) == (False, False)


def test_every_scheme_with_a_selection_has_a_rule(publication: Publication) -> None:
    assert set(publication.rules) == {
        "county",
        "characteristic_town",
        "economic_zone",
        "hightech_zone",
        "micro_park",
        "manufacturing",
        "services",
    }


def test_towns_and_parks_are_published_by_assumption_alone(publication: Publication) -> None:
    """The notice's 3.4 names counties, zones and firms only."""
    by_clause = {name for name, rule in publication.rules.items() if rule.basis.clause}

    assert by_clause == {"county", "economic_zone", "hightech_zone", "manufacturing"}
    assert {publication.rules[name].basis.clause for name in by_clause} == {"zhe-mujunban-2019-4#3.4"}
    assert all(rule.assumptions for rule in publication.rules.values())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "{id: name, label: 企业, from: name, basis: {clause: zhe-mujunban-2019-4#2.6}}",
            "{id: score, label: 总分, from: score, basis: {clause: zhe-mujunban-2019-4#2.6}}",
            "企业名单不能有“总分”：名次、得分不公开。",
        ),
        (
            "{id: name, label: 企业, from: name, basis: {clause: zhe-mujunban-2019-4#2.6}}",
            '{id: tax, label: 税收, from: "column:tax", basis: {clause: zhe-mujunban-2019-4#2.6}}',
            "“税收实际贡献”是原始数据，不公开。",
        ),
        (
            "{id: name, label: 企业, from: name, basis: {clause: zhe-mujunban-2019-4#2.6}}",
            "{id: name, label: 企业, from: phone, basis: {clause: zhe-mujunban-2019-4#2.6}}",
            "列的来源不能是“phone”。",
        ),
        (
            "{id: name, label: 企业, from: name, basis: {clause: zhe-mujunban-2019-4#2.6}}",
            '{id: city, label: 市, from: "column:city", basis: {clause: zhe-mujunban-2019-4#2.6}}',
            "方案 manufacturing 没有“city”这一列。",
        ),
        (
            "{id: name, label: 企业, from: name, basis: {clause: zhe-mujunban-2019-4#2.6}}",
            "{id: name, label: 企业, from: name}",
            "列缺少 basis。",
        ),
        ("scheme: services", "scheme: nowhere", "没有能用的方案“nowhere”。"),
        ("scheme: services", "scheme: manufacturing", "“manufacturing”的名单写了两次。"),
    ],
)
def test_mistakes_are_named(with_change: Callable[[str, str], list[str]], before: str, after: str, said: str) -> None:
    assert with_change(before, after) == [said]


def test_firms_cannot_be_put_in_order_of_rank(with_change: Callable[[str, str], list[str]]) -> None:
    said = with_change("    open: false\n    order: place\n", "    open: false\n    order: rank\n")

    assert said == ["企业名单不能按名次排：名次透露得分的高低。"] * 2


def test_round_without_the_file_is_told(law: Law, tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn, match="“2030”没有写公开什么"):
        load_publication("2030", law, tmp_path)
