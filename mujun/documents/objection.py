"""An objection's receipt (受理回执) and reply (答复). What people wrote is set as text, whatever signs it holds."""

from __future__ import annotations

from mujun.documents.content.objection import ObjectionReceipt, ObjectionReply
from mujun.documents.content.wording import chinese_day, chinese_moment, numeral
from mujun.documents.gongwen import Form, Gongwen, write_docx
from mujun.documents.gongwen.parts import Heading, Paragraph, Part, Recipients, Signature, Table, Title


def write_objection_receipt(facts: ObjectionReceipt) -> bytes:
    return write_docx(lay_out_objection_receipt(facts))


def write_objection_reply(facts: ObjectionReply) -> bytes:
    return write_docx(lay_out_objection_reply(facts))


def lay_out_objection_receipt(facts: ObjectionReceipt) -> Gongwen:
    state = "超期，予以登记" if facts.late else "期内，予以登记"
    rows = [
        ("回执编号", facts.number),
        ("收到时间", f"{chinese_moment(facts.received)}（{state}；截止{chinese_moment(facts.closes)}）"),
        ("异议人", facts.objector),
        ("异议对象", facts.about),
        ("所涉公示", facts.notice),
        *((f"理由{place}", text) for place, text in enumerate(facts.grounds, 1)),
        *((f"证据{place}", f"{one.name}\n{one.sha256}") for place, one in enumerate(facts.evidence, 1)),
        ("材料指纹", facts.text_hash),
    ]
    parts: list[Part] = [
        Title(("异议受理回执",), facts.marks.note),
        Recipients(f"{facts.objector}："),
        Paragraph("你（单位）提出的异议已经收到并登记如下。凭编号可查询办理情况；材料指纹用来核对登记的就是所提交的。"),
        Table(("事项", "内容"), tuple(rows), (24, 132), "ll", size=10.5),
    ]
    if facts.late:
        parts.append(Paragraph(f"该异议在公示截止之后收到，不属公示期内的异议。仍可：{'；'.join(facts.next_doors)}。"))
    elif facts.reply_by is not None:
        parts.append(Paragraph(f"我们将在{chinese_day(facts.reply_by)}前书面答复，必要时请你（单位）补充说明。"))
    parts.append(Paragraph(f"联系：{facts.contact}。异议人身份不向被异议方透露，同意透露的除外。"))
    parts.append(Signature(facts.office, facts.received.date(), facts.sealed_by, seal=facts.marks.unsealed))
    return Gongwen(
        form=Form.PLAIN, title=f"异议受理回执{facts.number}", marks=facts.marks.printed, parts=tuple(parts),
        made_on=facts.made_on,
    )  # fmt: skip


def lay_out_objection_reply(facts: ObjectionReply) -> Gongwen:
    parts: list[Part] = [
        Title(("异议答复意见书",), facts.marks.note),
        Paragraph(f"编号：{facts.number}；受理回执：{facts.receipt_number}", indented=False),
        Recipients(f"{facts.objector}："),
        Paragraph(
            f"你（单位）{chinese_day(facts.received)}对{facts.about}提出的异议，我们已经复核。"
            f"异议共{len(facts.grounds)}条，经逐条认定，异议{facts.outcome.value}。现答复如下。"
        ),
    ]
    for place, ground in enumerate(facts.grounds, 1):
        basis = f"依据：{ground.basis}。" if ground.basis else ""
        parts.append(Heading(1, f"{numeral(place)}、第{numeral(place)}条理由（{ground.finding.value}）"))
        parts.append(Heading(2, "（一）异议理由。", ground.text))
        parts.append(Heading(2, "（二）核查情况。", ground.checked))
        parts.append(Heading(2, "（三）认定和理由。", f"{ground.reasons}{basis}"))
    last = len(facts.grounds) + 1
    parts += [
        Heading(1, f"{numeral(last)}、处理"),
        Paragraph(facts.consequence),
        Heading(1, f"{numeral(last + 1)}、不服本答复的途径"),
        *(Paragraph(f"{place}. {text}") for place, text in enumerate(facts.next_doors, 1)),
        Paragraph(f"联系：{facts.contact}。"),
        Signature(facts.office, facts.dated, facts.sealed_by, seal=facts.marks.unsealed),
    ]
    return Gongwen(
        form=Form.PLAIN, title=f"异议答复意见书{facts.number}", marks=facts.marks.printed, parts=tuple(parts),
        made_on=facts.made_on,
    )  # fmt: skip
