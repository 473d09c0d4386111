"""The rooms of a round beside its tracks: compiling, the meeting, objections. Who may enter which, the matrix says."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen
from django.urls import reverse

from mujun.web.doer import Doer
from mujun.web.models import Objection, Round
from mujun.web.permissions import allowed
from mujun.web.queries.compiled import duplicates
from mujun.web.queries.desk import Task, tasks_from
from mujun.web.queries.pack import pack_hash
from mujun.workflow import Access, Target
from mujun.workflow.states import ObjectionState, RoundState

_FROM_COMPILING = (
    RoundState.COMPILING, RoundState.REVIEW, RoundState.DECIDED, RoundState.NOTICE, RoundState.PUBLISHED,
)  # fmt: skip


@frozen
class Room:
    """`note`: what there is in it."""

    link: str
    label: str
    note: str = ""


def rooms_of(round_: Round, doer: Doer, now: datetime) -> list[Room]:
    """In the order of the year; only those that stand open to him in the state the round is in."""
    rooms = []
    state, year = round_.state, round_.year
    if state in _FROM_COMPILING and _may(doer, "accept_or_return", now):
        rooms.append(Room(reverse("compiled", args=[year]), "汇总", "名额、跨领域重复、会议材料定稿"))
    laid = state in _FROM_COMPILING and state != RoundState.COMPILING
    if (laid or (state == RoundState.COMPILING and doer.holds("A", "B"))) and _may(doer, "record_minutes", now):
        rooms.append(Room(reverse("pack", args=[year]), "领导小组会议材料", "先看与名次不一致的，再看名单"))
    if laid and _may(doer, "declare_conflict", now, Access.DO):
        rooms.append(Room(reverse("conflicts", args=[year]), "利害关系和回避", "审定以前申报"))
    if state == RoundState.REVIEW and _may(doer, "record_minutes", now, Access.DO):
        rooms.append(Room(reverse("minutes", args=[year]), "录入会议纪要", "照签字的纪要逐项录入"))
    if round_.notices.filter(opened_at__isnull=False).exists() and doer.holds("O"):
        done = (ObjectionState.CLOSED, ObjectionState.WITHDRAWN)
        left = Objection.objects.filter(round=round_).exclude(state__in=done).count()
        rooms.append(Room(reverse("objections"), "异议", f"{left}件没有办结" if left else "没有未办结的"))
    return rooms


@tasks_from
def meeting_tasks(doer: Doer, now: datetime) -> list[Task]:
    """What compiling and the meeting ask of the office, and of the members of the leading group."""
    found = []
    for round_ in Round.objects.filter(state__in=[RoundState.COMPILING, RoundState.REVIEW]):
        year = round_.year
        if round_.state == RoundState.COMPILING and doer.holds("A") and round_.pack_hash != pack_hash(round_):
            doubles = len(duplicates(round_)) - round_.duplicates_resolved.count()
            label = "处理跨领域重复" if doubles > 0 else "会议材料定稿"
            found.append(Task(label, reverse("compiled", args=[year]), count=max(doubles, 0)))
        if round_.state == RoundState.REVIEW:
            if doer.holds("A") and not round_.meetings.filter(confirmed_at=None).exists():
                found.append(Task("录入会议纪要", reverse("minutes", args=[year])))
            if doer.holds("L"):
                found.append(Task("看会议材料", reverse("pack", args=[year])))
                found.append(Task("申报利害关系", reverse("conflicts", args=[year])))
    return found


def _may(doer: Doer, action: str, now: datetime, access: Access = Access.READ) -> bool:
    return allowed(doer, action, Target(), now, access).allowed
