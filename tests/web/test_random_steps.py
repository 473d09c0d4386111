"""A year at random: whatever people try, no state, no person, no version and no record is ever wrong."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from mujun.web.living.people import PROVINCE, demo_doer, settle_agency
from mujun.web.living.round import BEGUN
from mujun.web.models import Account, Person, RoleGrant
from mujun.web.queries.audit import CHECKPOINT, verify_record
from tests.web import collecting
from tests.web.walking import Walker

SEVERAL = {
    "both": [("C", "services"), ("D", "services")],
    "all": [("A", ""), ("B", ""), ("O", "")],
    "audits": [("A", ""), ("B", ""), ("AU", "")],
}


@pytest.fixture
def everybody(people: None) -> None:
    """The chairs of the demo, the offices, and three people of several roles."""
    for agency in collecting.VALUES:
        settle_agency("", agency, PROVINCE)
    for unit in (collecting.A, collecting.B):
        collecting.with_account(unit)
    for login, roles in SEVERAL.items():
        seat_with(login, roles)


def seat_with(login: str, roles: list[tuple[str, str]]) -> None:
    since = datetime(2019, 1, 1, tzinfo=BEGUN.tzinfo)
    person = Person.objects.create(name=f"{login}（示例）", places=[], desks=[], real_name=True)
    Account.objects.create(username=login, person=person, password="!")
    for role, domain in roles:
        RoleGrant.objects.create(person=person, role=role, domain=domain, since=since)


def walked(province: Path, seed: int, steps: int) -> Walker:
    (Path(settings.HOME) / CHECKPOINT).unlink(missing_ok=True)  # another test's
    assert demo_doer("audits", BEGUN).holds("AU")
    walker = Walker(seed, next(province.glob("county.*")))
    walker.walk(steps)
    assert verify_record() == []
    return walker


def test_two_hundred_steps_at_random_break_nothing(everybody: None, province: Path) -> None:
    walker = walked(province, seed=1, steps=200)

    assert sum(walker.refused.values()) > 50


@pytest.mark.acceptance
def test_five_thousand_steps_at_random_break_nothing(everybody: None, province: Path) -> None:
    tried, refused, ends = 0, 0, Counter[str]()
    seed = 100
    while tried < 5_000:
        with transaction.atomic():
            walker = walked(province, seed, steps=500)
            ends.update(walker.reached)
            transaction.set_rollback(True)
        seed, tried, refused = seed + 1, tried + walker.tried, refused + sum(walker.refused.values())

    print(f"{seed - 100} rounds, {tried} steps, {refused} refused", sorted(ends.items()))
    assert {"round:PUBLISHED", "objection:CLOSED", "track:RETURNED"} <= set(ends)
