"""Whom to call, at the foot of every page: `{% whom_to_call as contact %}` looks at the track the page is about."""

from __future__ import annotations

from typing import Any

from django import template

from mujun.web.models import Track
from mujun.web.queries.contacts import Contact
from mujun.web.queries.contacts import whom_to_call as ask

register = template.Library()


@register.simple_tag(takes_context=True)
def whom_to_call(context: dict[str, Any]) -> Contact | None:
    track = context.get("track") or context.get("row")
    now = context.get("now")
    return ask(track if isinstance(track, Track) else getattr(track, "track", None), now) if now is not None else None
