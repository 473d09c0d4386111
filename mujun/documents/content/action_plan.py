"""Facts of the year's action plan (年度工作方案) and of the notice that issues it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import attrs

from mujun.documents.content.dispatch import Dispatch, Marks, Standing
from mujun.documents.content.facts import Facts, fault
from mujun.documents.content.wording import numeral
from mujun.findings import Finding
from mujun.law import Instrument

_CHAPTER = re.compile(r"([一二三四五六七八九十]+)、")
_SECTION = re.compile(r"[（(]([一二三四五六七八九十]+)[）)]")


@attrs.frozen(kw_only=True)
class Section(Facts):
    """（一）…: `heading` ends where its type changes, `text` goes on in the same line."""

    heading: str
    text: str = ""


@attrs.frozen(kw_only=True)
class Chapter(Facts):
    """一、…"""

    heading: str
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()

    def problems(self) -> Iterable[Finding]:
        yield from _in_order(self.heading, [one.heading for one in self.sections], _SECTION)
        if not self.paragraphs and not self.sections:
            yield fault(f"“{self.heading}”下面没有内容。", "请写上内容，或删去这一章。", "lacking")


@attrs.frozen(kw_only=True)
class ActionPlan(Facts):
    """通知 in front (`notice`), the plan behind."""

    dispatch: Dispatch
    title: str
    notice: tuple[str, ...]
    plan_title: tuple[str, ...]
    opening: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    made_on: date

    def problems(self) -> Iterable[Finding]:
        yield from _in_order(self.title, [one.heading for one in self.chapters], _CHAPTER)
        if not self.chapters:
            yield fault("方案没有章。", "请至少写一章。", "lacking")


def _in_order(where: str, headings: list[str], pattern: re.Pattern[str]) -> Iterable[Finding]:
    for place, heading in enumerate(headings, 1):
        match = pattern.match(heading)
        if match is None or match[1] != numeral(place):
            message = f"“{where}”下第{place}个标题是“{heading}”，序号应为“{numeral(place)}”。"
            yield fault(message, "请核对层次和次序：一、（一）1.（1）。", "headings")


def action_plan_of(instrument: Instrument, *, remark: str) -> ActionPlan:
    """The facts of an instrument that we hold verbatim: every sign of it, in its order. `remark` says what this is."""
    clauses = instrument.clauses
    number, title, to, *notice, issuer, sealed, dated = clauses["head"].text.splitlines()
    copies = clauses["cc"].text.removeprefix("抄送：").removesuffix("。")
    printed_by, printed_on = clauses["imprint"].text.splitlines()
    day, printed = (_day(text) for text in (dated, printed_on))
    chapters = []
    for key, clause in clauses.items():
        if key.isdigit():
            below = [one for other, one in clauses.items() if other.startswith(f"{key}.")]
            sections = tuple(Section(heading=one.heading, text=one.text) for one in below)
            paragraphs = tuple(clause.text.splitlines())
            chapters.append(Chapter(heading=clause.heading, paragraphs=paragraphs, sections=sections))
    dispatch = Dispatch(
        issuer=issuer,
        letterhead=clauses["head"].heading,
        number=number,
        to=tuple(to.removesuffix("：").split("、")),
        to_text=to,
        dated=day,
        sealed_by=sealed[1:-1].removesuffix("代章"),
        brackets=sealed[0] + sealed[-1],
        copies=tuple(copies.split("，")),
        printed_by=printed_by,
        printed_on=printed,
        marks=Marks(standing=Standing.ISSUED, remark=remark),
    )
    return ActionPlan(
        dispatch=dispatch,
        title=title,
        notice=tuple(notice),
        plan_title=tuple(clauses["plan"].heading.split(" ")),
        opening=tuple(clauses["plan"].text.splitlines()),
        chapters=tuple(chapters),
        made_on=printed,
    )


def _day(text: str) -> date:
    year, month, day = (int(number) for number in re.findall(r"\d+", text))
    return date(year, month, day)
