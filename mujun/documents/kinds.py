"""Every official document by name: its class of facts and the function that lays it out. Says nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from mujun.documents.action_plan import lay_out_action_plan
from mujun.documents.certificate import lay_out_certificate
from mujun.documents.content.action_plan import ActionPlan
from mujun.documents.content.certificate import Certificate
from mujun.documents.content.correction import Correction
from mujun.documents.content.domain_plan import DomainPlan
from mujun.documents.content.issued_list import DispatchRecord, IssuedList
from mujun.documents.content.meeting import MeetingPack, Minutes
from mujun.documents.content.nomination import Nomination
from mujun.documents.content.objection import ObjectionReceipt, ObjectionReply
from mujun.documents.content.public_notice import PublicNotice
from mujun.documents.correction import lay_out_correction
from mujun.documents.domain_plan import lay_out_domain_plan
from mujun.documents.gongwen import Gongwen
from mujun.documents.issued_list import lay_out_dispatch_record, lay_out_issued_list
from mujun.documents.meeting_pack import lay_out_meeting_pack
from mujun.documents.minutes import lay_out_minutes
from mujun.documents.nomination import lay_out_nomination
from mujun.documents.objection import lay_out_objection_receipt, lay_out_objection_reply
from mujun.documents.public_notice import lay_out_public_notice


@frozen
class Kind:
    """`label` is what officials call it; `facts` is built from a file; `lay_out` makes the document."""

    label: str
    facts: type[Any]
    lay_out: Callable[[Any], Gongwen]


KINDS = {
    "action-plan": Kind("年度工作方案", ActionPlan, lay_out_action_plan),
    "plan": Kind("具体方案", DomainPlan, lay_out_domain_plan),
    "nomination": Kind("推荐名单报告", Nomination, lay_out_nomination),
    "meeting-pack": Kind("会议材料", MeetingPack, lay_out_meeting_pack),
    "minutes": Kind("会议纪要", Minutes, lay_out_minutes),
    "public-notice": Kind("公示", PublicNotice, lay_out_public_notice),
    "objection-receipt": Kind("异议受理回执", ObjectionReceipt, lay_out_objection_receipt),
    "objection-reply": Kind("异议答复意见书", ObjectionReply, lay_out_objection_reply),
    "issued-list": Kind("印发通知", IssuedList, lay_out_issued_list),
    "dispatch-record": Kind("分发签收单", DispatchRecord, lay_out_dispatch_record),
    "correction": Kind("更正通知", Correction, lay_out_correction),
    "certificate": Kind("证书", Certificate, lay_out_certificate),
}
"""In the order of the round."""
