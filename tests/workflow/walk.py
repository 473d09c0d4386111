"""A walker that tries edges at random on a small world, and watches what must never happen.

The world carries out what it is told and nothing else; what must hold is asked of the world, not of the guards.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from attrs import define, evolve, field

from mujun.workflow import Act, Actor, Decision, Edge, Effect, Role, Target, Workflow, decide, propose, remember
from mujun.workflow.conflict import Item, Member
from mujun.workflow.facts import Facts, Proposal
from mujun.workflow.incentive_facts import IncentiveFacts
from mujun.workflow.notice import Notice
from mujun.workflow.objection_facts import ObjectionFacts, Refusal
from mujun.workflow.round_facts import CalendarStep, Minutes, Outcome, Quota, RoundFacts, TrackSeen
from mujun.workflow.states import IncentiveState, ObjectionState, RoundState, TrackState, ValuesState
from mujun.workflow.track_facts import Adopted, Deviation, TrackFacts, ValuesSeen, Weight
from mujun.workflow.values_facts import ValuesFacts
from tests.workflow.legal import LEGAL
from tests.workflow.people import at, grant, person

DOMAINS = ("county", "manufacturing")
REGIONS = ("黄岩区", "台州市", "浙江省")
NEVER = {Role.SA, Role.SE, Role.AU}
LISTED = {TrackState.LIST_DRAFT, TrackState.ADOPTED, TrackState.SIGNED, TrackState.SUBMITTED, TrackState.ACCEPTED}
TOGETHER = {RoundState.REVIEW, RoundState.DECIDED, RoundState.NOTICE, RoundState.PUBLISHED}

BACKWARDS = {"RC", "R6r", "T11", "T11m", "T13", "T14", "T15", "V10", "V11", "V11u", "V12", "O1", "O7", "I7"}

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


class Walker:
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
            self.watch_answer(edge, decision)
            if decision.allowed:
                assert decision.effects == (Effect.RECORD_PROPOSAL,)
                thing.proposals[edge.id] = Proposal(edge=edge.id, person=actor.person, content=facts.content)
            return
        decision = decide(edge, facts, None if edge.automatic else actor, world.now)
        self.watch_answer(edge, decision)
        if decision.allowed:
            self.move(thing, edge, facts, actor, decision)

    def mostly(self) -> bool:
        return self.dice.random() < 0.97

    def either(self, good: Any, bad: Any) -> Any:
        return good if self.mostly() else bad

    # --- what the world tells ---------------------------------------------------------------------------------------

    def facts(self, thing: Thing, edge: Edge, asks: bool) -> Facts:
        proposal = None if asks else thing.proposals.get(edge.id)
        common: dict[str, Any] = {
            "state": thing.state,
            "done": thing.done,
            "proposal": proposal,
            "content": self.either("c0", "c1"),
            "reason": self.either("因故", ""),
        }
        gather = getattr(self, f"{thing.machine}_facts")
        facts: Facts = gather(thing, common)
        return facts

    def minutes(self) -> Minutes:
        members = tuple(
            Member(person=f"m{i}", name=f"委员{i}", places=frozenset({"黄岩区"} if i == 0 else set())) for i in range(5)
        )
        outcome = self.either(Outcome.AGREED, Outcome.SENT_BACK)
        return Minutes(
            scan_hash=self.either("scan", ""),
            outcomes=self.either({"i1": outcome}, {}),
            members=members,
            present=frozenset(f"m{i}" for i in range(self.either(5, 2))),
            tracks=frozenset(self.dice.sample(DOMAINS, 1)),
        )

    def round_facts(self, thing: Thing, common: dict[str, Any]) -> RoundFacts:
        world, dice = self.world, self.dice
        noticed = frozenset().union(*(one.names for one in world.notices))
        length = dice.choice([2, 20])
        ends = max([world.now + timedelta(days=length), *(one.ends_at for one in world.notices)])
        notice = Notice(
            list_hash=self.either(world.decided_hash, "别的"),
            names=self.either(world.names - noticed, frozenset()) or world.names,
            opened_at=world.now,
            ends_at=self.either(ends, world.now),
            contact=self.either("电话", ""),
            ways="来信",
            basis="三（四）",
        )
        if world.notices and world.round.state is RoundState.NOTICE:
            longer = world.notices[-1].ends_at + timedelta(days=dice.choice([-1, 0, 3]))
            notice = evolve(self.either(world.notices[-1], notice), ends_at=longer)
        return RoundFacts(
            **common,
            target=Target(),
            year=2019,
            years_taken=self.either(frozenset(), frozenset({2019})),
            calendar=(CalendarStep(label="评价", ends=self.either(at(6, 30).date(), None)),),
            document_number=self.either("浙亩均办〔2019〕4号", "浙亩均办[2019]04号"),
            numbers_taken=self.either(frozenset(), frozenset({"浙亩均办〔2019〕4号"})),
            tracks=tuple(TrackSeen(label=one.domain, state=one.state) for one in world.tracks if one.state),
            duplicates=self.either((), ("甲",)),
            quotas=(Quota(label="制造业", places=3, listed=self.either(3, 4)),),
            pack_hash=self.either("pack", ""),
            items=(Item(key="i1", label="事项", places=frozenset({"黄岩区"})),),
            minutes=self.either(self.minutes(), None),
            names=world.names,
            list_hash=world.list_hash,
            decided_hash=world.decided_hash,
            notices=tuple(world.notices),
            next_notice=self.either(notice, None),
            open_objections=world.open_objections(),
            upheld_changes=tuple(world.pending),
            public_statement=self.either("说明", ""),
            corrects=self.either("旧号", ""),
        )

    def track_facts(self, thing: Thing, common: dict[str, Any]) -> TrackFacts:
        world = self.world
        values = [one for one in world.values if one.domain == thing.domain]
        return TrackFacts(
            **common,
            target=Target(domain=thing.domain),
            round_state=world.round.state,  # type: ignore[arg-type]
            exists=thing.state is not None,
            weights=(Weight(label="总分", parts=(Fraction(60), self.either(Fraction(40), Fraction(3999, 100)))),),
            scheme_errors=self.either(0, 1),
            scheme_hash="s2",
            issued_scheme_hash=self.either("s1", "s2"),
            document_number=self.either("浙经信〔2019〕1号", ""),
            values=tuple(ValuesSeen(label="一组", state=one.state) for one in values),  # type: ignore[arg-type]
            sealed_hash="d1",
            run_data_hash=self.either("d1", "d0"),
            run_scheme_hash="s1",
            frozen_runs=thing.frozen,
            data_must_change=self.dice.choice([True, False]),
            unlock_until=world.now + timedelta(hours=self.either(8, 800)),
            unlocked_before=self.dice.choice([True, False]),
            unsettled_ties=self.either((), ("乙",)),
            quotas=(Quota(label="制造业", places=3, listed=self.either(3, 4)),),
            deviations=(Deviation(label="乙", reason=self.either("有因", "")),),
            adopted=Adopted(
                document_number="文", dated=at(4, 1).date(), file_hash=self.either("f", ""), differences=()
            ),
            list_hash=thing.list_hash,
            signed_hash=thing.signed_hash,
            minutes=self.either(self.minutes(), None),
        )

    def values_facts(self, thing: Thing, common: dict[str, Any]) -> ValuesFacts:
        track = next(one for one in self.world.tracks if one.domain == thing.domain)
        return ValuesFacts(
            **common,
            target=Target(domain=thing.domain, regions=REGIONS, unit="U1", agency="税务", has_account=False),
            path=thing.path,
            track_state=track.state,  # type: ignore[arg-type]
            blocking_findings=self.either(0, 2),
            confirm_by=self.world.now + timedelta(days=self.dice.choice([-1, 1])),
            silence_confirms=self.dice.choice([True, False, None]),
            disputed=self.either(("F17",), ()),
            unanswered=self.either((), ("F17",)),
            signed_scan=self.either("scan", ""),
            unlock_until=self.world.now + timedelta(hours=self.either(8, -8)),
            county_submitted=Act.COUNTY_SUBMITTED in thing.done,
            missing_agencies=self.either((), ("电力",)),
            unapproved_children=self.either((), ("乡",)),
            parent_approved="" if track.state is TrackState.COLLECTING else "本领域",
        )

    def objection_facts(self, thing: Thing, common: dict[str, Any]) -> ObjectionFacts:
        world = self.world
        notice = world.notices[-1] if world.notices else None
        return ObjectionFacts(
            **common,
            target=Target(
                domain=thing.domain, regions=REGIONS, unit="U1", public=True, under_objection=True, on_paper=True
            ),
            received_at=world.now,
            notice=notice,
            text=self.either("有误", ""),
            objector="某人",
            real_name=self.either(True, False),
            scan_hash="scan",
            concerns_notice=True,
            grounds=self.either({"数据有误": "已核"}, {"数据有误": ""}),
            refusal=self.dice.choice([*Refusal, None]),
            next_door=self.either("信访", ""),
            changes_list=thing.changes_list,
            remedy=self.either("已改", ""),
            answer_sent=self.either(True, False),
        )

    def incentive_facts(self, thing: Thing, common: dict[str, Any]) -> IncentiveFacts:
        return IncentiveFacts(
            **common,
            target=Target(
                domain=thing.domain,
                regions=REGIONS,
                unit="U1",
                agency="税务",
                has_account=self.dice.choice([True, False]),
            ),
            measure=self.either("措施", ""),
            title_stands=self.world.round.state is RoundState.PUBLISHED and self.dice.random() < 0.9,
            places_left=self.world.places,
            excluded_by=self.either((), ("别的",)),
            over_ceiling=(),
            expires_at=self.world.now + timedelta(days=self.either(1, -1)),
            evidence_hash=self.either("e", ""),
        )

    # --- what follows -----------------------------------------------------------------------------------------------

    def move(self, thing: Thing, edge: Edge, facts: Facts, actor: Actor, decision: Decision) -> None:
        world = self.world
        before, after = thing.state, edge.target(thing.state)
        assert (str(before or "-"), str(after)) in LEGAL[thing.machine], f"{edge.id}: {before} → {after}"
        proposal = thing.proposals.pop(edge.id, None)
        self.watch_persons(thing, edge, actor, proposal)
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
        self.watch_world(thing, edge)

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

    # --- what must never happen -------------------------------------------------------------------------------------

    def watch_answer(self, edge: Edge, decision: Decision) -> None:
        if decision.allowed:
            assert decision.reasons == ()
            return
        self.denied += 1
        assert decision.reasons, f"{edge.id} is denied without a reason"
        assert all(one.message.endswith("。") and one.mend.endswith("。") for one in decision.reasons), decision.reasons
        assert set(decision.effects) <= {Effect.ALERT}

    def watch_persons(self, thing: Thing, edge: Edge, actor: Actor, proposal: Proposal | None) -> None:
        if edge.automatic:
            return
        assert not NEVER.intersection(held.role for held in actor.grants), f"{edge.id} by a never role"
        if proposal:
            assert proposal.person != actor.person, f"{edge.id}: one person proposed and did it"
        pairs = {
            "R2": [Act.ROUND_DRAFTED],
            "T6": [Act.EVALUATED],
            "T8": [Act.LIST_DRAFTED],
            "T8a": [Act.LIST_DRAFTED],
            "T9": [Act.LIST_DRAFTED],
            "T10": [Act.SIGNED],
            "T2": [Act.PLAN_DRAFTED],
            "T15": [Act.PLAN_DRAFTED],
            "R10": [Act.NOTICE_OPENED, Act.NOTICE_DRAFTED],
            "O4u": [Act.ADMITTED],
            "O4p": [Act.ADMITTED],
            "O4r": [Act.ADMITTED],
        }
        for act in pairs.get(edge.id, []):
            assert thing.done[act], f"{edge.id}: nobody did {act}"
            assert actor.person not in thing.done[act], f"{edge.id}: {act} by the same person"
        if edge.id in (
            "R5",
            "R6",
            "R6r",
            "R7",
            "R8",
            "RC",
            "RX1",
            "RX2",
            "T7a",
            "T10",
            "T11",
            "T13",
            "T14",
            "I1",
            "R7e",
            "T14x",
        ):
            assert proposal, f"{edge.id} by one person"

    def watch_world(self, thing: Thing, edge: Edge) -> None:
        world = self.world
        for track in world.tracks:
            assert track.frozen in (0, 1), "two frozen runs in one domain and round"
            if track.state in LISTED:
                assert track.frozen == 1, f"{edge.id}: a list without a frozen run"
            if track.state in (TrackState.COLLECTING, TrackState.LOCKED, TrackState.PLAN_ISSUED):
                assert track.frozen == 0, f"{edge.id}: unlocked, and the run still counts"
                assert track.signed_hash == "", f"{edge.id}: unlocked, and the list still counts"
            if track.state in (TrackState.SUBMITTED, TrackState.ACCEPTED):
                assert track.signed_hash == track.list_hash
        if world.round.state in TOGETHER:
            states = [track.state for track in world.tracks if track.state]
            assert states
            assert set(states) == {TrackState.ACCEPTED}, f"{edge.id}: decided upon without all"
        if edge.id == "R10":
            assert world.list_hash == world.decided_hash == world.notices[-1].list_hash, (
                "published what was not decided"
            )
            assert all(world.now > one.ends_at for one in world.notices), "published while the notice ran"
            assert world.names <= frozenset().union(*(one.names for one in world.notices)), "published without notice"
            assert not world.open_objections(), "published over an open objection"
            assert not world.pending, "published over an upheld objection"
        if edge.id == "R7":
            notice = world.notices[-1]
            assert notice.list_hash == world.decided_hash == world.list_hash
            assert notice.ends_at - notice.opened_at > timedelta(days=5), "a notice too short"
        assert world.places >= 0, "more places than there are"
