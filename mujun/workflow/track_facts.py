"""What is known of a domain in a round when one of its edges is judged."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from attrs import field, frozen

from mujun.workflow.facts import Facts
from mujun.workflow.moment import moment_or_none
from mujun.workflow.round_facts import Minutes, Quota
from mujun.workflow.states import RoundState, TrackState, ValuesState


@frozen(kw_only=True)
class Weight:
    """A node of the score tree whose children's weights must add up."""

    label: str
    parts: tuple[Fraction, ...]


@frozen(kw_only=True)
class ValuesSeen:
    """A set of values as its track sees it; `contested`: cells disputed, answered by refusal, still 有争议."""

    label: str
    state: ValuesState | None
    excluded: str = ""
    contested: tuple[str, ...] = ()


@frozen(kw_only=True)
class Deviation:
    """A unit passed over for one ranked below it."""

    label: str
    reason: str


@frozen(kw_only=True)
class Adopted:
    """The document whose list is adopted, beside the list computed here."""

    document_number: str
    dated: date | None
    file_hash: str
    differences: tuple[str, ...] | None
    explained: frozenset[str] = frozenset()


@frozen(kw_only=True)
class TrackFacts(Facts):
    """A domain in a round. `frozen_runs` counts runs that are frozen and not void.

    `drafted`: a plan is being drafted; its are the weights, and the errors and hash of the scheme.
    `unlock_until` is the end that is asked for; `unlocked_before`: its data are collected under a lock exception.
    """

    state: TrackState | None
    round_state: RoundState | None
    exists: bool = False
    drafted: bool = False
    weights: tuple[Weight, ...] | None = None
    scheme_errors: int | None = None
    scheme_hash: str = ""
    issued_scheme_hash: str = ""
    document_number: str = ""
    numbers_taken: frozenset[str] = frozenset()
    values: tuple[ValuesSeen, ...] | None = None
    sealed_hash: str = ""
    run_data_hash: str = ""
    run_scheme_hash: str = ""
    frozen_runs: int = 0
    data_must_change: bool | None = None
    unlock_until: datetime | None = field(default=None, validator=moment_or_none)
    unlocked_before: bool = False
    unsettled_ties: tuple[str, ...] | None = None
    quotas: tuple[Quota, ...] | None = None
    deviations: tuple[Deviation, ...] | None = None
    adopted: Adopted | None = None
    list_hash: str = ""
    signed_hash: str = ""
    minutes: Minutes | None = None
