"""The figures of a domain show the numbers of its evaluation."""

from __future__ import annotations

from collections.abc import Callable

from mujun.documents.report import Reported
from mujun.documents.report.content import domain_page
from mujun.documents.report.figures import DomainFigures, domain_figures
from mujun.law import Law
from tests.charts.drawn import said
from tests.documents.report.conftest import FIRMS, Written


def drawn(written: Written, law: Law) -> DomainFigures:
    one = Reported(written.evaluation, written.summary)
    return domain_figures(one, domain_page(one, law))


def test_class_is_shown_in_multiples_of_its_benchmark(report: Callable[..., Written], law: Law) -> None:
    """95 万元 on 7 亩 make 13.57; one, two, three, four have 30, 20, 10 and 5 each 亩, before any cap."""
    (shown,) = drawn(report(), law).classes
    assert shown.figure.table.rows == (("亩均税收", "4", "0.37", "0.37", "0.74", "1.47", "2.21", "2"),)


def test_scores_tiers_and_places_are_those_of_the_units(report: Callable[..., Written], law: Law) -> None:
    figures = drawn(report(), law)
    assert figures.scores is not None
    assert figures.tiers is not None
    assert figures.tiers_by_place is not None
    assert figures.map is not None
    assert [row[1:] for row in figures.scores.figure.table.rows] == [
        ("54—56", "1", "0"), ("66—68", "1", "0"), ("102—104", "1", "0"), ("120—122", "1", "1"),
    ]  # fmt: skip
    assert figures.tiers.figure.table.rows == (("全部", "2", "2", "4"),)
    assert [row for row in figures.tiers_by_place.figure.table.rows if row[-1] != "0"] == [
        ("温州市", "1", "0", "1"),
        ("湖州市", "1", "2", "3"),
    ]
    assert [row[1:] for row in figures.map.figure.table.rows if row[2] != "0"] == [("苍南县", "1")]


def test_selected_without_a_known_county_is_said_below_the_map(report: Callable[..., Written], law: Law) -> None:
    shown = drawn(report([{**FIRMS[0], "county": "外省某县"}, *FIRMS[1:]]), law).map
    assert shown is not None
    assert sum(int(row[2]) for row in shown.figure.table.rows) == 0
    assert "另有1个所在县（市、区）没有填写或不在89个之列，不在图上。" in shown.note


def test_unit_without_score_is_in_no_bin(report: Callable[..., Written], law: Law) -> None:
    firms = [*FIRMS, {"key": "6", "name": "六厂", "land": 1, "rd": 1}]
    figures = drawn(report(firms), law)
    assert figures.scores is not None
    assert sum(int(row[2]) for row in figures.scores.figure.table.rows) == 4
    assert "全部（4个）：54—56分，1个" in said(figures.scores.figure)
