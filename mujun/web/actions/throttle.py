"""How often one may try: log-ins by name, browser and source, and what anybody may send. Locks nobody's account.

A browser in which somebody has logged in before is counted by itself, so that a stranger who tries passwords stops
strangers and not its owner. What is counted is kept as a keyed hash.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from attrs import frozen
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from mujun.web.models import Tally


@frozen
class Try:
    """One kind of try (a line of `settings.LIMITS`) by one name, browser or source."""

    kind: str
    what: str
    name: str = ""

    @property
    def key(self) -> str:
        return _hashed(f"{self.kind}\n{self.what}")

    @property
    def most(self) -> int:
        return int(settings.LIMITS[self.kind][0])

    @property
    def seconds(self) -> int:
        return int(settings.LIMITS[self.kind][1])


def seconds_to_wait(tries: Iterable[Try], now: datetime) -> int:
    """How long until all of them may go on; 0 when they may now."""
    wanted = {one.key: one.most for one in tries}
    full = [one.until for one in Tally.objects.filter(pk__in=wanted, until__gt=now) if one.count >= wanted[one.key]]
    return max((ceil((until - now).total_seconds()) for until in full), default=0)


@transaction.atomic
def count_tries(tries: Iterable[Try], *, now: datetime) -> None:
    """One more of each. Tallies whose time is over are swept away with it."""
    Tally.objects.filter(until__lte=now).delete()
    for one in tries:
        tally, _ = Tally.objects.get_or_create(
            key=one.key,
            defaults={"until": now + timedelta(seconds=one.seconds), "name": _hashed(one.name) if one.name else ""},
        )
        tally.count += 1
        tally.save(update_fields=["count"])


@transaction.atomic
def forget_tries(tries: Iterable[Try]) -> None:
    Tally.objects.filter(pk__in=[one.key for one in tries]).delete()


@transaction.atomic
def forget_tries_upon(username: str) -> None:
    """All wrong tries upon a name, from wherever they came."""
    Tally.objects.filter(name=_hashed(_folded(username))).delete()


def login_tries(username: str, source: str, device: str) -> list[Try]:
    """What a log-in is counted by. `device` names a browser in which this very account has logged in before."""
    name = _folded(username)
    if device:
        return [Try("login_device", f"{name}\n{device}", name)]
    return [Try("login_pair", f"{name}\n{source}", name), Try("login_source", source), Try("login_name", name, name)]


def _folded(username: str) -> str:
    return username.strip().lower()


def _hashed(text: str) -> str:
    return salted_hmac("mujun.tally", text, algorithm="sha256").hexdigest()
