"""Facts of a correction (更正): a new publication that says what was wrong in an old one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import attrs

from mujun.documents.content.dispatch import Dispatch
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
