"""The period of a public notice."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from attrs import evolve

from mujun.findings import Finding
from mujun.workflow import load_workdays
from mujun.workflow.notice import Notice, end_of_notice, extend_notice
from tests.workflow.good import NOTICE
from tests.workflow.people import at


def test_notice_opened_late_in_the_evening_counts_from_the_next_day_of_beijing() -> None:
    """Half past midnight in Beijing on the 28th is still the 27th in Greenwich."""
    days = load_workdays("2019")
    for opened in (at(9, 28, 0, 30), datetime(2019, 9, 27, 16, 30, tzinfo=UTC)):
        assert end_of_notice(opened, 1, time(17, 30), days) == at(9, 29, 17, 30)


def test_last_moment_is_in_time_and_the_next_second_is_late() -> None:
    second = timedelta(seconds=1)
    ends = NOTICE.ends_at
    assert [NOTICE.is_late(ends), NOTICE.is_late(ends + second)] == [False, True]
    assert [NOTICE.is_over(ends), NOTICE.is_over(ends + second)] == [False, True]


def test_notice_is_extended_while_it_runs_and_never_shortened() -> None:
    later = at(6, 20, 17, 30)
    assert extend_notice(NOTICE, later, at(6, 5)) == evolve(NOTICE, ends_at=later)
    for ends, now, said in (
        (at(6, 10), at(6, 5), "公示到2019年6月11日17:30为止，只能延长，不能缩短或原样不动。请填更晚的时间。"),
        (later, at(6, 12), "公示已于2019年6月11日17:30结束，不能再延长。确有必要的，请重新公示。"),
    ):
        found = extend_notice(NOTICE, ends, now)
        assert isinstance(found, Finding)
        assert str(found) == said


def test_moment_without_an_offset_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="opened_at needs an offset from UTC"):
        Notice(list_hash="H", names=frozenset(), opened_at=datetime(2019, 9, 27), ends_at=at(10, 10))
