"""Facts of the notice that issues the list (印发通知), and of the record of its dispatch (签收)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import attrs

from mujun.documents.content.dispatch import Dispatch
from mujun.documents.content.facts import Facts, check_counts_in, fault
from mujun.documents.content.listed import FullList, check_public
from mujun.findings import Finding


@attrs.frozen(kw_only=True)
class IssuedList(Facts):
    """`demands` are what is asked of those it is sent to, a paragraph each."""

    dispatch: Dispatch
    year: int
    subject: str
    listed: FullList
    decided_at: str
    noticed: str
    demands: tuple[str, ...] = ()
    checkpoint: str = ""
    made_on: date

    def problems(self) -> Iterable[Finding]:
        for text in self.demands:
            yield from check_counts_in(text, "通知正文", self.listed.totals)
            yield from check_public(text, "通知正文")

    @property
    def title(self) -> str:
        return f"关于公布{self.subject}的通知"


@attrs.frozen(kw_only=True)
class Receipt(Facts):
    """One who was sent the document; what is not yet signed is empty."""

    to: str
    copies: int = 1
    way: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None


@attrs.frozen(kw_only=True)
class DispatchRecord(Facts):
    """Everybody of 主送 and 抄送, once: who is left out or added is refused."""

    dispatch: Dispatch
    title: str
    receipts: tuple[Receipt, ...]
    made_on: date

    def problems(self) -> Iterable[Finding]:
        due = [*self.dispatch.to, *self.dispatch.copies]
        sent = [one.to for one in self.receipts]
        for name in due:
            if name not in sent:
                yield fault(f"“{name}”没有列入分发签收单。", "请补列：主送、抄送的都要签收。", "lacking")
        for name in dict.fromkeys(sent):
            if name not in due:
                yield fault(f"“{name}”既非主送也非抄送。", "请从签收单删去，或在抄送中补上。", "recipients")
            if sent.count(name) > 1:
                yield fault(f"“{name}”列了{sent.count(name)}次。", "请合为一行。", "twice")
        for one in self.receipts:
            if bool(one.signed_by) != bool(one.signed_at):
                yield fault(f"“{one.to}”的签收人和签收时间只填了一个。", "请两项都填，或都留空。", "lacking")

    @property
    def total(self) -> int:
        return sum(one.copies for one in self.receipts)
