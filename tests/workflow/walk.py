"""A walker that tries edges at random on a small world, and watches what must never happen.

The world carries out what it is told and nothing else; what must hold is asked of the world, not of the guards.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

from attrs import evolve

from mujun.workflow import Actor, Decision, Edge, Effect, Workflow, decide, propose, remember
from mujun.workflow.facts import Facts, Proposal
from mujun.workflow.round_facts import RoundFacts
from mujun.workflow.states import IncentiveState, RoundState, TrackState, ValuesState
from tests.workflow.legal import LEGAL
from tests.workflow.tell import Teller
from tests.workflow.watch import watch_answer, watch_persons, watch_world
from tests.workflow.world import PEOPLE, Thing, World, late_world

BACKWARDS = {"RC", "R6r", "T11", "T11m", "T13", "T14", "T15", "V10", "V11", "V11u", "V12", "O1", "O7", "I7"}


class Walker(Teller):
    """Tries `steps` edges and raises AssertionError at the first thing that must not happen."""

    def __init__(self, workflow: Workflow, seed: int) -> None:
        self.edges = {name: list(machine.edges) for name, machine in workflow.machines.items()}
        self.dice = random.Random(seed)
        self.taken: Counter[str] = Counter()
        self.reached: set[tuple[str, str]] = set()
        self.denied = 0
        self.world = World()

    def walk(self, steps: int) -> None:
        for step in range(steps):
            over = self.world.round.state in (RoundState.CANCELLED, RoundState.PUBLISHED)
            if step and self.dice.random() < (1 / 400 if over else 1 / 2_000):
                late = (RoundState.EVALUATING, RoundState.REVIEW, RoundState.DECIDED)
                self.world = World() if self.dice.random() < 0.5 else late_world(self.dice.choice(late))
            self.step()

    def step(self) -> None:
        world, dice = self.world, self.dice
        if dice.random() < (0.04 if world.round.state is RoundState.NOTICE else 0.02):
            world.now += timedelta(hours=dice.randrange(1, 120))
        if dice.random() < 0.02 and world.round.state in (RoundState.DECIDED, RoundState.NOTICE):
            world.list_hash = dice.choice(["别的名单", "".join(sorted(world.names))])  # tampered with, or mended
        for track in world.tracks:
            if track.state in (TrackState.FROZEN, TrackState.RETURNED) and dice.random() < 0.002:
                track.frozen = 0  # the run was declared void by other means
        thing = dice.choice(world.things())
        early = (thing.machine == "objection" and not world.notices) or (
            thing.machine == "incentive" and world.round.state is not RoundState.PUBLISHED
        )
        if early and dice.random() < 0.95:
            return
        edges = self.edges[thing.machine]
        if dice.random() < 0.8:
            edges = [edge for edge in edges if thing.state in edge.sources] or edges
        edge = dice.choice(edges)
        asks = bool(edge.proposed_by) and dice.random() < 0.5
        if edge.id in BACKWARDS and not asks and dice.random() < (0.98 if edge.id == "RC" else 0.8):
            return  # else nothing would ever come to its end
        roles = edge.proposed_by if asks else edge.who
        able = [one for one in PEOPLE if any(held.role in roles for held in one.grants)]
        actor: Actor = dice.choice(able if able and dice.random() < 0.8 else PEOPLE)
        if not self.mostly():
            actor = evolve(actor, reauthenticated_at=None)
        else:
            actor = evolve(actor, reauthenticated_at=world.now)
        facts = self.facts(thing, edge, asks)
        if asks:
            decision = propose(edge, facts, actor, world.now)
            self.denied += not decision.allowed
            watch_answer(edge, decision)
            if decision.allowed:
                assert decision.effects == (Effect.RECORD_PROPOSAL,)
                thing.proposals[edge.id] = Proposal(edge=edge.id, person=actor.person, content=facts.content)
            return
        decision = decide(edge, facts, None if edge.automatic else actor, world.now)
        self.denied += not decision.allowed
        watch_answer(edge, decision)
        if decision.allowed:
            self.move(thing, edge, facts, actor, decision)

    def move(self, thing: Thing, edge: Edge, facts: Facts, actor: Actor, decision: Decision) -> None:
        world = self.world
        before, after = thing.state, edge.target(thing.state)
        assert (str(before or "-"), str(after)) in LEGAL[thing.machine], f"{edge.id}: {before} → {after}"
        proposal = thing.proposals.pop(edge.id, None)
        watch_persons(thing, edge, actor, proposal)
        if Effect.VOID_RUNS in decision.effects:
            thing.frozen = 0
        if Effect.VOID_LIST in decision.effects:
            thing.signed_hash = ""
        if edge.id in ("R7", "R8") and isinstance(facts, RoundFacts) and facts.next_notice:
            world.notices.append(facts.next_notice)
        if edge.id == "R7e" and isinstance(facts, RoundFacts) and facts.next_notice:
            assert facts.next_notice.ends_at > world.notices[-1].ends_at, "a notice not extended"
            assert facts.next_notice.names == world.notices[-1].names, "a notice changed on the way"
            world.notices[-1] = facts.next_notice
        thing.done = dict(remember(edge, facts, actor.person))
        thing.state = after
        self.follow(thing, edge, facts, decision)
        self.taken[edge.id] += 1
        self.reached.add((thing.machine, str(after)))
        watch_world(world, edge)

    def follow(self, thing: Thing, edge: Edge, facts: Facts, decision: Decision) -> None:
        world, dice = self.world, self.dice
        match edge.id:
            case "T6":
                thing.frozen += 1
            case "T8" | "T8a":
                thing.signed_hash = thing.list_hash
            case "T12" | "T7":
                thing.list_hash += "x"
            case "R6":
                world.decided_hash = world.list_hash
                world.pending.clear()
                for one in world.objections:
                    one.changes_list = False
            case "R6r":
                assert Effect.RETURN_TRACKS in decision.effects
                assert isinstance(facts, RoundFacts) and facts.minutes  # noqa: PT018
                for one in world.tracks:
                    if one.domain in facts.minutes.tracks:
                        one.state = TrackState.RETURNED
            case "R9":
                world.names = dice.choice([frozenset({"甲", "乙"}), frozenset({"甲", "乙", "丁"}), world.names])
                world.list_hash = "".join(sorted(world.names))
            case "O1":
                thing.changes_list = dice.random() < 0.5
            case "O4u" | "O4p" if thing.changes_list:
                world.pending.append("异议")
            case "O6" | "O6n":
                world.objections = [Thing("objection", "manufacturing")]
            case "I2":
                assert Effect.TAKE_PLACE in decision.effects
                world.places -= 1
            case "I3r" | "I8":
                world.places += Effect.RELEASE_PLACE in decision.effects
        if thing.machine == "incentive" and thing.state in (IncentiveState.ATTESTED, IncentiveState.EXPIRED):
            world.incentives, world.places = [Thing("incentive", "manufacturing") for _ in range(2)], 1
        if thing.state is TrackState.COLLECTING and thing.machine == "track":
            for one in world.values:
                if one.domain == thing.domain and one.state is ValuesState.ACCEPTED:
                    one.state = ValuesState.RETURNED if dice.random() < 0.3 else one.state
