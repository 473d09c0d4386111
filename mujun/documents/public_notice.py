"""The public notice (公示): basis, list by class with totals, until which hour, how to object."""

from __future__ import annotations

from mujun.documents.content.public_notice import PublicNotice
from mujun.documents.content.wording import chinese_day, chinese_moment
from mujun.documents.gongwen import Form, Gongwen, write_docx
from mujun.documents.gongwen.measure import title_lines
from mujun.documents.gongwen.parts import Annex, AnnexNote, Code, Heading, Paragraph, Part, Signature, Title
from mujun.documents.list_tables import in_sentence, names_by_class, totals_table


def write_public_notice(facts: PublicNotice) -> bytes:
    return write_docx(lay_out_public_notice(facts))


def lay_out_public_notice(facts: PublicNotice) -> Gongwen:
    parts: list[Part] = [
        Title(title_lines(facts.title), facts.marks.note),
        *_text(facts),
        AnnexNote((facts.subject,)),
        Signature(facts.office, facts.begins, facts.sealed_by, seal=facts.marks.unsealed),
        Annex(title_lines(facts.subject), "附件"),
        Paragraph("各类排名不分先后。"),
        totals_table(facts.listed),
        *names_by_class(facts.listed),
    ]
    if facts.checkpoint:
        parts.append(Code("名单核验信息", facts.checkpoint))
    return Gongwen(
        form=Form.PLAIN, title=facts.title, marks=facts.marks.printed, parts=tuple(parts), made_on=facts.made_on
    )


def _text(facts: PublicNotice) -> list[Part]:
    basis = "、".join(facts.basis)
    ways = [("书面", facts.address), ("电话", facts.contact), ("电子邮件", facts.email), ("网上", facts.website)]
    parts: list[Part] = [
        Paragraph(f"根据{basis}，经{facts.decided_at}，拟确定{facts.subject}{in_sentence(facts.listed)}。现予公示。"),
        Heading(1, "一、公示时间"),
        Paragraph(
            f"自{chinese_day(facts.begins)}起，至{chinese_moment(facts.closes)}止（{facts.workdays}个工作日，公示次日起算）。"
        ),
        Heading(1, "二、异议的提出"),
        Paragraph(
            "对名单有异议的，请在截止时刻之前实名提出：写明姓名或单位名称、联系方式、异议对象、事实和理由，"
            "附上证据；单位提出的加盖公章。我们对提出异议者的身份保密。"
        ),
        Paragraph("截止时刻之后提出的，予以登记并告知信访、行政复议等途径，不影响公示按期结束。"),
        Heading(1, "三、受理方式"),
        *(Paragraph(f"{way}：{where}") for way, where in ways if where),
    ]
    return parts + [Paragraph(text) for text in facts.remarks]
