"""The table of guards: small pure functions by name, each asking one thing of the facts it was written for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from attrs import frozen

from mujun.findings import Finding
from mujun.workflow.actor import Actor
from mujun.workflow.facts import Facts
from mujun.workflow.settings import Settings

Ask = TypeVar("Ask", bound=Callable[..., Iterable[Finding]])


@frozen
class Circumstance:
    """When, by whom, and by which numbers. `actor` is None where an edge follows by itself. `proposing`: he only puts
    the step before a second person.
    """

    now: datetime
    actor: Actor | None
    settings: Settings
    proposing: bool = False


@frozen
class Guard:
    """A guard and the kinds of facts it can look at. `typed`: it asks for what is written or attached with the step."""

    name: str
    kinds: tuple[type[Facts], ...]
    ask: Callable[[Any, Circumstance], Iterable[Finding]]
    typed: bool = False

    def fits(self, facts: type[Facts]) -> bool:
        return issubclass(facts, self.kinds)


GUARDS: dict[str, Guard] = {}
"""By the name that workflow.yaml uses."""


def guard(name: str, *kinds: type[Facts], typed: bool = False) -> Callable[[Ask], Ask]:
    """Register a guard for these kinds of facts. It yields every reason against, and notes; nothing means it holds."""

    def register(function: Ask) -> Ask:
        if name in GUARDS:
            raise ValueError(f"two guards are called {name}")
        GUARDS[name] = Guard(name, kinds, function, typed)
        return function

    return register
