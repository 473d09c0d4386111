"""Who acts, for the database and for the core at once."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mujun.web.models import Account, Person, RoleGrant, SecondFactor
from mujun.workflow import Actor, Grant, Role


@frozen
class Doer:
    """`person` None is somebody who has not logged in."""

    person: Person | None
    actor: Actor
    account: str = ""

    @property
    def somebody(self) -> Person:
        """The person, where the matrix has made sure that there is one."""
        if self.person is None:
            raise ValueError("nobody is logged in")
        return self.person

    @property
    def name(self) -> str:
        return self.person.name if self.person is not None else "公众"

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.actor.grants)

    def holds(self, *roles: str) -> bool:
        return any(role.value in roles for role in self.roles)

    def grants_of(self, role: str) -> list[Grant]:
        return [grant for grant in self.actor.grants if grant.role.value == role]


NOBODY = Doer(None, Actor(person=""))


def doer_of(account: Account, now: datetime, reauthenticated_at: datetime | None = None) -> Doer:
    """The person behind an account with the roles in force now."""
    second = SecondFactor.objects.filter(account=account, since__isnull=False).exists()
    return as_doer(account.person, now, account.username, reauthenticated_at, second)


def as_doer(
    person: Person,
    now: datetime,
    account: str = "",
    reauthenticated_at: datetime | None = None,
    second_factor: bool = False,
) -> Doer:
    grants = tuple(grant for row in person.grants.all() if (grant := _grant(row)).in_force(now))
    actor = Actor(
        person=str(person.pk),
        grants=grants,
        account=account,
        real_name=person.real_name,
        places=_set(person.places),
        desks=_set(person.desks),
        second_factor=second_factor,
        reauthenticated_at=reauthenticated_at,
    )
    return Doer(person, actor, account)


def _grant(row: RoleGrant) -> Grant:
    return Grant(
        role=Role(row.role),
        since=row.since,
        until=row.until,
        domain=row.domain,
        region=row.region,
        unit=row.unit,
        agency=row.agency,
    )


def _set(names: list[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)
