"""The period of a public notice: when it ends, whether it is over, what came late. The clock is an argument."""

from __future__ import annotations

from datetime import datetime, time

from attrs import evolve, field, frozen

from mujun.findings import Finding
from mujun.workflow.calendar import Workdays
from mujun.workflow.decision import reason
from mujun.workflow.moment import CHINA, in_words, moment


@frozen(kw_only=True)
class Notice:
    """A public notice: which list (its hash), which names of it, from when till when. `ends_at` itself is in time."""

    list_hash: str
    names: frozenset[str]
    opened_at: datetime = field(validator=moment)
    ends_at: datetime = field(validator=moment)
    contact: str = ""
    ways: str = ""
    basis: str = ""

    def is_over(self, now: datetime) -> bool:
        return now > self.ends_at

    def is_late(self, received_at: datetime) -> bool:
        """An objection that comes after the end is recorded and marked, never refused at the door."""
        return received_at > self.ends_at


def end_of_notice(opened_at: datetime, count: int, closes_at: time, workdays: Workdays) -> datetime | Finding:
    """The end: `count` working days from the day after the opening (Beijing), at the clock time."""
    day = workdays.after(opened_at.astimezone(CHINA).date(), count)
    return day if isinstance(day, Finding) else datetime.combine(day, closes_at, CHINA)


def extend_notice(notice: Notice, ends_at: datetime, now: datetime) -> Notice | Finding:
    """The notice with a later end. It cannot be shortened, nor revived once it is over."""
    if notice.is_over(now):
        message = f"公示已于{in_words(notice.ends_at)}结束，不能再延长。"
        return reason("notice_over", message, "确有必要的，请重新公示。")
    if ends_at <= notice.ends_at:
        message = f"公示到{in_words(notice.ends_at)}为止，只能延长，不能缩短或原样不动。"
        return reason("notice_not_longer", message, "请填更晚的时间。")
    return evolve(notice, ends_at=ends_at)
