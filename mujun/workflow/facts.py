"""What is known when an edge is judged: what every machine has in common. None is unknown, empty text not given."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from mujun.workflow.actor import Target
from mujun.workflow.acts import Act


def keep_done(done: Mapping[Act, frozenset[str]]) -> Mapping[Act, frozenset[str]]:
    """A copy nobody can change; typed, so that a plain dict may be given."""
    return MappingProxyType(dict(done))


@frozen(kw_only=True)
class Proposal:
    """A first person's half of an act of two: which edge, who, upon which content (a hash)."""

    edge: str
    person: str
    content: str


@frozen(kw_only=True)
class Facts:
    """What every machine's facts hold. `state` None: the thing is not there yet. `content` is the hash of what the act
    is about, as it stands now. `reason` is what the actor typed. `done`: everybody who ever did an act
    upon this thing (`remember`); nobody is forgotten, so that whoever once had a hand in a list never signs it.
    """

    state: StrEnum | None
    target: Target
    done: Mapping[Act, frozenset[str]] = field(factory=dict, converter=keep_done, eq=dict)
    proposal: Proposal | None = None
    content: str = ""
    reason: str = ""
