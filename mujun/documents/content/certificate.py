"""Facts of a frontrunner's certificate: whose, for what, by which list, and where its proof is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import attrs

from mujun.documents.content.dispatch import Marks, Standing
from mujun.documents.content.facts import Facts, fault
from mujun.documents.content.listed import check_public
from mujun.findings import Finding

_ADDRESS = re.compile(r"https?://[!-~]+")


@attrs.frozen(kw_only=True)
class Certificate(Facts):
    """`proof` is the address that its code leads to. It is a specimen until the list has been issued."""

    number: str
    name: str
    place: str
    year: int
    domain: str
    group: str
    issuer: str
    sealed_by: str
    list_number: str
    dated: date
    proof: str
    fingerprint: str = ""
    marks: Marks
    made_on: date

    def problems(self) -> Iterable[Finding]:
        if not _ADDRESS.fullmatch(self.proof):
            message = f"核验地址“{self.proof}”不是网址。"
            yield fault(message, "应以 https:// 开头，只含字母、数字和标点。", "address")
        yield from check_public(f"{self.name} {self.place} {self.group}", "证书")
        if self.marks.standing is Standing.ISSUED and not self.list_number:
            yield fault("名单还没有印发，不能发证书。", "请填名单的发文字号，或标为拟稿。", "lacking")
