"""What is wrong with a register, each with its row."""

from __future__ import annotations

from datetime import date

import pytest

from mujun.register import COLUMNS
from mujun.register.columns import EVENTS
from tests.register.conftest import Make
from tests.register.firms import code

ONE, TWO = code(1), code(2)


def codes(make: Make, *rows: tuple[str | None, ...] | dict[str, str], **options: bool) -> list[str]:
    return [finding.code for finding in make(rows, **options).findings]


def test_right_rows_have_no_findings_and_are_ordered_by_code(make: Make) -> None:
    reading = make([(TWO, "示例乙"), (ONE, "示例甲")])
    assert reading.findings == ()
    assert reading.register.units(date(2019, 4, 9)) == [(ONE, "示例甲"), (TWO, "示例乙")]


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ([(None, "示例甲")], "register_incomplete"),
        ([(ONE, " ")], "register_incomplete"),
        ([(ONE, "甲", None, "去年")], "register_day"),
        ([(ONE, "甲", None, "2019-02-30")], "register_day"),
        ([(ONE, "甲", None, "2019-05-01", "2019-04-01", "注销")], "register_days_reversed"),
        ([(ONE, "甲", None, None, "2019-04-01", "倒闭")], "register_event"),
        ([(ONE, "甲", None, None, None, "注销")], "register_event_without_day"),
        ([(ONE, "甲", None, None, "2019-04-01")], "register_day_without_event"),
        ([(ONE, "甲", None, None, "2019-04-01", "合并")], "register_no_successor"),
        ([(ONE, "甲", None, None, "2019-04-01", "合并", TWO)], "register_successor_unknown"),
        ([(ONE, "甲", None, None, "2019-04-01", "注销", TWO), (TWO, "乙")], "register_successor_not_wanted"),
        (
            [(ONE, "甲", None, None, "2019-04-01", "合并", TWO), (TWO, "乙", None, None, "2019-01-01", "注销")],
            "register_successor_gone",
        ),
        ([(ONE, "甲", None, None, "2019-04-01", "更名")], "register_not_continued"),
        ([(ONE, "甲"), (ONE, "乙")], "register_overlap"),
        (
            [(ONE, "甲", None, None, "2019-04-01", "更名"), (ONE, "乙", None, "2019-06-01")],
            "register_gap",
        ),
        ([(ONE, "甲"), (TWO, "甲")], "register_name_twice"),
        ([(ONE, "甲", "黄浦区")], "division_unknown"),
        ([(ONE, "甲", "临安市")], "division_vintage"),
        ([(ONE, "甲", "江干区", "2021-05-01")], "division_ambiguous"),
        ([{"code": ONE, "name": "甲", "industry": "39"}], "industry_short"),
        ([("91330100MAEX00001Q", "甲")], "credit_code_check"),
    ],
)
def test_fault(make: Make, rows: list[tuple[str | None, ...]], finding: str) -> None:
    assert codes(make, *rows) == [finding]


def test_finding_names_row_and_unit(make: Make) -> None:
    (finding,) = make([(ONE, "甲"), (TWO, "乙", "黄浦区")]).findings
    assert (finding.cell, finding.unit, finding.message) == ("第3行", TWO, "不认识县（市、区）“黄浦区”。")


def test_all_faults_are_told_at_once(make: Make) -> None:
    rows = [(None, "甲"), (ONE, "乙", "黄浦区", "去年"), (TWO, "丙", None, None, "2019-04-01")]
    assert codes(make, *rows) == [
        "register_incomplete",
        "register_day",
        "division_unknown",
        "register_day_without_event",
    ]


def test_event_without_evidence_is_a_warning(make: Make) -> None:
    row = {"code": ONE, "name": "甲", "valid_to": "2019-04-01", "event": "注销", "evidence": "  "}
    assert codes(make, row) == ["register_no_evidence"]


def test_code_is_brought_into_its_usual_form_and_the_change_told(make: Make) -> None:
    reading = make([(ONE.lower(), "示例甲")])
    assert [finding.code for finding in reading.findings] == ["credit_code_changed"]
    assert reading.register.units(date(2019, 4, 9)) == [(ONE, "示例甲")]


def test_approved_code_is_used_and_an_incomplete_approval_is_not(make: Make) -> None:
    row = {"code": "91330100MAEX00001Q", "name": "甲", "approved_by": "示例科长", "approved_why": "执照如此"}
    assert codes(make, row | {"evidence": "执照.pdf"}) == ["credit_code_override"]
    assert codes(make, row) == ["credit_code_check", "override_incomplete"]


def test_codes_of_parks_are_not_held_to_be_credit_codes(make: Make) -> None:
    assert codes(make, ("XZ-007", "示例小镇"), credit_codes=False) == []
    assert codes(make, ("XZ-007", "示例小镇")) == ["credit_code_changed", "credit_code_length"]


def test_thousands_of_one_fault_are_cut_and_said_to_be(make: Make) -> None:
    findings = make([(code(number), f"示例{number}", "黄浦区") for number in range(1_200)]).findings
    assert len(findings) == 1_001
    assert findings[-1].message == "同类问题超过1,000处，以下不再逐条列出。"


def test_every_event_is_explained_in_the_column() -> None:
    meaning = next(column.meaning for column in COLUMNS if column.id == "event")
    assert [event for event in EVENTS if event not in meaning] == []
