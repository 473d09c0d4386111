"""A form sent twice is one act."""

from __future__ import annotations

from datetime import datetime

from mujun.web.doer import Doer
from mujun.web.models import OnceKey


def already_done(key: str) -> str | None:
    """Where the act that this form began went to; None if it has not been done."""
    found = OnceKey.objects.filter(key=key).first() if key else None
    return None if found is None else found.went_to


def remember_once(key: str, *, act: str, went_to: str, by: Doer, now: datetime) -> None:
    if key:
        OnceKey.objects.get_or_create(
            key=key[:64], defaults={"person": by.actor.person, "act": act, "at": now, "went_to": went_to}
        )
