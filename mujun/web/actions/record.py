"""The record: one event an act, chained by both hashes, written in the act's own transaction."""

from __future__ import annotations

import json
from datetime import datetime
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


def _line(text: str) -> str:
    """One line, whatever somebody typed."""
    return " ".join(text.split())


def _note_head(link: Link) -> None:
    """The last event, kept beside the database, so that a tail cut off is noticed."""
    file = Path(settings.HOME) / CHECKPOINT
    half = file.with_name(f".{CHECKPOINT}.{link.sequence}")
    half.write_bytes(canonical_json(point_of(link).as_dict()))
    half.replace(file)
