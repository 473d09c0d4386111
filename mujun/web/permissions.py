"""Rows of the matrix, asked for a page. Every address names its row here; one without a row does not answer.

PUBLIC and OWN are the two rows that the matrix need not have: what anybody may read, and one's own log-in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from mujun.web.doer import Doer
from mujun.web.programme import matrix
from mujun.workflow import Access, Decision, Target, may

PUBLIC = "public"
OWN = "own"
View = TypeVar("View", bound=Callable[..., Any])


def row(*actions: str) -> Callable[[View], View]:
    """Name the rows of the matrix a view serves: he who may read one of them may open the page."""
    unknown = set(actions) - set(matrix().actions) - {PUBLIC, OWN}
    if unknown:
        raise ValueError(f"no such rows: {sorted(unknown)}")

    def mark(view: View) -> View:
        view.rows = actions  # type: ignore[attr-defined]
        return view

    return mark


def allowed(doer: Doer, action: str, target: Target, now: datetime, access: Access = Access.READ) -> Decision:
    """What the matrix says of this person, this act and this object."""
    return may(doer.actor, matrix().actions[action], target, now, access)


def sees(doer: Doer, actions: Iterable[str], target: Target, now: datetime) -> bool:
    """Whether he may read the object by one of the rows."""
    return any(allowed(doer, action, target, now).allowed for action in actions)
