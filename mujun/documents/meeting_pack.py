"""The pack for the leading group's meeting (会议材料): what departs from rank first, the lists behind."""

from __future__ import annotations

from mujun.documents.content.meeting import MeetingPack
from mujun.documents.content.nomination import Nomination
from mujun.documents.content.wording import chinese_moment, numeral
from mujun.documents.gongwen import Form, Gongwen, write_docx
from mujun.documents.gongwen.measure import title_lines
from mujun.documents.gongwen.parts import Annex, Heading, Paragraph, Part, Table, Title
from mujun.documents.nomination import differences_parts, nominees_table


def write_meeting_pack(facts: MeetingPack) -> bytes:
    return write_docx(lay_out_meeting_pack(facts))


def lay_out_meeting_pack(facts: MeetingPack) -> Gongwen:
    title = f"{facts.meeting}材料"
    parts: list[Part] = [
        Title(title_lines(title), facts.marks.note),
        *(Paragraph(text) for text in _when(facts)),
        Heading(1, "一、与名次不一致之处"),
        *_differences(facts),
        Heading(1, "二、推荐总表"),
        _totals(facts),
        Heading(1, "三、议程"),
        *(Paragraph(f"{place}. {text}") for place, text in enumerate(facts.agenda, 1)),
        Heading(1, "四、拟审定意见"),
        *(Paragraph(f"{place}. {text}") for place, text in enumerate(facts.draft_decision, 1)),
    ]
    if facts.open_questions:
        parts.append(Heading(1, "五、通知没有写明、须请会议明确的事项"))
        parts += [Paragraph(f"{place}. {text}") for place, text in enumerate(facts.open_questions, 1)]
    for place, nomination in enumerate(facts.nominations, 1):
        parts += _domain(place, nomination)
    return Gongwen(form=Form.PLAIN, title=title, marks=facts.marks.printed, parts=tuple(parts), made_on=facts.made_on)


def _when(facts: MeetingPack) -> tuple[str, ...]:
    return (
        f"时间：{chinese_moment(facts.at)}",
        f"地点：{facts.where}",
        f"汇总：{facts.office}",
    )


def _totals(facts: MeetingPack) -> Table:
    rows = [
        (
            f"{one.label}（试评价）" if one.trial else one.label,
            one.agency,
            str(one.evaluated),
            str(one.total),
            str(len(one.deviations) + len(one.differences)) if one.deviations or one.differences else "—",
            f"材料{place}",
        )
        for place, one in enumerate(facts.nominations, 1)
    ]
    rows.append(("合计", "", str(sum(one.evaluated for one in facts.nominations)), str(facts.total), "", ""))
    heads = ("领域", "牵头部门", "参评", "推荐", "不一致", "见")
    return Table(heads, tuple(rows), (56, 34, 18, 16, 16, 16), "llrrrc", total=True, size=10.5)


def _differences(facts: MeetingPack) -> list[Part]:
    parts: list[Part] = []
    place = 0
    for one in facts.nominations:
        if one.deviations or one.differences:
            place += 1
            parts.append(Heading(2, f"（{numeral(place)}）{one.label}"))
            parts += differences_parts(one)
    return parts or [Paragraph("各领域均按名次依次推荐，没有不一致之处。")]


def _domain(place: int, one: Nomination) -> list[Part]:
    of = one.measure
    told = f"由{one.agency}评价和推荐，依据{one.clause}。参评{one.evaluated}{of}，推荐{one.total}{of}。"
    parts: list[Part] = [Annex(title_lines(f"{one.label}推荐名单"), f"材料{place}"), Paragraph(told)]
    for order, group in enumerate(one.classes, 1):
        parts.append(Heading(2, f"（{numeral(order)}）{group.label}（{len(group.nominees)}{of}）"))
        parts.append(nominees_table(group))
    return parts
