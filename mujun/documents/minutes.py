"""The minutes of a meeting (会议纪要): who was there, who stood aside, what was decided of each item."""

from __future__ import annotations

from mujun.documents.content.meeting import Decided, Minutes
from mujun.documents.content.wording import chinese_day, chinese_moment, numeral
from mujun.documents.gongwen import Form, Gongwen, write_docx
from mujun.documents.gongwen.parts import Code, Heading, Imprint, Letterhead, Paragraph, Part


def write_minutes(facts: Minutes) -> bytes:
    return write_docx(lay_out_minutes(facts))


def lay_out_minutes(facts: Minutes) -> Gongwen:
    parts: list[Part] = [
        Letterhead(facts.mark, facts.number),
        Paragraph(f"{chinese_day(facts.at)}，{facts.chair}在{facts.where}主持召开会议。{facts.opening}"),
    ]
    for place, item in enumerate(facts.items, 1):
        parts.append(Heading(1, f"{numeral(place)}、{item.subject}"))
        parts.append(Paragraph(_decision(facts, item)))
    if facts.list_hash:
        parts.append(Code("审定名单的SHA-256指纹", facts.list_hash))
    parts += [Paragraph(text) for text in _people(facts)]
    return Gongwen(
        form=Form.MINUTES,
        title=facts.mark,
        marks=facts.marks.printed,
        parts=tuple(parts),
        made_on=facts.made_on,
        imprint=Imprint(f"{'，'.join(facts.sent_to)}。", facts.printed_by, facts.printed_on),
    )


def _decision(facts: Minutes, item: Decided) -> str:
    left = len(facts.present) - len(item.recused)
    aside = (
        f"{'、'.join(item.recused)}回避（{item.recused_why}），其余{left}人参加议定，符合法定人数{facts.quorum}人。"
        if item.recused
        else ""
    )
    listed = f"，名单共{item.listed}个（家）" if item.listed is not None else ""
    return f"{aside}会议{item.verdict.value}{listed}。{item.text}"


def _people(facts: Minutes) -> list[str]:
    lines = [f"会议时间：{chinese_moment(facts.at)}", f"出席：{'、'.join(facts.present)}（{len(facts.present)}人）"]
    if facts.absent:
        lines.append(f"请假：{'、'.join(facts.absent)}（{len(facts.absent)}人）")
    if facts.attending:
        lines.append(f"列席：{'、'.join(facts.attending)}")
    return lines
