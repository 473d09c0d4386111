"""The notice that issues the list (印发通知), and the sheet on which its receivers sign (分发签收单)."""

from __future__ import annotations

from mujun.documents.content.dispatch import PENDING
from mujun.documents.content.issued_list import DispatchRecord, IssuedList
from mujun.documents.content.wording import chinese_day, chinese_moment
from mujun.documents.frame import frame
from mujun.documents.gongwen import Form, Gongwen, write_docx
from mujun.documents.gongwen.measure import title_lines
from mujun.documents.gongwen.parts import (
    Annex,
    AnnexNote,
    Code,
    Paragraph,
    Part,
    Table,
    Title,
)
from mujun.documents.list_tables import in_sentence, names_by_class, totals_table


def write_issued_list(facts: IssuedList) -> bytes:
    return write_docx(lay_out_issued_list(facts))


def write_dispatch_record(facts: DispatchRecord) -> bytes:
    return write_docx(lay_out_dispatch_record(facts))


def lay_out_issued_list(facts: IssuedList) -> Gongwen:
    text: tuple[Part, ...] = (
        Paragraph(f"经{facts.decided_at}，并{facts.noticed}，现将{facts.subject}予以公布。"),
        Paragraph(f"名单{in_sentence(facts.listed)}。"),
        *(Paragraph(demand) for demand in facts.demands),
        AnnexNote((facts.subject,)),
    )
    behind: list[Part] = [
        Annex(title_lines(facts.subject), "附件"),
        Paragraph("各类排名不分先后。"),
        totals_table(facts.listed),
        *names_by_class(facts.listed),
    ]
    if facts.checkpoint:
        behind.append(Code("名单核验信息", facts.checkpoint))
    return frame(facts.dispatch, facts.title, text, behind, facts.made_on)


def lay_out_dispatch_record(facts: DispatchRecord) -> Gongwen:
    dispatch = facts.dispatch
    rows = [
        (str(place), one.to, _role(facts, one.to), str(one.copies), one.way, one.signed_by,
         chinese_moment(one.signed_at) if one.signed_at else "")
        for place, one in enumerate(facts.receipts, 1)
    ]  # fmt: skip
    rows.append(("合计", "", "", str(facts.total), "", "", ""))
    heads = ("序号", "接收单位", "主送/抄送", "份数", "方式", "签收人", "签收时间")
    day = chinese_day(dispatch.dated) if dispatch.dated else "未定"
    return Gongwen(
        form=Form.PLAIN,
        title=f"分发签收单：{facts.title}",
        marks=dispatch.marks.printed,
        parts=(
            Title(("公文分发签收单",)),
            Paragraph(f"文件：{facts.title}"),
            Paragraph(f"发文字号：{dispatch.number or PENDING}；成文日期：{day}。"),
            Table(heads, tuple(rows), (12, 46, 20, 12, 18, 18, 30), "clcrccc", total=True, size=10.5),
        ),
        made_on=facts.made_on,
    )


def _role(facts: DispatchRecord, name: str) -> str:
    return "主送" if name in facts.dispatch.to else "抄送"
