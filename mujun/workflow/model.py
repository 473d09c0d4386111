"""The workflow of a round, understood: machines, states, edges, every name resolved. Frozen values; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from attrs import frozen

from mujun.law import Basis
from mujun.workflow.actor import Role
from mujun.workflow.acts import Act, Effect
from mujun.workflow.facts import Facts
from mujun.workflow.guard import Guard
from mujun.workflow.incentive_facts import IncentiveFacts
from mujun.workflow.matrix import Access, Action, Permissions
from mujun.workflow.objection_facts import ObjectionFacts
from mujun.workflow.round_facts import RoundFacts
from mujun.workflow.settings import Settings
from mujun.workflow.track_facts import TrackFacts
from mujun.workflow.values_facts import ValuesFacts

FACTS: Mapping[str, type[Facts]] = {
    "round": RoundFacts,
    "track": TrackFacts,
    "values": ValuesFacts,
    "objection": ObjectionFacts,
    "incentive": IncentiveFacts,
}
"""Which facts a machine's edges are judged by."""


@frozen
class State:
    """A state. `mend` is what to do for somebody who wants what cannot be done in it; `final`: nothing need follow;
    `calendar`: the step of the round's calendar by whose end one is to have left it.
    """

    id: StrEnum
    label: str
    mend: str = ""
    final: bool = False
    calendar: str = ""


@frozen
class Path:
    """The way a domain's values take: who enters, who confirms, who approves."""

    id: str
    label: str
    domains: tuple[str, ...]
    basis: Basis


@frozen(eq=False, kw_only=True)
class Edge:
    """One step of one machine. `sources` may hold None: the thing is not there yet. `to` None: the state stays.

    The act is done by one of `who`. With `proposed_by` it takes two: somebody of these proposes, another person does
    it. `differs_from`: acts that must have been done, by persons other than the actor. `records` is the act that
    doing it is remembered as, `proposal_records` what proposing it is.
    An `automatic` edge follows from its facts and is nobody's decision.
    """

    id: str
    machine: str
    label: str
    sources: tuple[StrEnum | None, ...]
    to: StrEnum | None
    who: tuple[Role, ...]
    proposed_by: tuple[Role, ...]
    automatic: bool
    action: Action | None
    access: Access
    differs_from: tuple[Act, ...]
    guards: tuple[Guard, ...]
    effects: tuple[Effect, ...]
    records: Act | None
    proposal_records: Act | None
    paths: tuple[str, ...]
    basis: Basis
    states: Mapping[StrEnum, State]
    settings: Settings
    line: int

    def target(self, state: StrEnum | None) -> StrEnum | None:
        """Where one is after it."""
        return state if self.to is None else self.to


@frozen
class Stop:
    """A place on a course: one state, or several of which a thing is in one (成立, 部分成立, 不成立: 复核决定)."""

    label: str
    states: tuple[StrEnum, ...]


@frozen
class Course:
    """The states in the order in which things go well. For these domains or paths only; empty is for all."""

    stops: tuple[Stop, ...]
    domains: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    def fits(self, domain: str, path: str) -> bool:
        return (not self.domains or domain in self.domains) and (not self.paths or path in self.paths)


@frozen(eq=False)
class Machine:
    """One of the five machines. A thing goes along the first of its courses that fits."""

    id: str
    label: str
    states: Mapping[StrEnum, State]
    edges: tuple[Edge, ...]
    courses: tuple[Course, ...] = ()


@frozen(eq=False)
class Workflow:
    """All machines of a round."""

    id: str
    label: str
    machines: Mapping[str, Machine]
    paths: Mapping[str, Path]
    settings: Settings
    permissions: Permissions
    assumptions: tuple[str, ...]

    @property
    def edges(self) -> Iterable[Edge]:
        return (edge for machine in self.machines.values() for edge in machine.edges)

    def edge(self, name: str) -> Edge:
        """The edge R7. An unknown name is a programmer's mistake."""
        return next(edge for edge in self.edges if edge.id == name)

    def path_of(self, domain: str) -> Path | None:
        return next((path for path in self.paths.values() if domain in path.domains), None)
