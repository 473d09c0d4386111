"""Who acts, and upon what. Says nothing about what is allowed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from attrs import field, frozen

from mujun.workflow.moment import moment, moment_or_none
from mujun.workflow.states import RoundState


class Role(StrEnum):
    """The sixteen roles of the matrix; their labels are data (permissions.yaml)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    L = "L"
    T = "T"
    K = "K"
    P = "P"
    E = "E"
    O = "O"  # noqa: E741 - the matrix calls it so
    X = "X"
    M = "M"
    SA = "SA"
    SE = "SE"
    AU = "AU"
    Z = "Z"


@frozen(kw_only=True)
class Grant:
    """A role held from one moment until another (exclusive; None is open), within what it names."""

    role: Role
    since: datetime = field(validator=moment)
    until: datetime | None = field(default=None, validator=moment_or_none)
    domain: str = ""
    region: str = ""
    unit: str = ""
    agency: str = ""

    @property
    def names_something(self) -> bool:
        """Whether it holds within something only: a domain, a region, a unit, an agency."""
        return bool(self.domain or self.region or self.unit or self.agency)

    def in_force(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)


@frozen(kw_only=True)
class Actor:
    """The person behind a log-in. `person` is the human being, so that two accounts of one person stay one person;
    it is empty for somebody who has not said who he is.

    `places` are the counties and zones he comes from (None: nobody has recorded them); `desks` the offices he works in.
    `second_factor`: he has one; `reauthenticated_at`: when he last showed it together with his password.
    """

    person: str
    grants: tuple[Grant, ...] = ()
    account: str = ""
    real_name: bool = False
    places: frozenset[str] | None = None
    desks: frozenset[str] | None = None
    second_factor: bool = False
    reauthenticated_at: datetime | None = field(default=None, validator=moment_or_none)


@frozen(kw_only=True)
class Target:
    """What is acted upon. `regions` is the chain upwards: county, city, province.

    Without domain, region, unit and agency it is the round itself, which everybody with a role may know of.
    `first_by` are the persons who did the step before, where a second person is required.
    """

    domain: str = ""
    regions: tuple[str, ...] = ()
    unit: str = ""
    agency: str = ""
    desk: str = ""
    part: str = ""
    public: bool = False
    first_by: frozenset[str] = frozenset()
    round_state: RoundState | None = None
    notice_opened: bool = False
    under_objection: bool = False
    on_paper: bool = False
    has_account: bool | None = None

    @property
    def is_round(self) -> bool:
        return not (self.domain or self.regions or self.unit or self.agency or self.under_objection)
