"""Facts of an objection's two papers. The receipt names the objector; both are for him and the desk alone."""

from __future__ import annotations

from mujun.documents.content.dispatch import Standing
from mujun.documents.content.objection import Evidence, Judged, ObjectionReceipt, ObjectionReply
from mujun.documents.content.objection import Ground as GroundFacts
from mujun.web.models import AuditEvent, Objection
from mujun.web.queries.documents.lists import title_of
from mujun.web.queries.documents.senders import OFFICE, body, marks
from mujun.workflow.moment import CHINA
from mujun.workflow.states import ObjectionState

_JUDGED = {
    ObjectionState.UPHELD: Judged.UPHELD,
    ObjectionState.PARTLY: Judged.PARTLY,
    ObjectionState.REJECTED: Judged.REJECTED,
}
NEXT_DOORS = ("依法向有权处理的机关提出信访事项", "属行政复议受案范围的，依法申请行政复议")


def receipt_facts(objection: Objection) -> ObjectionReceipt | None:
    """None where it was filed outside a notice."""
    notice = objection.notice
    if notice is None:
        return None
    received = objection.received_at.astimezone(CHINA)
    sender = body(objection.round.programme, OFFICE)
    return ObjectionReceipt(
        number=objection.receipt,
        received=received.replace(tzinfo=None),
        objector=objection.objector,
        about=objection.target_name,
        notice=f"关于{title_of(objection.round)}的公示",
        closes=notice.ends_at.astimezone(CHINA).replace(tzinfo=None),
        grounds=tuple(one.text for one in objection.grounds.all()),
        evidence=tuple(Evidence(name=f"证据{at}", sha256=sha) for at, sha in enumerate(objection.evidence, 1)),
        text_hash=objection.text_hash,
        office=sender.full,
        sealed_by=sender.seals,
        reply_by=objection.answer_due,
        next_doors=NEXT_DOORS,
        contact=notice.contact,
        marks=marks(Standing.ISSUED),
        made_on=received.date(),
    )


def reply_facts(objection: Objection) -> ObjectionReply | None:
    """None before it was decided."""
    outcome = objection_outcome(objection)
    if outcome is None or objection.decided_at is None or objection.notice is None:
        return None
    sender = body(objection.round.programme, OFFICE)
    dated = objection.decided_at.astimezone(CHINA).date()
    return ObjectionReply(
        number=objection.receipt.replace("异", "复", 1),
        receipt_number=objection.receipt,
        objector=objection.objector,
        about=objection.target_name,
        received=objection.received_at.astimezone(CHINA).date(),
        grounds=tuple(
            GroundFacts(text=one.text, checked="核查情况写在认定和理由里。", finding=outcome, reasons=one.answer)
            for one in objection.grounds.all()
        ),
        consequence=objection.remedy or ("名单须变更，另行审定。" if objection.changes_list else "名单不变。"),
        next_doors=tuple(part for part in (objection.next_door,) if part) or NEXT_DOORS,
        office=sender.full,
        sealed_by=sender.seals,
        dated=dated,
        contact=objection.notice.contact,
        marks=marks(Standing.ISSUED),
        made_on=dated,
    )


def objection_outcome(objection: Objection) -> Judged | None:
    """What was decided, also after it was remedied and closed."""
    edges = {"O4u": Judged.UPHELD, "O4p": Judged.PARTLY, "O4r": Judged.REJECTED}
    if objection.state in _JUDGED:
        return _JUDGED[ObjectionState(objection.state)]
    taken = AuditEvent.objects.filter(subject=objection.subject, act__in=edges, outcome="done").order_by("-seq").first()
    return edges[taken.act] if taken is not None else None
