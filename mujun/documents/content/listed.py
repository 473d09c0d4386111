"""Lists of frontrunners, by domain and class. Totals are counted from the rows; a stated one that differs is refused.

Of a unit there is its name and its place, and no more: a public list has no room for a figure about a firm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import attrs

from mujun.documents.content.facts import Facts, check_stated, fault, words
from mujun.findings import Finding

_PRIVATE = (
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "手机号码"),
    (re.compile(r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"), "电话号码"),
    (
        re.compile(r"(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"),
        "身份证号",
    ),
)
_FIGURES = (
    (re.compile(r"\d+(?:\.\d+)?\s*(?:万元|亿元|元|吨|亩|人|千瓦时|[%％])"), "原始数据"),
    (
        re.compile(
            r"(?:[得总评]分|分值)\D{0,4}\d|\d+(?:\.\d+)?\s*分(?!之|类|行业|领域|别|钟|公司|厂|店|园|校|所|院|部)"
        ),
        "得分",
    ),
    (
        re.compile(r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千半几]+(?:点[〇零一二三四五六七八九]+)?)\s*倍"),
        "基准值的倍数",
    ),
)


def private_in(text: str) -> list[str]:
    """What a public text says about a person: which kinds of number."""
    return [kind for pattern, kind in _PRIVATE if pattern.search(text)]


def undisclosed_in(text: str) -> list[str]:
    """What a public text about a unit says that is nobody else's business: numbers of persons, values, scores."""
    return [*private_in(text), *(kind for pattern, kind in _FIGURES if pattern.search(text))]


def check_public(text: str, what: str) -> Iterable[Finding]:
    if kinds := undisclosed_in(text):
        message = f"{what}含有{words(kinds)}，不得公开。"
        yield fault(message, "请删去：公开的名单只写名称和所在地。", "private")


@attrs.frozen(kw_only=True)
class Entry(Facts):
    """One unit on a list."""

    name: str
    place: str = ""

    def problems(self) -> Iterable[Finding]:
        if not self.name.strip():
            yield fault("名单里有一行没有名称。", "请补上名称，或删去这一行。", "lacking")
        yield from check_public(f"{self.name} {self.place}", f"“{self.name}”一行")


@attrs.frozen(kw_only=True)
class Class(Facts):
    """One class or industry of a domain. `stated` is the number somebody wrote for it, if somebody did."""

    label: str
    entries: tuple[Entry, ...]
    stated: int | None = None

    def problems(self) -> Iterable[Finding]:
        names = "、".join(entry.name for entry in self.entries[:3]) + ("等" if len(self.entries) > 3 else "")
        yield from check_stated(f"“{self.label}”的家数", self.stated, len(self.entries), names)


@attrs.frozen(kw_only=True)
class DomainList(Facts):
    """The list of one domain. `measure` counts it: 家 of firms, 个 of places."""

    label: str
    agency: str
    classes: tuple[Class, ...]
    measure: str = "个"
    clause: str = ""
    trial: bool = False
    adopted_from: str = ""
    stated: int | None = None

    def problems(self) -> Iterable[Finding]:
        sums = "＋".join(f"{one.label}{len(one.entries)}" for one in self.classes)
        yield from check_stated(f"“{self.label}”的合计", self.stated, self.total, sums)
        for (name, place), times in Counter((e.name, e.place) for one in self.classes for e in one.entries).items():
            if times > 1:
                message = f"“{self.label}”里“{name}”{f'（{place}）' if place else ''}出现了{times}次。"
                yield fault(message, "请核对分类，只留一处。", "twice")

    @property
    def total(self) -> int:
        return sum(len(one.entries) for one in self.classes)


@attrs.frozen(kw_only=True)
class FullList(Facts):
    """The lists of all domains of a round."""

    domains: tuple[DomainList, ...]
    stated: int | None = None

    def problems(self) -> Iterable[Finding]:
        sums = "＋".join(f"{one.label}{one.total}" for one in self.domains)
        yield from check_stated("名单总数", self.stated, self.total, sums)
        for label, times in Counter(one.label for one in self.domains).items():
            if times > 1:
                yield fault(f"领域“{label}”列了{times}次。", "请合为一处。", "twice")
        if not self.total:
            yield fault("名单是空的。", "请先有审定的名单。", "lacking")

    @property
    def total(self) -> int:
        return sum(one.total for one in self.domains)

    @property
    def totals(self) -> set[int]:
        """Every number the list comes to: of all, of a domain, of a class."""
        classes = {len(one.entries) for domain in self.domains for one in domain.classes}
        return {self.total} | {one.total for one in self.domains} | classes
