"""People of the tests, by what they hold, and moments by the clock of Beijing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujun.workflow import Actor, Grant, Role
from mujun.workflow.moment import CHINA

BEFORE = datetime(2018, 1, 1, tzinfo=CHINA)


def at(month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0, year: int = 2019) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)


NOW = at(6, 3)


def grant(role: str, **bounds: Any) -> Grant:
    return Grant(**{"role": Role(role), "since": BEFORE, **bounds})


def person(name: str, *grants: Grant, **more: Any) -> Actor:
    defaults: dict[str, Any] = {
        "real_name": True,
        "places": frozenset(),
        "desks": frozenset(),
        "account": f"{name}@1",
        "second_factor": True,
        "reauthenticated_at": NOW,
    }
    return Actor(person=name, grants=grants, **{**defaults, **more})


def codes(decision: Any) -> list[str]:
    """What speaks against it, by code."""
    return [one.code for one in decision.reasons]
