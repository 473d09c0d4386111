"""Revisions that wait: to be finished by who drafts, to be issued by who signs. First drafts are edges of the track."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from mujun.web.doer import Doer
from mujun.web.models import Plan
from mujun.web.queries.desk import Task, tasks_from
from mujun.workflow.states import TrackState


@tasks_from
def waiting_plans(doer: Doer, now: datetime) -> list[Task]:
    drafting, signing = _domains(doer, "C", "A"), _domains(doer, "D", "B")
    if not drafting and not signing:
        return []
    open_ones = Plan.objects.filter(issued_at=None, voided_at=None).select_related("track__round")
    open_ones = open_ones.exclude(track__state=TrackState.PLAN_DRAFT).order_by("track__order")
    found = []
    for plan in open_ones:
        track = plan.track
        if track.domain in drafting:
            link = reverse("edit_plan_start", args=[track.round.year, track.domain])
            found.append(Task(f"拟完修订稿：{track.label}", link))
        if track.domain in signing:
            link = reverse("act", args=["track", track.pk, "T15"])
            found.append(Task(f"会签印发修订稿：{track.label}", link))
    return found


def _domains(doer: Doer, department: str, office: str) -> set[str]:
    """A department's are its grants' domains; the office's is domain ①."""
    return {one.domain for one in doer.grants_of(department)} | ({"county"} if doer.holds(office) else set())
