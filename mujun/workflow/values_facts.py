"""What is known of a set of values when one of its edges is judged."""

from __future__ import annotations

from datetime import datetime

from attrs import field, frozen

from mujun.workflow.facts import Facts
from mujun.workflow.moment import moment_or_none
from mujun.workflow.states import TrackState, ValuesState


@frozen(kw_only=True)
class ValuesFacts(Facts):
    """A set of values. `path` is the id of the way it takes (workflow.yaml); `missing`: what its parent still lacks.

    `unlock_until`: the end of the lock exception under which data are collected again; None when there was none.
    `county_submitted`: since the set was last returned.
    """

    state: ValuesState | None
    path: str
    track_state: TrackState | None
    blocking_findings: int | None = None
    confirm_by: datetime | None = field(default=None, validator=moment_or_none)
    silence_confirms: bool | None = None
    unlock_until: datetime | None = field(default=None, validator=moment_or_none)
    disputed: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    signed_scan: str = ""
    county_submitted: bool = False
    missing_agencies: tuple[str, ...] | None = None
    unapproved_children: tuple[str, ...] | None = None
    parent_approved: str = ""
