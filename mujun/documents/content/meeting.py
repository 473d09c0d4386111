"""Facts of a meeting of the leading group: the pack that goes before, and the minutes that come after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

import attrs

from mujun.documents.content.dispatch import Marks
from mujun.documents.content.facts import Facts, check_counts_in, fault, words
from mujun.documents.content.nomination import Nomination
from mujun.findings import Finding


@attrs.frozen(kw_only=True)
class MeetingPack(Facts):
    """会议材料: all domains' nominations, what is to be decided, what the text of the notice leaves open."""

    year: int
    meeting: str
    office: str
    at: datetime
    where: str
    agenda: tuple[str, ...]
    nominations: tuple[Nomination, ...]
    open_questions: tuple[str, ...] = ()
    draft_decision: tuple[str, ...] = ()
    marks: Marks
    made_on: date

    def problems(self) -> Iterable[Finding]:
        labels = [one.label for one in self.nominations]
        for label in dict.fromkeys(labels):
            if labels.count(label) > 1:
                yield fault(f"“{label}”的推荐名单有{labels.count(label)}份。", "请只留最后一份。", "twice")
        if any(one.dispatch.marks.sample for one in self.nominations) and not self.marks.sample:
            yield fault("推荐名单是示例数据，会议材料没有标明。", "请标“示例数据”。", "sample")
        for text in (*self.agenda, *self.draft_decision):
            yield from check_counts_in(text, "会议材料", {self.total, *(one.total for one in self.nominations)})

    @property
    def total(self) -> int:
        return sum(one.total for one in self.nominations)


class Verdict(StrEnum):
    AGREED = "同意"
    REFUSED = "不同意"
    RETURNED = "退回"


@attrs.frozen(kw_only=True)
class Decided(Facts):
    """One item. Who is recused is counted out, for this item alone."""

    subject: str
    verdict: Verdict
    text: str
    recused: tuple[str, ...] = ()
    recused_why: str = ""
    listed: int | None = None

    def problems(self) -> Iterable[Finding]:
        if self.recused and not self.recused_why.strip():
            message = f"“{self.subject}”有人回避，没有写为何回避。"
            yield fault(message, "请写明，例如“来自名单所在县”。", "reason")


@attrs.frozen(kw_only=True)
class Minutes(Facts):
    """会议纪要: `quorum` is how many must be there to decide, counted again for each item after recusals."""

    mark: str
    number: str
    at: datetime
    where: str
    chair: str
    present: tuple[str, ...]
    absent: tuple[str, ...] = ()
    attending: tuple[str, ...] = ()
    members: int
    quorum: int
    opening: str
    items: tuple[Decided, ...]
    sent_to: tuple[str, ...]
    printed_by: str
    printed_on: date | None = None
    list_hash: str = ""
    marks: Marks
    made_on: date

    def problems(self) -> Iterable[Finding]:
        if self.chair not in self.present:
            yield fault(f"主持人“{self.chair}”不在出席名单里。", "请核对出席名单。", "present")
        if len(self.present) + len(self.absent) != self.members:
            come = f"出席{len(self.present)}人、请假{len(self.absent)}人"
            yield fault(f"{come}，合起来不是全体{self.members}人。", "请核对出席和请假名单。", "total")
        if both := set(self.present) & set(self.absent):
            yield fault(f"{words(sorted(both))}既出席又请假。", "请核对。", "present")
        for item in self.items:
            yield from self._of_item(item)
        if not self.items:
            yield fault("纪要没有议定事项。", "请逐项写明议定结果。", "lacking")

    def _of_item(self, item: Decided) -> Iterable[Finding]:
        if strangers := [one for one in item.recused if one not in self.present]:
            message = f"“{item.subject}”回避的{words(strangers)}不在出席名单里。"
            yield fault(message, "只有出席的人才需要回避。", "present")
        left = len(self.present) - len(item.recused)
        if left < self.quorum:
            message = f"“{item.subject}”回避后只有{left}人，不足法定的{self.quorum}人。"
            yield fault(message, "这一项不能议定，请列入下次会议。", "quorum")
