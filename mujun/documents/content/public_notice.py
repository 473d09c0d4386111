"""Facts of the public notice (公示): the list, on what basis, until when, and how to object."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import attrs

from mujun.documents.content.dispatch import Marks
from mujun.documents.content.facts import Facts, check_counts_in, fault
from mujun.documents.content.listed import FullList, check_public
from mujun.findings import Finding


@attrs.frozen(kw_only=True)
class PublicNotice(Facts):
    """`contact` is the office's own: the one place of a public document where a telephone number may stand."""

    year: int
    office: str
    sealed_by: str
    subject: str
    listed: FullList
    basis: tuple[str, ...]
    decided_at: str
    begins: date
    closes: datetime
    workdays: int
    contact: str
    address: str
    email: str = ""
    website: str = ""
    remarks: tuple[str, ...] = ()
    checkpoint: str = ""
    marks: Marks
    made_on: date

    def problems(self) -> Iterable[Finding]:
        if self.closes.date() <= self.begins:
            message = f"公示{self.begins}开始，{self.closes:%Y-%m-%d}截止，没有留出时间。"
            yield fault(message, "截止应在公示次日之后。", "dates")
        if self.workdays < 1 or (self.closes.date() - self.begins).days < self.workdays:
            message = f"公示期写的是{self.workdays}个工作日，起止日期之间没有这么多天。"
            yield fault(message, "请按工作日表重新计算截止时间。", "dates")
        for text in self.remarks:
            yield from check_counts_in(text, "公示正文", self.listed.totals)
            yield from check_public(text, "公示正文")
        if not self.basis:
            yield fault("公示没有写依据。", "请写明依据的文件。", "basis")
        if not self.contact.strip() or not self.address.strip():
            yield fault("公示没有写异议向哪里提出。", "请写明受理部门、电话和地址。", "contact")

    @property
    def title(self) -> str:
        return f"关于{self.subject}的公示"
