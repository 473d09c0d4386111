"""Working days by the round's own table; W16 and W17 of the workflow's checks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn, Finding
from mujun.workflow import Workdays, load_workdays

FRIDAY = date(2019, 9, 27)


@pytest.fixture(scope="module")
def workdays() -> Workdays:
    return load_workdays("2019")


def test_w16_five_workdays_after_27_september_2019(workdays: Workdays) -> None:
    """Sunday the 29th makes up for the holidays of October."""
    ends = [workdays.after(FRIDAY, count) for count in range(6)]
    assert ends == [
        FRIDAY,
        date(2019, 9, 29),
        date(2019, 9, 30),
        date(2019, 10, 8),
        date(2019, 10, 9),
        date(2019, 10, 10),
    ]


def test_year_has_as_many_workdays_as_were_announced(workdays: Workdays) -> None:
    """261 weekdays, less 17 that are holidays, and 6 weekends made up: 250. Of 2020: 262, less 19, and 6: 249."""
    worked = {
        year: sum(workdays.is_workday(date(year, 1, 1) + timedelta(days=day)) is True for day in range(days))
        for year, days in ((2019, 365), (2020, 366))
    }
    assert worked == {2019: 250, 2020: 249}


@pytest.mark.parametrize(("start", "missing"), [(date(2027, 1, 4), 2027), (date(2020, 12, 30), 2021)])
def test_w17_year_that_is_not_in_the_table_is_never_guessed(workdays: Workdays, start: date, missing: int) -> None:
    """Nor when the counting only runs into it."""
    assert str(workdays.after(start, 5)) == (
        f"节假日表未更新：没有{missing}年。请在国务院办公厅公布{missing}年节假日安排后，补入 round.yaml 的 workdays。"
    )


def test_counting_begins_on_the_day_after_so_that_the_first_may_lie_before_the_table(workdays: Workdays) -> None:
    assert isinstance(workdays.is_workday(date(2018, 12, 31)), Finding)
    assert workdays.after(date(2018, 12, 31), 1) == date(2019, 1, 2)


def test_slip_of_the_hand_does_not_count_for_ever(workdays: Workdays) -> None:
    endless = Workdays(dict.fromkeys(range(2019, 2040), workdays.years[2019]))
    assert str(endless.after(FRIDAY, 10**9)) == "1000000000个工作日太长，算不出来。请核对工作日数。"


def test_every_wrong_day_of_the_table_is_named_with_its_line(tmp_path: Path) -> None:
    table = """\
workdays:
  - year: 2019
    holidays: [2019-10-01, 2019-13-01, 2020-01-01, 2019-10-01]
    makeup_workdays:
      - 2019-10-01
      - 2019-10-12
  - year: 2019
    holidays: []
    makeup_workdays: []
  - {holidays: []}
"""
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "round.yaml").write_text(table, encoding="utf-8")
    with pytest.raises(CannotGoOn) as error:
        load_workdays("2019", tmp_path)
    assert sorted(str(one) for one in error.value.findings) == [
        "round.yaml:10 没有写是哪一年（year）。请核对节假日表。",
        "round.yaml:2 2019-10-01不是周末，谈不上调休上班。请核对节假日表。",
        "round.yaml:2 2019-10-01既是假日又是调休上班。请核对节假日表。",
        "round.yaml:3 2019-10-01写了两遍。请核对节假日表。",
        "round.yaml:3 2020-01-01不在2019年。请核对节假日表。",
        "round.yaml:3 “2019-13-01”不是日期。请核对节假日表。",
        "round.yaml:7 2019年写了两遍。请核对节假日表。",
    ]


def test_round_without_a_table_says_so(tmp_path: Path) -> None:
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "round.yaml").write_text("round: 2019\n", encoding="utf-8")
    with pytest.raises(CannotGoOn, match="没有节假日表"):
        load_workdays("2019", tmp_path)
