"""The record: one event an act, chained by both hashes, written in the act's own transaction."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from mujun.digest import canonical_json, digest_bytes
from mujun.web.actions.refused import Refused
from mujun.web.doer import Doer
from mujun.web.models import AuditEvent
from mujun.workflow import Effect

DONE, PROPOSED, REFUSED, ALERT = "done", "proposed", "refused", "alert"
GENESIS = "0" * 64
CHECKPOINT = "audit.head"


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
    event = AuditEvent(
        seq=last.seq + 1 if last else 1,
        at=now,
        person=by.actor.person if by else "",
        who=_line(by.name if by else "系统"),
        account=_line(by.account if by else ""),
        act=act,
        label=_line(label)[:160],
        subject=subject,
        about=_line(about)[:160],
        outcome=outcome,
        facts=json.loads(canonical_json(facts or {})),
        previous_sha256=last.sha256 if last else GENESIS,
        previous_sm3=last.sm3 if last else GENESIS,
    )
    digest = digest_bytes(canonical_json(event_content(event)))
    event.sha256, event.sm3 = digest.sha256, digest.sm3
    event.save(force_insert=True)
    transaction.on_commit(lambda: _note_head(event))
    return event


def event_content(event: AuditEvent) -> dict[str, Any]:
    """What is hashed: all of the event, and the hashes before it."""
    return {
        "seq": event.seq,
        "at": event.at.isoformat(),
        "person": event.person,
        "who": event.who,
        "account": event.account,
        "act": event.act,
        "label": event.label,
        "subject": event.subject,
        "about": event.about,
        "outcome": event.outcome,
        "facts": event.facts,
        "previous": {"sha256": event.previous_sha256, "sm3": event.previous_sm3},
    }


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


def _line(text: str) -> str:
    """One line, whatever somebody typed."""
    return " ".join(text.split())


def _note_head(event: AuditEvent) -> None:
    """The last event, kept beside the database, so that a tail cut off is noticed."""
    file = Path(settings.HOME) / CHECKPOINT
    half = file.with_name(f".{CHECKPOINT}.{event.seq}")
    half.write_bytes(canonical_json({"seq": event.seq, "sha256": event.sha256, "sm3": event.sm3}))
    half.replace(file)
