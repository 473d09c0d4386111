"""The states of the five machines, as values. Their Chinese labels are data (workflow.yaml); what may follow is too."""

from __future__ import annotations

from enum import StrEnum


class RoundState(StrEnum):
    """A round, from preparation to publication."""

    DRAFT = "DRAFT"
    PLANNED = "PLANNED"
    EVALUATING = "EVALUATING"
    COMPILING = "COMPILING"
    REVIEW = "REVIEW"
    DECIDED = "DECIDED"
    NOTICE = "NOTICE"
    PUBLISHED = "PUBLISHED"
    CANCELLED = "CANCELLED"


class TrackState(StrEnum):
    """One domain in one round, from its plan to the list that the office accepts."""

    PLAN_DRAFT = "PLAN_DRAFT"
    PLAN_ISSUED = "PLAN_ISSUED"
    COLLECTING = "COLLECTING"
    LOCKED = "LOCKED"
    EVALUATED = "EVALUATED"
    FROZEN = "FROZEN"
    LIST_DRAFT = "LIST_DRAFT"
    ADOPTED = "ADOPTED"
    SIGNED = "SIGNED"
    SUBMITTED = "SUBMITTED"
    ACCEPTED = "ACCEPTED"
    RETURNED = "RETURNED"


class ValuesState(StrEnum):
    """A set of values that one office or unit hands in."""

    ENTERED = "ENTERED"
    SUBMITTED = "SUBMITTED"
    CONFIRMED = "CONFIRMED"
    DEEMED_CONFIRMED = "DEEMED_CONFIRMED"
    DISPUTED = "DISPUTED"
    CITY_OK = "CITY_OK"
    ACCEPTED = "ACCEPTED"
    RETURNED = "RETURNED"


class ObjectionState(StrEnum):
    """An objection to a public notice."""

    FILED = "FILED"
    ADMITTED = "ADMITTED"
    REFUSED = "REFUSED"
    UPHELD = "UPHELD"
    PARTLY = "PARTLY"
    REJECTED = "REJECTED"
    REMEDIED = "REMEDIED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


class IncentiveState(StrEnum):
    """One incentive for one winner."""

    OFFERED = "OFFERED"
    CLAIMED = "CLAIMED"
    CHECKED = "CHECKED"
    DELIVERED = "DELIVERED"
    ATTESTED = "ATTESTED"
    DISPUTED = "DISPUTED"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


MACHINES: dict[str, type[StrEnum]] = {
    "round": RoundState,
    "track": TrackState,
    "values": ValuesState,
    "objection": ObjectionState,
    "incentive": IncentiveState,
}
"""Which states a machine of workflow.yaml must have: all of them, and no others."""
