"""The small world that the walker walks: a round, two domains, three sets of values, people."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from attrs import define, field

from mujun.workflow import Act, Actor
from mujun.workflow.facts import Proposal
from mujun.workflow.notice import Notice
from mujun.workflow.states import ObjectionState, RoundState, TrackState
from tests.workflow.people import at, grant, person

DOMAINS = ("county", "manufacturing")
REGIONS = ("黄岩区", "台州市", "浙江省")

PEOPLE: list[Actor] = [
    *(person(name, grant("A")) for name in ("a1", "a2")),
    *(person(name, grant("B")) for name in ("b1", "b2")),
    person("ab", grant("A"), grant("B")),
    person("c1", grant("C", domain="manufacturing")),
    person("d1", grant("D", domain="manufacturing")),
    person("cd", grant("C", domain="manufacturing"), grant("D", domain="manufacturing")),
    person("cd", grant("D", domain="manufacturing"), account="cd@2"),
    person("other", grant("C", domain="services"), grant("D", domain="services")),
    person("t", grant("T", region="台州市")),
    person("k", grant("K", region="黄岩区")),
    person("p", grant("P", agency="税务", region="黄岩区")),
    person("e", grant("E", unit="U1")),
    person("o1", grant("O")),
    person("o2", grant("O")),
    person("o2", grant("O"), account="o2@2"),
    person("x", grant("X", agency="税务")),
    person("sab", grant("SA"), grant("B")),
    person("seo", grant("SE"), grant("O")),
    person("auc", grant("AU"), grant("C", domain="manufacturing")),
    person("z"),
]


@define
class Thing:
    """Something that moves: its machine, where it is, who did what to it."""

    machine: str
    domain: str = ""
    path: str = ""
    state: StrEnum | None = None
    done: dict[Act, frozenset[str]] = field(factory=dict)
    proposals: dict[str, Proposal] = field(factory=dict)
    frozen: int = 0
    list_hash: str = "l0"
    signed_hash: str = ""
    changes_list: bool = False


@define
class World:
    now: datetime = field(factory=lambda: at(3, 1))
    round: Thing = field(factory=lambda: Thing("round"))
    tracks: list[Thing] = field(factory=lambda: [Thing("track", domain) for domain in DOMAINS])
    values: list[Thing] = field(
        factory=lambda: [
            Thing("values", domain, path)
            for domain, path in zip(
                ("county", "manufacturing", "manufacturing"), ("provincial", "firm", "unit"), strict=True
            )
        ]
    )
    objections: list[Thing] = field(factory=lambda: [Thing("objection", "manufacturing")])
    incentives: list[Thing] = field(factory=lambda: [Thing("incentive", "manufacturing") for _ in range(2)])
    names: frozenset[str] = frozenset({"甲", "乙", "丙"})
    list_hash: str = "丙乙甲"
    decided_hash: str = ""
    notices: list[Notice] = field(factory=list)
    pending: list[str] = field(factory=list)
    places: int = 1

    def things(self) -> list[Thing]:
        return [*[self.round] * 3, *self.tracks, *self.values, *self.objections * 4, *self.incentives]

    def open_objections(self) -> tuple[str, ...]:
        open_states = (ObjectionState.FILED, ObjectionState.ADMITTED)
        return tuple("异议" for one in self.objections if one.state in open_states)


def late_world(state: RoundState) -> World:
    """A round whose lists have all come in, and which has come as far as `state`."""
    world = World()
    world.round.state = state
    world.round.done = {Act.ROUND_DRAFTED: frozenset({"a1"})}
    if state is RoundState.DECIDED:
        world.decided_hash = world.list_hash
    for track in world.tracks:
        track.state, track.frozen, track.signed_hash = TrackState.ACCEPTED, 1, track.list_hash
        track.done = {Act.PLAN_DRAFTED: frozenset({"c1"}), Act.LIST_DRAFTED: frozenset({"c1"})}
        track.done |= {Act.EVALUATED: frozenset({"c1"}), Act.SIGNED: frozenset({"d1"})}
    return world
