"""A lock exception: two persons, a time box, a reason. What rested on the locked data is void, and stays to be seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujun.web.actions.step import carries_out
from mujun.web.doer import Doer
from mujun.web.models import Message, Track
from mujun.web.queries.facts.common import when
from mujun.workflow import Decision, Effect
from mujun.workflow.moment import in_words


@carries_out("T13", "T14")
def unlock(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    reason = str(form["reason"])
    if Effect.VOID_RUNS in decision.effects:
        row.runs.filter(voided_at=None).update(voided_at=now, void_reason=reason)
    if Effect.VOID_LIST in decision.effects:
        row.nominations.filter(voided_at=None).update(voided_at=now, void_reason=reason)
    _box(row, form, now, f"{row.label}的数据已限时解锁，原评价和名单作废。原因：{reason}")
    row.data_must_change = None
    row.save(update_fields=["data_must_change"])


@carries_out("T14x")
def extend(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    _box(row, form, now, f"{row.label}的解锁期限已延长。原因：{form['reason']}")


def _box(row: Track, form: dict[str, Any], now: datetime, text: str) -> None:
    until = when(form["unlock_until"])
    assert until is not None
    row.unlock_until = until
    row.save(update_fields=["unlock_until"])
    Message.objects.create(
        to_role="C", domain=row.domain, at=now, due=until, urgent=True, text=f"{text}期限{in_words(until)}。"
    )
