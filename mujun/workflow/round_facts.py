"""What is known of a round when one of its edges is judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from mujun.workflow.conflict import Item, Member
from mujun.workflow.facts import Facts
from mujun.workflow.notice import Notice
from mujun.workflow.states import RoundState, TrackState


@frozen(kw_only=True)
class CalendarStep:
    """A step of the round's calendar; `left_open`: the notice itself gives it no time."""

    label: str
    ends: date | None
    done_on: date | None = None
    left_open: bool = False


@frozen(kw_only=True)
class TrackSeen:
    """A domain's track as the round sees it. `left_out`: why the domain is formally left out of this round."""

    label: str
    state: TrackState
    left_out: str = ""


@frozen(kw_only=True)
class Quota:
    """How many places a domain (or a group in it) has and how many names its list holds."""

    label: str
    places: int | None
    listed: int


class Outcome(StrEnum):
    """What the leading group said of an item."""

    AGREED = "同意"
    NOT_AGREED = "不同意"
    SENT_BACK = "退回"


def _keep_outcomes(outcomes: Mapping[str, Outcome]) -> Mapping[str, Outcome]:
    return MappingProxyType(dict(outcomes))


@frozen(kw_only=True)
class Minutes:
    """The minutes of a meeting. `outcomes` by the item's key, `present` are persons, `tracks` the domains sent back."""

    scan_hash: str
    outcomes: Mapping[str, Outcome] = field(factory=dict, converter=_keep_outcomes, eq=dict)
    members: tuple[Member, ...] = ()
    present: frozenset[str] = frozenset()
    tracks: frozenset[str] = frozenset()


@frozen(kw_only=True)
class RoundFacts(Facts):
    """A round. `list_hash` is of the list as it stands, `decided_hash` of the list as last decided by minutes."""

    state: RoundState | None
    year: int
    years_taken: frozenset[int] = frozenset()
    calendar: tuple[CalendarStep, ...] = ()
    document_number: str = ""
    numbers_taken: frozenset[str] = frozenset()
    tracks: tuple[TrackSeen, ...] = ()
    duplicates: tuple[str, ...] | None = None
    quotas: tuple[Quota, ...] | None = None
    pack_hash: str = ""
    items: tuple[Item, ...] = ()
    minutes: Minutes | None = None
    names: frozenset[str] = frozenset()
    list_hash: str = ""
    decided_hash: str = ""
    notices: tuple[Notice, ...] = ()
    next_notice: Notice | None = None
    open_objections: tuple[str, ...] | None = None
    upheld_changes: tuple[str, ...] = ()
    public_statement: str = ""
    corrects: str = ""
