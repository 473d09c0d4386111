"""The record: one event an act, chained by both hashes, written in the act's own transaction."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from mujun.digest import canonical_json, canonical_record
from mujun.proof import Link, add_link, point_of
from mujun.web.actions.refused import Refused
from mujun.web.doer import Doer
from mujun.web.models import AuditEvent
from mujun.web.queries.audit import CHECKPOINT
from mujun.workflow import Effect

DONE, PROPOSED, REFUSED, ALERT = "done", "proposed", "refused", "alert"
CLOCK_BACK = "clock_back"
"""The machine's clock went back: an event of its own before the next act, once for each time it did."""
CLOCK_TOLERANCE = timedelta(minutes=1)
"""An act reads the clock before it waits for the write lock (20 s at most); what is less than this is no anomaly."""


def record_event(
    act: str,
    label: str,
    *,
    by: Doer | None,
    now: datetime,
    subject: str = "",
    about: str = "",
    outcome: str = DONE,
    facts: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event. Call it inside the transaction of the act."""
    last = AuditEvent.objects.order_by("-seq").first()
    if not settings.DEMO and act != CLOCK_BACK and last is not None and last.at - now > CLOCK_TOLERANCE:
        facts_of_clock = {"last": last.at.isoformat(), "now": now.isoformat()}
        last = record_event(CLOCK_BACK, "时钟倒退", by=None, now=now, outcome=ALERT, about=_went_back(last.at - now),
                            facts=facts_of_clock)  # fmt: skip
    event = AuditEvent(
        at=now,
        person=by.actor.person if by else "",
        who=_line(by.name if by else "系统"),
        account=_line(by.account if by else ""),
        act=act,
        label=_line(label)[:160],
        subject=subject,
        about=_line(about)[:160],
        outcome=outcome,
        facts=json.loads(canonical_record(facts or {})),
    )
    link = add_link(last.link if last is not None else None, event.told)
    event.seq, event.sha256, event.sm3 = link.sequence, link.digest.sha256, link.digest.sm3
    event.save(force_insert=True)
    transaction.on_commit(lambda: _note_head(link))
    return event


@transaction.atomic
def record_refusal(refused: Refused, *, by: Doer, now: datetime) -> AuditEvent:
    """An act that was refused: kept with its reasons, in a transaction of its own."""
    return record_event(
        refused.act,
        refused.label,
        by=by,
        now=now,
        subject=refused.subject,
        about=refused.about,
        outcome=ALERT if Effect.ALERT in refused.decision.effects else REFUSED,
        facts={"reasons": [[one.code, one.message] for one in refused.reasons]},
    )


def _went_back(by: timedelta) -> str:
    return f"比上一条记录早{by.total_seconds() / 60:.0f}分钟，请核对服务器时钟和这期间的期限"


def _line(text: str) -> str:
    """One line, whatever somebody typed."""
    return " ".join(text.split())


def _note_head(link: Link) -> None:
    """The last event, kept beside the database, so that a tail cut off is noticed."""
    file = Path(settings.HOME) / CHECKPOINT
    half = file.with_name(f".{CHECKPOINT}.{link.sequence}")
    half.write_bytes(canonical_json(point_of(link).as_dict()))
    half.replace(file)
