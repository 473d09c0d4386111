"""What somebody may do now with a thing, and what stands in the way. Decides nothing: `decide` does."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mujun.findings import Finding
from mujun.workflow.actor import Actor
from mujun.workflow.decide import decide, propose
from mujun.workflow.decision import Answer, Decision
from mujun.workflow.facts import Facts
from mujun.workflow.guard import Circumstance
from mujun.workflow.matrix import Access
from mujun.workflow.model import Edge, Machine
from mujun.workflow.permissions import stand
from mujun.workflow.values_facts import ValuesFacts

_NOT_HIS = {"not_granted", "never_business", "no_person"}


@frozen
class Option:
    """One step, taken (DO) or put before a second person (PROPOSE). `leaves`: from the present state; `his`: one of his
    roles is asked for. Of the reasons against it, `to_fill_in` are mended by the form of the step itself, `in_the_way`
    are not.
    """

    edge: Edge
    access: Access
    decision: Decision
    leaves: bool
    his: bool
    to_fill_in: tuple[Finding, ...]
    in_the_way: tuple[Finding, ...]

    @property
    def at_hand(self) -> bool:
        """Whether a button may be shown: it is his, here, and wants nothing but the form filled in."""
        return self.leaves and self.his and not self.in_the_way


def options(machine: Machine, facts: Facts, actor: Actor, now: datetime) -> tuple[Option, ...]:
    """Every step of the machine that a person takes, in the order of the file; one that takes two comes as two."""
    return tuple(one for edge in machine.edges for one in ways(edge, facts, actor, now))


def ways(edge: Edge, facts: Facts, actor: Actor, now: datetime) -> tuple[Option, ...]:
    """The same of one edge, for a caller who gathers the facts edge by edge. Nothing where no person takes it."""
    if edge.automatic or (isinstance(facts, ValuesFacts) and facts.path not in edge.paths):
        return ()
    taken = _option(edge, Access.DO, decide(edge, facts, actor, now), facts, actor, now)
    if not edge.proposed_by:
        return (taken,)
    return (_option(edge, Access.PROPOSE, propose(edge, facts, actor, now), facts, actor, now), taken)


def due(machine: Machine, facts: Facts, now: datetime) -> tuple[Edge, ...]:
    """The steps that now follow by themselves: 视同确认, 到期."""
    return tuple(edge for edge in machine.edges if edge.automatic and decide(edge, facts, None, now).allowed)


def _option(edge: Edge, access: Access, decision: Decision, facts: Facts, actor: Actor, now: datetime) -> Option:
    at = Circumstance(now, actor, edge.settings, access is Access.PROPOSE)
    typed = [one for guard in edge.guards if guard.typed for one in guard.ask(facts, at)]
    filled = [
        one for one in decision.reasons if one in typed or (access is Access.PROPOSE and one.code == "no_content")
    ]
    in_the_way = tuple(one for one in decision.reasons if one not in filled)
    his = _is_his(edge, access, facts, actor, now)
    return Option(edge, access, decision, facts.state in edge.sources, his, tuple(filled), in_the_way)


def _is_his(edge: Edge, access: Access, facts: Facts, actor: Actor, now: datetime) -> bool:
    if edge.action is None:
        return False
    roles, wanted = (edge.proposed_by, access) if access is Access.PROPOSE else (edge.who, edge.access)
    standing = stand(actor, edge.action, facts.target, now, wanted, roles).decision
    return standing.answer is not Answer.NOT_FOUND and _NOT_HIS.isdisjoint(one.code for one in standing.reasons)
