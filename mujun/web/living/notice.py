"""The decided list is put on notice, an objection is filed and dealt with, the list is issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujun.web.actions.objections import Filed, file_objection, send_answer
from mujun.web.actions.step import propose, take
from mujun.web.living.people import demo_doer
from mujun.web.models import Objection, Round
from mujun.web.queries.compiled import item_key, list_hash, standing_items
from mujun.workflow.moment import CHINA

OPENED = datetime(2019, 9, 27, 9, 0, tzinfo=CHINA)
ENDS = datetime(2019, 10, 10, 17, 30, tzinfo=CHINA)
OBJECTED = datetime(2019, 9, 29, 10, 15, tzinfo=CHINA)
DECIDED = datetime(2019, 10, 9, 16, 0, tzinfo=CHINA)
ISSUED = datetime(2019, 10, 14, 10, 0, tzinfo=CHINA)
CODE = "SHILIMAQWE"
_WHY = "通知三（四）没有点名，经领导小组会议明确一并印发（示例）"


def notice_form(round_: Round) -> dict[str, Any]:
    """What the form of R7 sends."""
    items = standing_items(round_)
    noticed = {name for one in round_.notices.all() for name in one.names}
    keys = [item_key(one) for one in items]
    return {
        "opens_at": OPENED.isoformat(),
        "ends_at": ENDS.isoformat(),
        "contact": "省亩均办（示例），0571-0000 0000，杭州市某路1号（示例）",
        "ways": "实名（单位加盖公章）在网上提出，或书面送交、邮寄",
        "basis": "浙亩均办〔2019〕4号三（四）",
        "list_hash": list_hash(items),
        "names": [key for key in keys if key not in noticed] or keys,
        "scope": {track.domain: {"publish": True, "why": _WHY} for track in round_.tracks.all()},
    }


def live_notice(round_: Round) -> None:
    propose("R7", round_, notice_form(round_), by=demo_doer("a", OPENED), now=OPENED)
    take("R7", round_, by=demo_doer("b", OPENED), now=OPENED)


def live_objected(round_: Round) -> Filed:
    """Somebody objects to the first manufacturer; the desk admits it."""
    item = next(one for one in standing_items(round_) if one.domain == "manufacturing")
    filed = file_objection(
        round_=round_,
        domain=item.domain,
        key=item.key,
        grounds=["该企业用地面积与实际不符，应含西侧厂房用地。"],
        name="王实名（示例）",
        phone="示例电话",
        code=CODE,
        now=OBJECTED,
    )
    take("O2", filed.objection, {}, by=demo_doer("o1", OBJECTED), now=OBJECTED)
    return filed


def live_answered(round_: Round) -> None:
    """The other one of the desk finds it without ground; answered and closed."""
    objection = Objection.objects.get(round=round_)
    answers = {str(one.pk): "经核，西侧厂房系其他企业所有，不动产登记可证。" for one in objection.grounds.all()}
    take("O4r", objection, {"answers": answers}, by=demo_doer("o2", DECIDED), now=DECIDED)
    send_answer(objection=objection, by=demo_doer("o2", DECIDED), now=DECIDED)
    take("O6", objection, by=demo_doer("o1", DECIDED), now=DECIDED)


def live_issued(round_: Round) -> None:
    form = {"document_number": "浙亩均办〔2019〕12号", "dated": "2019-10-14", "printed_on": "2019-10-15"}
    take("R10", round_, form, by=demo_doer("b2", ISSUED), now=ISSUED)
