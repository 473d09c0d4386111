"""Facts of an objection's two papers: the receipt (受理回执), and the reply (答复) ground by ground."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

import attrs

from mujun.documents.content.dispatch import Marks
from mujun.documents.content.facts import Facts, fault
from mujun.findings import Finding

_SHA256 = re.compile(r"[0-9a-f]{64}")


@attrs.frozen(kw_only=True)
class Evidence(Facts):
    """A file that came with it."""

    name: str
    sha256: str

    def problems(self) -> Iterable[Finding]:
        if not _SHA256.fullmatch(self.sha256):
            message = f"证据“{self.name}”的指纹不是64位十六进制。"
            yield fault(message, "请填SHA-256指纹。", "hash")


@attrs.frozen(kw_only=True)
class ObjectionReceipt(Facts):
    """`text_hash` is the fingerprint of the objection as received. Late ones are recorded and marked, never lost."""

    number: str
    received: datetime
    objector: str
    about: str
    notice: str
    closes: datetime
    grounds: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    text_hash: str
    office: str
    sealed_by: str = ""
    reply_by: date | None = None
    next_doors: tuple[str, ...] = ()
    contact: str
    marks: Marks
    made_on: date

    def problems(self) -> Iterable[Finding]:
        if not _SHA256.fullmatch(self.text_hash):
            yield fault("异议材料的指纹不是64位十六进制。", "请填SHA-256指纹。", "hash")
        if not self.grounds:
            yield fault("异议没有写理由。", "请逐条写明；没有理由的应不予受理并告知。", "lacking")
        if self.late and not self.next_doors:
            yield fault("异议超期，没有告知还有什么途径。", "请写明信访、复议等途径。", "next_door")

    @property
    def late(self) -> bool:
        return self.received > self.closes


class Judged(StrEnum):
    """Of one ground."""

    UPHELD = "成立"
    PARTLY = "部分成立"
    REJECTED = "不成立"


@attrs.frozen(kw_only=True)
class Ground(Facts):
    """What was said, what was found out, what follows and why. All in words of people: text, nothing else."""

    text: str
    checked: str
    finding: Judged
    reasons: str
    basis: str = ""

    def problems(self) -> Iterable[Finding]:
        if not self.reasons.strip():
            message = f"对“{self.text[:20]}”的认定没有写理由。"
            yield fault(message, "每一条异议理由都要答复，并说明为什么。", "reason")


@attrs.frozen(kw_only=True)
class ObjectionReply(Facts):
    """The outcome is counted from the grounds; one that is stated and differs is refused."""

    number: str
    receipt_number: str
    objector: str
    about: str
    received: date
    grounds: tuple[Ground, ...]
    stated: Judged | None = None
    consequence: str
    next_doors: tuple[str, ...]
    office: str
    sealed_by: str = ""
    dated: date
    contact: str
    marks: Marks
    made_on: date

    def problems(self) -> Iterable[Finding]:
        if not self.grounds:
            yield fault("答复没有逐条回应。", "请对每一条异议理由分别答复。", "lacking")
        elif self.stated is not None and self.stated is not self.outcome:
            message = f"答复写的是异议“{self.stated}”，逐条认定得出的是“{self.outcome}”。"
            yield fault(message, "请核对逐条认定。", "outcome")
        if not self.next_doors:
            message = "答复没有告知不服答复还有什么途径。"
            yield fault(message, "请写明信访、行政复议等途径和期限。", "next_door")
        if self.dated < self.received:
            yield fault(f"答复日期{self.dated}早于收到日期{self.received}。", "请核对。", "dates")

    @property
    def outcome(self) -> Judged:
        found = {one.finding for one in self.grounds}
        return found.pop() if len(found) == 1 else Judged.PARTLY
