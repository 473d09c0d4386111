"""Instruments and their clauses: the notice word for word, the others with no more than is known."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn
from mujun.law import Basis, Law, load_law

NOTICE = "zhe-mujunban-2019-4"
NAMED_BY_THE_NOTICE = [
    "zhe-characteristic-town-plan",
    "zhe-economic-zone-plan",
    "zhe-inspection-incentive-measures",
    "zhe-micro-park-assessment",
    "zhe-services-guidance-2018-689",
    "zhe-work-priorities-2019",
]


@cache
def law() -> Law:
    return load_law()


# --- the notice of 9 April 2019 ---------------------------------------------------------------------------------------


def test_notice_is_word_for_word() -> None:
    """Headings and texts of all clauses, one after the other, are the notice, white space aside."""
    clauses = law().instruments[NOTICE].clauses.values()

    text = "".join("".join(clause.heading.split()) + "".join(clause.text.split()) for clause in clauses)

    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == "c462cf1a457c89176a79f5fe0dc5b988ae384a92c7861abb99ba81f73e3b3cd5"


def test_notice_has_every_clause_in_its_order() -> None:
    assert list(law().instruments[NOTICE].clauses) == [
        *("head", "plan", "1"),
        *("2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"),
        *("3", "3.1", "3.2", "3.3", "3.4"),
        *("4", "cc", "imprint"),
    ]


@pytest.mark.parametrize(
    ("clause", "heading"),
    [
        ("2.1", "（一）县（市、区）“亩均论英雄”改革领跑者。"),
        ("2.7", "（七）服务业“亩均效益”领跑者。"),
        ("4", "四、激励措施"),
    ],
)
def test_clause_has_the_notice_s_own_heading(clause: str, heading: str) -> None:
    found = law().resolve(f"{NOTICE}#{clause}")

    assert found is not None
    assert found.heading == heading


def test_notice_is_cited_by_its_number_and_heading() -> None:
    assert law().cite(f"{NOTICE}#2.5") == "浙亩均办〔2019〕4号二（五）小微工业园“亩均效益”领跑者"


# --- Huangyan's formula -----------------------------------------------------------------------------------------------


def test_huangyan_has_every_clause_of_both_years() -> None:
    assert [clause for clause in law().instruments["huangyan-2023-09-25"].clauses if clause.startswith("annex")] == [
        *("annex1", "annex1.1", "annex1.2"),
        *("annex2", "annex2.1", *(f"annex2.1.{item}" for item in range(1, 8))),
        *("annex2.2", "annex2.2.1", "annex2.2.2"),
    ]


# --- documents that are only known by name ----------------------------------------------------------------------------


def test_all_documents_the_notice_names_are_there_and_no_others() -> None:
    assert sorted(law().instruments) == sorted([NOTICE, "huangyan-2023-09-25", *NAMED_BY_THE_NOTICE])


@pytest.mark.parametrize("name", NAMED_BY_THE_NOTICE)
def test_document_whose_text_is_unknown_has_no_clauses_and_says_what_is_known_and_whence(name: str) -> None:
    instrument = law().instruments[name]

    assert instrument.text == "unknown"
    assert dict(instrument.clauses) == {}
    assert instrument.known
    assert instrument.source


def test_instruments_with_clauses_are_not_unknown() -> None:
    texts = {name: one.text for name, one in law().instruments.items() if one.clauses}

    assert set(texts) == {NOTICE, "huangyan-2023-09-25"}
    assert "unknown" not in texts.values()


# --- citations and bases ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("citation", [f"{NOTICE}#2.9", "nowhere#1", NOTICE, "zhe-micro-park-assessment#1", ""])
def test_citation_of_nothing_resolves_to_nothing_and_prints_as_it_is(citation: str) -> None:
    assert law().resolve(citation) is None
    assert law().cite(citation) == citation


def test_basis_is_a_clause_or_an_assumption() -> None:
    clause, assumption = Basis(clause=f"{NOTICE}#2.6"), Basis(assumption="通知没有定权重")

    assert (clause.assumed, assumption.assumed) == (False, True)
    assert [str(clause), str(assumption)] == ["依据 zhe-mujunban-2019-4#2.6", "假设：通知没有定权重"]


def test_load_law_reads_a_folder_and_reports_every_bad_file_at_once(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text("instrument: good\ntitle: 好\nclauses: [{id: '1', text: 一}]\n", "utf-8")
    assert load_law(tmp_path).cite("good#1") == "《好》1"

    (tmp_path / "list.yaml").write_text("- 1\n", "utf-8")
    (tmp_path / "twice.yaml").write_text("instrument: a\ntitle: 甲\ntitle: 乙\n", "utf-8")
    with pytest.raises(CannotGoOn) as caught:
        load_law(tmp_path)

    assert [str(finding) for finding in caught.value.findings] == [
        "list.yaml:1 文件须有 instrument 和 title。",
        "twice.yaml:3 “title”写了两次（第2行已有）。请删去其中一处。",
    ]
