"""The facts of the specimens of an objection: its receipt and its reply. All invented."""

from __future__ import annotations

from datetime import date, datetime

from mujun.documents.content.objection import Evidence, Ground, Judged, ObjectionReceipt, ObjectionReply
from mujun.documents.samples.papers import CLOSES, CONTACT, LIST, fingerprint
from mujun.documents.samples.senders import CREATED, OFFICE, SEALED_BY, marks

_NEXT_DOORS = (
    "依照《信访条例》向有权处理的机关提出信访事项（示例文字，须由法制机构核定）",
    "属行政复议受案范围的，依法申请行政复议（示例文字，须由法制机构核定）",
)


def sample_receipt() -> ObjectionReceipt:
    grounds = (
        "示例乙装备有限公司上年度用地面积填报偏小，少计租用厂房。<img src=x onerror=alert(1)> 原文如此，照录。",
        "该公司研发费用与年报不一致。",
    )
    return ObjectionReceipt(
        number="异2019-0007",
        received=datetime(2019, 10, 9, 16, 42),
        objector="示例异议人",
        about="示例乙装备有限公司（高端装备制造业）",
        notice=f"关于{LIST}的公示",
        closes=CLOSES,
        grounds=grounds,
        evidence=(Evidence(name="租赁合同.pdf", sha256=fingerprint("租赁合同")),),
        text_hash=fingerprint("\n".join(grounds)),
        office=OFFICE,
        sealed_by=SEALED_BY,
        reply_by=date(2019, 10, 31),
        next_doors=_NEXT_DOORS,
        contact=CONTACT,
        marks=marks(),
        made_on=CREATED,
    )


def sample_reply() -> ObjectionReply:
    grounds = (
        Ground(
            text="示例乙装备有限公司上年度用地面积填报偏小，少计租用厂房。",
            checked="向自然资源部门调取宗地和租赁备案，与填报表逐宗核对，租用的一宗已经计入。",
            finding=Judged.REJECTED,
            reasons="填报面积与备案一致，没有少计。",
            basis="评价方案“实际用地面积”的口径",
        ),
        Ground(
            text="该公司研发费用与年报不一致。",
            checked="向统计部门核对，填报的是年报初步数，年报修订数较低。",
            finding=Judged.UPHELD,
            reasons="应当采用修订后的年报数，已经更正并重新评价，名次没有变化。",
        ),
    )
    return ObjectionReply(
        number="复2019-0007",
        receipt_number="异2019-0007",
        objector="示例异议人",
        about="示例乙装备有限公司（高端装备制造业）",
        received=date(2019, 10, 9),
        grounds=grounds,
        consequence="更正该公司研发经费数据并重新评价，入选结果不变。更正过程已经留痕，可在本人的异议办理页面查阅。",
        next_doors=_NEXT_DOORS,
        office=OFFICE,
        sealed_by=SEALED_BY,
        dated=date(2019, 10, 28),
        contact=CONTACT,
        marks=marks(),
        made_on=CREATED,
    )
