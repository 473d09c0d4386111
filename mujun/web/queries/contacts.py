"""Whom to call: the people of the desk that is responsible for what is on the page. Changes nothing."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen
from django.db.models import Q

from mujun.web.models import RoleGrant, Track
from mujun.web.programme import matrix

_MOST = 2


@frozen
class Contact:
    """An office, and who answers there."""

    office: str
    people: tuple[tuple[str, str], ...]


def whom_to_call(track: Track | None, now: datetime) -> Contact | None:
    """The clerks of a domain's lead department; those of the provincial office for domain ① and the round itself."""
    domain = "" if track is None or track.domain == matrix().house.first_domain else track.domain
    held = Q(role="C", domain=domain) if domain else Q(role="A")
    grants = RoleGrant.objects.filter(held, Q(until=None) | Q(until__gt=now), since__lte=now)
    people = [one.person for one in grants.exclude(person__phone="").select_related("person").order_by("pk")[:_MOST]]
    if not people:
        return None
    return Contact(people[0].office, tuple((one.name, one.phone) for one in people))
