"""What is read once while one page is made: the same question about the same row is not asked of the database twice.

Only within `remembering`, which is for looking: an act asks everything anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

from django.db.models import Model

Ask = TypeVar("Ask", bound=Callable[..., Any])
_KNOWN: ContextVar[dict[Any, Any] | None] = ContextVar("known", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside it, what `remembered` functions have answered stands. Inside another one, that one goes on."""
    if _KNOWN.get() is not None:
        yield
        return
    token = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(token)


def remembered(ask: Ask) -> Ask:
    """For a question about one row that has a key."""

    @wraps(ask)
    def asked(row: Model, *more: Any) -> Any:
        known = _KNOWN.get()
        if known is None or row.pk is None:
            return ask(row, *more)
        key = (ask.__qualname__, type(row), row.pk, more)
        if key not in known:
            known[key] = ask(row, *more)
        return known[key]

    return cast(Ask, asked)
