"""What is known of an incentive for a winner when one of its edges is judged."""

from __future__ import annotations

from datetime import datetime

from attrs import field, frozen

from mujun.workflow.facts import Facts
from mujun.workflow.moment import moment_or_none
from mujun.workflow.states import IncentiveState


@frozen(kw_only=True)
class IncentiveFacts(Facts):
    """An incentive for one winner. `places_left` None: unknown; `unlimited`: it has no number of places."""

    state: IncentiveState | None
    measure: str = ""
    title_stands: bool | None = None
    unlimited: bool = False
    places_left: int | None = None
    excluded_by: tuple[str, ...] | None = None
    over_ceiling: tuple[str, ...] | None = None
    expires_at: datetime | None = field(default=None, validator=moment_or_none)
    evidence_hash: str = ""
