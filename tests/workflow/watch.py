"""What must never happen, asked of the world and the persons, not of the guards."""

from __future__ import annotations

from datetime import timedelta

from mujun.workflow import Act, Actor, Decision, Edge, Effect, Role
from mujun.workflow.facts import Proposal
from mujun.workflow.states import RoundState, TrackState
from tests.workflow.world import Thing, World

NEVER = {Role.SA, Role.SE, Role.AU}
LISTED = {TrackState.LIST_DRAFT, TrackState.ADOPTED, TrackState.SIGNED, TrackState.SUBMITTED, TrackState.ACCEPTED}
TOGETHER = {RoundState.REVIEW, RoundState.DECIDED, RoundState.NOTICE, RoundState.PUBLISHED}

PAIRS = {
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
"""Acts that somebody else than who takes the edge must have done."""
BY_TWO = {"R5", "R6", "R6r", "R7", "R8", "RC", "RX1", "RX2", "T7a", "T10", "T11", "T13", "T14", "I1", "R7e", "T14x"}
"""Edges that one proposes and another confirms."""


def watch_answer(edge: Edge, decision: Decision) -> None:
    """An answer allows without a reason against, or denies with all of them."""
    if decision.allowed:
        assert decision.reasons == ()
        return
    assert decision.reasons, f"{edge.id} is denied without a reason"
    assert all(one.message.endswith("。") and one.mend.endswith("。") for one in decision.reasons), decision.reasons
    assert set(decision.effects) <= {Effect.ALERT}


def watch_persons(thing: Thing, edge: Edge, actor: Actor, proposal: Proposal | None) -> None:
    if edge.automatic:
        return
    assert not NEVER.intersection(held.role for held in actor.grants), f"{edge.id} by a never role"
    if proposal:
        assert proposal.person != actor.person, f"{edge.id}: one person proposed and did it"
    for act in PAIRS.get(edge.id, []):
        assert thing.done[act], f"{edge.id}: nobody did {act}"
        assert actor.person not in thing.done[act], f"{edge.id}: {act} by the same person"
    if edge.id in BY_TWO:
        assert proposal, f"{edge.id} by one person"


def watch_world(world: World, edge: Edge) -> None:
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
        assert world.list_hash == world.decided_hash == world.notices[-1].list_hash, "published what was not decided"
        assert all(world.now > one.ends_at for one in world.notices), "published while the notice ran"
        assert world.names <= frozenset().union(*(one.names for one in world.notices)), "published without notice"
        assert not world.open_objections(), "published over an open objection"
        assert not world.pending, "published over an upheld objection"
    if edge.id == "R7":
        notice = world.notices[-1]
        assert notice.list_hash == world.decided_hash == world.list_hash
        assert notice.ends_at - notice.opened_at > timedelta(days=5), "a notice too short"
    assert world.places >= 0, "more places than there are"
