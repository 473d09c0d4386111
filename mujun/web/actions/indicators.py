"""Put an indicator into the draft of a plan, take one out: each one act, in words in the record."""

from __future__ import annotations

from datetime import datetime

from mujun.scheme.amend import NewIndicator
from mujun.scheme.amend import add_indicator as with_indicator
from mujun.scheme.amend import remove_indicator as without_indicator
from mujun.web.actions.plans import draft_to_change, rewrite
from mujun.web.doer import Doer
from mujun.web.models import Track
from mujun.web.queries.plan_asked import unasked_names


def add_indicator(*, track: Track, scheme: str, base: str, new: NewIndicator, by: Doer, now: datetime) -> list[str]:
    """What changed, in words. The other weights stay as they are: whoever drafts makes them add up again.

    Raises Overtaken as `amend_rules` does.
    """
    return rewrite(
        track=track, scheme=scheme, base=base, write=lambda text: with_indicator(text, new), by=by, now=now
    )  # fmt: skip


def remove_indicator(*, track: Track, scheme: str, base: str, name: str, by: Doer, now: datetime) -> list[str]:
    """The indicator with all that is its own; the other weights stay as they are. Raises Overtaken as above."""
    nobodys = unasked_names(draft_to_change(track), scheme)
    return rewrite(
        track=track, scheme=scheme, base=base, write=lambda text: without_indicator(text, name, nobodys), by=by, now=now
    )  # fmt: skip
