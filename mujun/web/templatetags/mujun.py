"""Words that templates need: labels of states, moments in Chinese, citations. Looks nothing up in the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template

from mujun.web.doer import Doer
from mujun.web.models import AuditEvent
from mujun.web.models.rounds import Machine
from mujun.web.programme import the_law, workflow
from mujun.web.queries.audit import outcome_of
from mujun.workflow.moment import CHINA, in_words

register = template.Library()


@register.filter
def outcome(event: AuditEvent) -> str:
    """What came of it, in words."""
    return outcome_of(event)


@register.filter
def state_label(row: Machine) -> str:
    """公示 for NOTICE."""
    states = {state.value: told for state, told in workflow().machines[row.machine].states.items()}
    return states[row.state].label if row.state in states else row.state


@register.filter
def moment(value: datetime | None) -> str:
    """2019年9月27日17:30."""
    return in_words(value) if value is not None else ""


@register.filter
def day(value: date | datetime | str | None) -> str:
    """2019年9月27日, without leading zeros."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10]) if value else None
    if isinstance(value, datetime):
        value = value.astimezone(CHINA).date()
    return f"{value.year}年{value.month}月{value.day}日" if value is not None else ""


@register.filter
def cite(clause: str) -> str:
    """浙亩均办〔2019〕4号二（六）…."""
    return the_law().cite(clause) if clause else ""


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key, "")


@register.filter
def forward(options: list[Any]) -> list[Any]:
    return [one for one in options if one.forward]


@register.filter
def backward(options: list[Any]) -> list[Any]:
    return [one for one in options if not one.forward]


@register.filter
def holds(doer: Doer | None, role: str) -> bool:
    return doer is not None and doer.holds(role)


@register.filter
def ready(options: list[Any]) -> bool:
    """Whether one of them towards publication can be done now."""
    return any(one.ready and one.forward for one in options)


@register.filter
def short_hash(value: str) -> str:
    return f"{value[:8]}…{value[-6:]}" if len(value) > 20 else value
