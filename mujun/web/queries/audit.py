"""The record to look through and to take along; and whether it is whole: every event as it was written, in its place,
none cut off at the end.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from mujun.digest import Digest
from mujun.documents.rows import Column, workbook_of_rows
from mujun.findings import Finding
from mujun.proof import Point, verify_chain
from mujun.web.models import AuditEvent
from mujun.workflow.moment import CHINA, in_words

CHECKPOINT = "audit.head"
"""The last event, kept beside the database."""


OUTCOMES = {"done": "已办", "proposed": "已提请", "alert": "拒绝并告警", "refused": "拒绝"}


def look_up_events(words: str, outcome: str) -> QuerySet[AuditEvent]:
    """The last first: by who, about what, or which act."""
    events = AuditEvent.objects.order_by("-seq")
    if words:
        events = events.filter(Q(who__contains=words) | Q(about__contains=words) | Q(act=words))
    return events.filter(outcome=outcome) if outcome else events


def outcome_of(event: AuditEvent) -> str:
    return "告警" if event.act == "clock_back" else OUTCOMES.get(event.outcome, event.outcome)


def workbook_of_events(words: str, outcome: str, label: str) -> bytes:
    """The same rows as the page, all of them, with their whole hashes."""
    columns = (
        Column("序号", 8, "0"), Column("时间", 22), Column("谁", 18), Column("办了什么", 30), Column("对象", 44),
        Column("结果", 12), Column("SHA-256", 66), Column("SM3", 66),
    )  # fmt: skip
    rows = (
        (
            one.seq, in_words(one.at.astimezone(CHINA)), one.who, one.label, one.about, outcome_of(one), one.sha256,
            one.sm3,
        )
        for one in look_up_events(words, outcome).iterator(2_000)
    )  # fmt: skip
    return workbook_of_rows("审计记录", columns, rows, label)


def verify_record() -> list[Finding]:
    """What is broken, the first bad sequence number first; nothing when all holds."""
    links = [event.link for event in AuditEvent.objects.order_by("seq").iterator()]
    return verify_chain(links, checkpoints())


def checkpoints() -> list[Point]:
    try:
        kept = json.loads((Path(settings.HOME) / CHECKPOINT).read_bytes())
    except FileNotFoundError:
        return []
    return [Point(kept["sequence"], Digest(kept["sha256"], kept["sm3"]))]
