"""A proposed form in words, for the person who is to confirm it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from mujun.web.models import Meeting
from mujun.web.models.rounds import Machine
from mujun.workflow.moment import in_words


def told_form(row: Machine, form: dict[str, Any], labels: dict[str, str]) -> list[tuple[str, str]]:
    """Each entry with its label. Hashes are shortened; lists are counted and begun."""
    return [
        (labels.get(name, name), _said(name, value)) for name, value in form.items() if value not in ("", None, [], {})
    ]


def _said(name: str, value: Any) -> str:
    if name == "meeting":
        meeting = Meeting.objects.filter(pk=value).first()
        return f"第{meeting.number}次会议（{meeting.held_on}）" if meeting is not None else "（没有找到）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        shown = "、".join(str(one) for one in value[:5])
        return shown if len(value) <= 5 else f"{shown}等{len(value)}项"
    if isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef"):
        return f"{value[:12]}…"
    return _moment(value) if isinstance(value, str) else str(value)


def _moment(text: str) -> str:
    try:
        if len(text) == 10:
            day = date.fromisoformat(text)
            return f"{day.year}年{day.month}月{day.day}日"
        return in_words(datetime.fromisoformat(text))
    except ValueError:
        return text
