"""What a person may do with a row now: each edge that is his, with what still stands against it. Writes nothing."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mujun.findings import Finding
from mujun.web.actions.step import open_proposal, proposing
from mujun.web.doer import Doer
from mujun.web.forms.base import FORMS, ROOM_ANSWERS, WITHOUT_PAGE
from mujun.web.models.rounds import Machine
from mujun.web.programme import workflow
from mujun.web.queries.facts import facts_of
from mujun.web.queries.remembered import remembering
from mujun.workflow import Decision, Edge, decide, propose

DO, PROPOSE, CONFIRM = "do", "propose", "confirm"
_NOT_HIS = frozenset(
    {
        "not_granted",
        "wrong_state",
        "other_path",
        "adopted_domain",
        "computed_domain",
        "no_person",
        "has_account",
        "not_unlocked",
    }
)
"""Reasons that make an edge somebody else's, or none at all here."""


@frozen
class Option:
    """`how`: alone, as the first of two, or as the second. `against`: what the form itself does not answer.
    `in_room`: what stands against it until the work in its room is done, by him.
    """

    edge: Edge
    how: str
    against: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    in_room: tuple[Finding, ...] = ()

    @property
    def label(self) -> str:
        return said_as(self.edge, self.how)

    @property
    def ready(self) -> bool:
        return not self.against

    @property
    def forward(self) -> bool:
        """Towards publication. What sends back, extends, corrects or cancels is not the act of the day."""
        return self.how == CONFIRM or self.edge.id not in _BACK


_BACK = frozenset(
    {"RC", "R6r", "T11", "T13", "T14", "T15", "V10", "V11", "V11u", "V12", "O7", "R7e", "RX1", "RX2", "T14x"}
)


def said_as(edge: Edge, how: str) -> str:
    """What the button says: the act itself, its proposal, or its confirmation."""
    return {DO: edge.label, PROPOSE: proposing(edge), CONFIRM: f"确认{edge.label}"}[how]


def options(row: Machine, doer: Doer, now: datetime) -> list[Option]:
    """In the order of workflow.yaml; edges of other states, and of other people's, are not among them."""
    with remembering():
        return [one for edge in workflow().machines[row.machine].edges for one in ways_of(edge, row, doer, now)]


def ways_of(edge: Edge, row: Machine, doer: Doer, now: datetime) -> list[Option]:
    """Of one edge: to do it alone, to propose it, to confirm what was proposed; none if it is not his, or not now."""
    if (
        edge.automatic
        or edge.id in WITHOUT_PAGE
        or row.state not in {one.value for one in edge.sources if one is not None}
    ):
        return []
    if not any(role in doer.roles for role in (*edge.who, *edge.proposed_by)):
        return []
    return _of_edge(edge, row, doer, now)


def _of_edge(edge: Edge, row: Machine, doer: Doer, now: datetime) -> list[Option]:
    facts = facts_of(row, edge, {}, now)
    if not edge.proposed_by:
        return _if_his(edge, DO, decide(edge, facts, doer.actor, now), doer)
    found = []
    if any(role in doer.roles for role in edge.proposed_by):
        found += _if_his(edge, PROPOSE, propose(edge, facts, doer.actor, now), doer)
    open_one = facts.proposal
    if open_one is not None and open_one.edge == edge.id and any(role in doer.roles for role in edge.who):
        proposal = open_proposal(row)
        again = facts_of(row, edge, proposal.form if proposal is not None else {}, now)
        found += _if_his(edge, CONFIRM, decide(edge, again, doer.actor, now), doer)
    return found


def _if_his(edge: Edge, how: str, decision: Decision, doer: Doer) -> list[Option]:
    if decision.answer.value == "not_found" or any(one.code in _NOT_HIS for one in decision.reasons):
        return []
    form = FORMS.get(edge.id)
    answered = form.answers if form is not None and how != CONFIRM else frozenset()
    against = [one for one in decision.reasons if one.code not in answered]
    room = ROOM_ANSWERS.get(edge.id, frozenset()) if how != CONFIRM else frozenset()
    in_room = tuple(one for one in against if one.code in room)
    return [Option(edge, how, tuple(one for one in against if one not in in_room), decision.notes, in_room)]
