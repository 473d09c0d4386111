"""People, their log-ins and roles, as those who administer them see them. Changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from attrs import frozen
from django.db.models import Q, QuerySet
from django.urls import reverse

from mujun.web.doer import Doer
from mujun.web.models import AuditEvent, Person, Proposal, RoleGrant, ValueSet
from mujun.web.permissions import allowed
from mujun.web.programme import matrix, programme_round
from mujun.web.queries.desk import Task, tasks_from
from mujun.web.queries.facts.values import regions_of
from mujun.workflow import Access, Role, Target
from mujun.workflow.conditions import SCOPES

GRANT = "grant"
"""The edge under which a role that one proposes waits for another."""
ROWS = ("create_account", "grant_role", "set_security")


@frozen
class Asked:
    """A role that was proposed and waits."""

    key: str
    person: Person
    by: Person
    at: datetime
    role: str
    within: str
    since: datetime
    until: datetime | None
    reason: str


def bounds_of(role: str) -> tuple[str, ...]:
    """What a grant of the role has to name."""
    return tuple(one for one in matrix().house.roles[Role(role)].bound_to if one in SCOPES)


def role_label(role: str) -> str:
    return matrix().house.roles[Role(role)].label


def within(bounds: dict[str, Any]) -> str:
    """Its bounds in words; empty where it holds everywhere."""
    domains = {one.id: one.label for one in programme_round().domains}
    said = [domains.get(bounds.get("domain") or "", ""), *(bounds.get(one) or "" for one in ("region", "agency"))]
    if unit := bounds.get("unit"):
        known = ValueSet.objects.filter(unit=unit).order_by("-pk").values_list("name", flat=True).first()
        said.append(f"{known}（{unit}）" if known else unit)
    return "、".join(one for one in said if one)


def target_of_unit(unit: str) -> Target | None:
    """A unit where its last values place it; None when nobody has placed it."""
    known = ValueSet.objects.filter(unit=unit).exclude(county="").order_by("-pk").first()
    return None if known is None else Target(unit=unit, regions=regions_of(known.county, known.city))


def target_of_person(person: Person) -> Target:
    """He who holds nothing but the role of one unit belongs to it; everybody else to the round as a whole."""
    grants = list(person.grants.all())
    units = {one.unit for one in grants}
    if grants and all(one.role == Role.E.value for one in grants) and len(units) == 1:
        return target_of_unit(units.pop()) or Target()
    return Target()


def people_for(doer: Doer, now: datetime, text: str = "") -> QuerySet[Person]:
    """Whom he may see: administrators all, a county those of its own units."""
    people = Person.objects.order_by("office", "name", "pk").prefetch_related("grants", "accounts")
    if not any(allowed(doer, row, Target(), now).allowed for row in ROWS):
        counties = {one.region for one in doer.grants_of("K")}
        people = people.filter(grants__role="E", grants__unit__in=_units_of(counties)).distinct()
    if text := text.strip():
        people = people.filter(
            Q(name__icontains=text) | Q(office__icontains=text) | Q(accounts__username__icontains=text)
        ).distinct()
    return people


def _units_of(counties: set[str]) -> QuerySet[ValueSet, str]:
    return ValueSet.objects.filter(county__in=counties).values_list("unit", flat=True)


def roles_of(person: Person, now: datetime) -> list[RoleGrant]:
    """In force now or from a later day."""
    return [one for one in person.grants.all() if one.until is None or now < one.until]


def asked_roles(person: Person | None = None) -> list[Asked]:
    """What waits to be confirmed, the oldest first."""
    rows = Proposal.objects.filter(edge=GRANT, closed_at=None).select_related("person").order_by("at")
    people = Person.objects.in_bulk([one.form["person"] for one in rows])
    return [
        Asked(
            key=one.subject.partition(":")[2],
            person=people[one.form["person"]],
            by=one.person,
            at=one.at,
            role=role_label(one.form["role"]),
            within=within(one.form),
            since=datetime.fromisoformat(one.form["since"]),
            until=datetime.fromisoformat(one.form["until"]) if one.form["until"] else None,
            reason=one.reason,
        )
        for one in rows
        if person is None or one.form["person"] == person.pk
    ]


@tasks_from
def administrators_tasks(doer: Doer, now: datetime) -> list[Task]:
    tasks = []
    if doer.holds("SE"):
        first = [Target(first_by=frozenset({str(one.by.pk)})) for one in asked_roles()]
        if may := [one for one in first if allowed(doer, "grant_role", one, now, Access.DO).allowed]:
            tasks.append(Task("确认授予角色", f"{reverse('people')}?waiting=1", count=len(may)))
    if doer.holds("AU"):
        month = AuditEvent.objects.filter(outcome="alert", at__gt=now - timedelta(days=30))
        if alerts := month.count():
            tasks.append(Task("查看近30天的告警", f"{reverse('audit')}?outcome=alert", count=alerts))
    return tasks
