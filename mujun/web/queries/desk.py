"""What waits for a person: rows in whose machines he has a part, tasks of collection, letters to him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from attrs import field, frozen
from django.db.models import Q

from mujun.web.doer import Doer
from mujun.web.models import Message, Objection, Round, Track
from mujun.web.models.rounds import Machine
from mujun.web.programme import workflow
from mujun.web.queries.remembered import remembered
from mujun.workflow.states import MACHINES


@frozen
class Task:
    """One thing to do that is no edge of a machine: `label`, where to do it, by when, what blocks it."""

    label: str
    link: str
    due: datetime | None = None
    blocked: str = ""
    count: int = 0


@frozen
class Waiting:
    rows: list[Machine] = field(factory=list)
    tasks: list[Task] = field(factory=list)


def due_of(row: Machine) -> date | None:
    """By when a row is to have moved on: the end of its step of the round's calendar, the day an objection is due."""
    if isinstance(row, Objection):
        return row.answer_due
    step = workflow().machines[row.machine].states[MACHINES[row.machine](row.state)].calendar
    round_ = row if isinstance(row, Round) else row.round if isinstance(row, Track) else None
    return None if round_ is None or not step else _ends(round_).get(step)


@remembered
def _ends(round_: Round) -> dict[str, date | None]:
    return dict(round_.calendar.values_list("key", "ends"))


Source = Callable[[Doer, datetime], list[Task]]
TASKS: list[Source] = []


def tasks_from(source: Source) -> Source:
    """Register where tasks come from: an area of the site that has some."""
    TASKS.append(source)
    return source


def waiting_for(doer: Doer, now: datetime) -> Waiting:
    rows: list[Machine] = []
    if doer.holds("A", "B"):
        rows += Round.objects.exclude(state__in=["CANCELLED"])
    domains = {grant.domain for role in ("C", "D") for grant in doer.grants_of(role)}
    mine = Q(domain__in=domains) | (Q(domain="county") if doer.holds("A", "B") else Q(pk=None))
    rows += Track.objects.filter(mine).select_related("round")
    if doer.holds("A", "B"):
        rows += (
            Track.objects.filter(state__in=["SUBMITTED", "ACCEPTED"]).exclude(domain="county").select_related("round")
        )
    if doer.holds("O"):
        rows += Objection.objects.exclude(state="CLOSED").select_related("round")
    return Waiting(rows, [task for source in TASKS for task in source(doer, now)])


def messages_for(doer: Doer, count: int = 20) -> list[Message]:
    """The latest letters to him, or to a role he holds where he holds it."""
    if doer.person is None:
        return []
    wanted = Q(to_person=doer.person)
    for grant in doer.actor.grants:
        wanted |= (
            Q(to_role=grant.role.value)
            & _within("domain", grant.domain)
            & _within("region", grant.region)
            & _within("unit", grant.unit)
            & _within("agency", grant.agency)
        )
    return list(Message.objects.filter(wanted).order_by("-at", "-pk")[:count])


def _within(name: str, mine: str) -> Q:
    """A letter that names nothing is for all who hold the role, else for those who hold it there."""
    return Q(**{f"{name}__in": ["", mine]}) if mine else Q()
