"""Who sends a document, to whom, when, and how far it has come. Issuer and printer, signing and printing are apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import attrs

from mujun.documents.content.facts import Facts, fault
from mujun.findings import Finding

_NUMBER = re.compile(r"[一-鿿]+〔[1-9][0-9]{3}〕[1-9][0-9]*号")
PENDING = "（发文字号待编）"


class Standing(StrEnum):
    """How far a document has come. Only what is issued stands without a mark."""

    PROPOSED = "拟稿"
    FOR_COMMENT = "征求意见稿"
    ISSUED = "印发"


@attrs.frozen(kw_only=True)
class Marks(Facts):
    """What has to be said on every page: 示例数据 of invented facts, 试算 while assumed, 拟稿 till issued."""

    standing: Standing = Standing.PROPOSED
    provisional: bool = False
    sample: bool = False
    remark: str = ""

    def problems(self) -> Iterable[Finding]:
        if self.standing is Standing.ISSUED and self.provisional and not self.sample:
            message = "还有假设的内容（试算）不能印发。"
            yield fault(message, "请先由牵头部门印发具体方案，为每项假设写明条款。", "provisional")

    @property
    def printed(self) -> tuple[str, ...]:
        standing = "" if self.standing is Standing.ISSUED else self.standing.value
        words = ("示例数据" if self.sample else "", "试算" if self.provisional else "", standing, self.remark)
        return tuple(word for word in words if word)

    @property
    def unsealed(self) -> bool:
        """Nobody will put a seal on it as it is."""
        return self.sample or self.standing is not Standing.ISSUED

    @property
    def note(self) -> str:
        """What stands under the title."""
        return "" if self.standing is Standing.ISSUED else self.standing.value


@attrs.frozen(kw_only=True)
class Dispatch(Facts):
    """发文: `sealed_by` is who seals for an issuer without a seal of its own (代章); `printed_by` prints (印发机关)."""

    issuer: str
    to: tuple[str, ...]
    dated: date | None = None
    number: str = ""
    letterhead: str = ""
    sealed_by: str = ""
    copies: tuple[str, ...] = ()
    printed_by: str
    printed_on: date | None = None
    marks: Marks = attrs.field(factory=Marks)
    to_text: str = ""
    """主送 as it stands in an instrument, where it is not the names with 、 between."""
    brackets: str = "（）"

    def problems(self) -> Iterable[Finding]:
        if self.number and not _NUMBER.fullmatch(self.number):
            message = f"发文字号“{self.number}”不合规定。"
            yield fault(message, "应如“浙亩均办〔2019〕4号”：六角括号，年份四位，序号不编虚位、不加“第”。", "number")
        if self.marks.standing is Standing.ISSUED:
            lacking = [
                label
                for label, value in (("发文字号", self.number), ("成文日期", self.dated),
                                     ("印发日期", self.printed_on))
                if not value
            ]  # fmt: skip
            if lacking:
                yield fault(f"印发的文件缺{'、'.join(lacking)}。", "请补上，或标为拟稿、征求意见稿。", "lacking")
        if self.dated and self.printed_on and self.printed_on < self.dated:
            message = f"印发日期{self.printed_on}早于成文日期{self.dated}。"
            yield fault(message, "成文日期是签发之日，印发日期是付印之日，请核对是否填反。", "dates")
        if self.printed_by and self.printed_by == self.issuer:
            message = f"印发机关与发文机关同为“{self.issuer}”。"
            yield fault(message, "印发机关一般是办公室（厅），请填承办印发的部门。", "printed_by")
        if self.issuer.endswith("领导小组办公室") and not self.sealed_by:
            message = f"“{self.issuer}”没有写由谁代章。"
            yield fault(message, "议事协调机构的办公室没有自己的印章，请填代章机关的全称。", "sealed_by")
        if not self.printed_by.strip():
            yield fault("没有印发机关。", "请填承办印发的部门，一般是办公室（厅）。", "lacking")
        if not self.to:
            yield fault("没有主送机关。", "请至少写一个。", "lacking")

    @property
    def recipients(self) -> str:
        return self.to_text or f"{'、'.join(self.to)}："

    @property
    def mark(self) -> str:
        """发文机关标志: the issuer's full name and 文件."""
        return self.letterhead or f"{self.issuer}文件"

    @property
    def copied(self) -> str:
        return f"{'，'.join(self.copies)}。" if self.copies else ""
