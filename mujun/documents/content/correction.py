"""Facts of a correction (更正) of what was published, and of a frontrunner's certificate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

import attrs

from mujun.documents.content.dispatch import Dispatch, Marks, Standing
from mujun.documents.content.facts import Facts, fault
from mujun.documents.content.listed import FullList, check_public
from mujun.findings import Finding


@attrs.frozen(kw_only=True)
class Slip(Facts):
    """What was printed where, and what it should be. An empty `should_be` takes the entry away."""

    where: str
    printed: str
    should_be: str
    why: str

    def problems(self) -> Iterable[Finding]:
        if self.printed == self.should_be:
            yield fault(f"“{self.where}”更正前后一样。", "请核对更正内容。", "same")
        if not self.why.strip():
            yield fault(f"“{self.where}”的更正没有写原因。", "请写明为什么更正。", "reason")
        yield from check_public(f"{self.printed} {self.should_be} {self.why}", f"“{self.where}”的更正")


@attrs.frozen(kw_only=True)
class Correction(Facts):
    """A new publication that names the old one: the old stays readable. `before` and `after` are the whole lists."""

    dispatch: Dispatch
    subject: str
    corrects: str
    slips: tuple[Slip, ...]
    before: FullList
    after: FullList
    checkpoint: str = ""
    made_on: date

    def problems(self) -> Iterable[Finding]:
        if not self.slips:
            yield fault("更正没有内容。", "请写明哪里有错、应为什么。", "lacking")
        if self.dispatch.number and self.dispatch.number in self.corrects:
            yield fault("更正的文号与原文件相同。", "更正是新的文件，另编文号。", "number")
        for name, times in (_names(self.before) - _names(self.after)).items():
            if not any(name in slip.printed for slip in self.slips):
                message = f"“{name}”在更正后少了{times}处，更正表没有说。"
                yield fault(message, "请在更正表里写明。", "untold")
        for name, times in (_names(self.after) - _names(self.before)).items():
            if not any(name in slip.should_be for slip in self.slips):
                message = f"“{name}”在更正后多了{times}处，更正表没有说。"
                yield fault(message, "请在更正表里写明。", "untold")

    @property
    def title(self) -> str:
        return f"关于更正{self.subject}的通知"


def _names(listed: FullList) -> Counter[str]:
    return Counter(entry.name for domain in listed.domains for one in domain.classes for entry in one.entries)


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
