"""The lists are compiled, laid before the leading group, and decided."""

from __future__ import annotations

from datetime import date, datetime

from mujun.web.actions.decision import fix_pack, record_minutes, resolve_duplicate
from mujun.web.actions.step import propose, take
from mujun.web.evidence import keep
from mujun.web.living.people import demo_doer
from mujun.web.models import Person, Round
from mujun.web.queries.compiled import duplicates, item_key, standing_items
from mujun.workflow.moment import CHINA

COMPILED = datetime(2019, 8, 30, 14, 0, tzinfo=CHINA)
LAID_BEFORE = datetime(2019, 9, 5, 9, 0, tzinfo=CHINA)
MEETING = date(2019, 9, 24)
DECIDED = datetime(2019, 9, 25, 10, 0, tzinfo=CHINA)
MINUTES = "%PDF-1.4\n% 示例数据：虚构的会议纪要，不是真实文件\n".encode()


def live_compiled(round_: Round) -> None:
    take("R4", round_, by=demo_doer("a", COMPILED), now=COMPILED)
    for key, (_, items) in duplicates(round_).items():
        resolve_duplicate(
            round_=round_,
            key=key,
            keep_in=items[0].domain,
            resolution="经商有关部门，保留在先列的领域（示例）",
            by=demo_doer("a", COMPILED),
            now=COMPILED,
        )


def live_review(round_: Round) -> None:
    fix_pack(round_=round_, by=demo_doer("a", LAID_BEFORE), now=LAID_BEFORE)
    round_.refresh_from_db()
    propose("R5", round_, by=demo_doer("a", LAID_BEFORE), now=LAID_BEFORE)
    take("R5", round_, by=demo_doer("b", LAID_BEFORE), now=LAID_BEFORE)


def live_decided(round_: Round) -> None:
    """All members were there; every item is agreed to."""
    meeting = record_minutes(
        round_=round_,
        held_on=MEETING,
        scan_hash=keep(MINUTES),
        present=list(Person.objects.filter(grants__role="L").values_list("pk", flat=True)),
        outcomes={item_key(one): "同意" for one in standing_items(round_)},
        tracks=[],
        reason_="",
        by=demo_doer("a", DECIDED),
        now=DECIDED,
    )
    propose("R6", round_, {"meeting": meeting.pk, "reason": ""}, by=demo_doer("a", DECIDED), now=DECIDED)
    take("R6", round_, by=demo_doer("b", DECIDED), now=DECIDED)
