"""By when something has to be confirmed or answered: so many working days, at closing time. Never guessed."""

from __future__ import annotations

from datetime import datetime

from mujun.findings import Finding
from mujun.web.actions.refused import Refused
from mujun.web.models import Plan, Track
from mujun.web.programme import workdays, workflow
from mujun.web.queries.rules import standing_plan
from mujun.workflow import Decision
from mujun.workflow.decision import Answer
from mujun.workflow.moment import CHINA


def confirmation_ends(track: Track, now: datetime, act: str, label: str) -> datetime:
    """The end of the plan's days from tomorrow on. Refused when the table of holidays does not reach that far."""
    plan = standing_plan(track)
    return closes_after(_days(plan), track, now, act, label)


def closes_after(count: int, track: Track, now: datetime, act: str, label: str) -> datetime:
    start = now.astimezone(CHINA).date()
    day = workdays(track.round.programme).after(start, count)
    if isinstance(day, Finding):
        raise Refused(act, label, Decision(Answer.DENIED, (day,)), track.subject, str(track))
    return datetime.combine(day, workflow().settings.notice_closes_at, tzinfo=CHINA)


def _days(plan: Plan | None) -> int:
    return plan.confirm_workdays if plan is not None else 0
