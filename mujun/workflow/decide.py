"""Whether an edge may be taken: allowed, or every reason against it, and what follows. Pure and total.

The web application gathers the facts, asks, and writes what it is told in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from mujun.findings import Finding
from mujun.workflow.actor import Actor, Role
from mujun.workflow.acts import Act, Effect
from mujun.workflow.decision import Answer, Decision, judged, listed, reason
from mujun.workflow.effects import follow
from mujun.workflow.facts import Facts
from mujun.workflow.guard import Circumstance
from mujun.workflow.matrix import Access
from mujun.workflow.model import FACTS, Edge
from mujun.workflow.permissions import second_person, stand
from mujun.workflow.values_facts import ValuesFacts


def decide(edge: Edge, facts: Facts, actor: Actor | None, now: datetime) -> Decision:
    """Whether the actor may take the edge now. On an edge of two persons he is the second of them.

    `actor` None is the system itself, which takes automatic edges and no others.
    """
    found: list[Finding] = []
    if not edge.automatic:
        standing = _standing(edge, facts, actor, now, edge.who, edge.access)
        if standing.answer is Answer.NOT_FOUND or Effect.ALERT in standing.effects:
            return standing
        found += [*standing.reasons, *_second_person(edge, facts, actor)]
    found += _circumstances(edge, facts, actor, now)
    return judged(found, follow(edge.effects, facts))


def propose(edge: Edge, facts: Facts, actor: Actor, now: datetime) -> Decision:
    """Whether the actor may propose that the edge be taken. Nothing moves until a second person does it."""
    if not edge.proposed_by:
        return judged([reason("not_proposed", f"“{edge.label}”不用先提请。", "请直接办理。")])
    standing = _standing(edge, facts, actor, now, edge.proposed_by, Access.PROPOSE)
    if standing.answer is Answer.NOT_FOUND or Effect.ALERT in standing.effects:
        return standing
    found = [*standing.reasons, *_circumstances(edge, facts, actor, now, proposing=True)]
    if not facts.content:
        found.append(_no_content(edge))
    return judged(found, (Effect.RECORD_PROPOSAL,))


def _standing(
    edge: Edge, facts: Facts, actor: Actor | None, now: datetime, roles: Iterable[Role], access: Access
) -> Decision:
    if actor is None or edge.action is None:
        return judged([reason("not_automatic", f"“{edge.label}”须由人办理。", "请有权的人登录办理。")])
    return stand(actor, edge.action, facts.target, now, access, roles).decision


def _circumstances(
    edge: Edge, facts: Facts, actor: Actor | None, now: datetime, proposing: bool = False
) -> Iterator[Finding]:
    """The state, the path, and every guard: all of them, whatever the first ones say."""
    if not isinstance(facts, FACTS[edge.machine]):
        raise TypeError(f"{edge.id} is judged by {FACTS[edge.machine].__name__}, not by {type(facts).__name__}")
    if facts.state not in edge.sources:
        yield _wrong_state(edge, facts)
    if isinstance(facts, ValuesFacts) and facts.path not in edge.paths:
        yield reason("other_path", f"本领域的数据不走“{edge.label}”这一步。", "请按方案规定的步骤办理。")
    at = Circumstance(now, actor, edge.settings, proposing)
    for guard in edge.guards:
        yield from guard.ask(facts, at)


def _wrong_state(edge: Edge, facts: Facts) -> Finding:
    allowed = listed(edge.states[one].label if one is not None else "尚未建立" for one in edge.sources)
    if facts.state is None:
        return reason("wrong_state", f"还没有建立，不能“{edge.label}”。", f"须在{allowed}时办理。")
    state = edge.states[facts.state]
    mend = state.mend or ("请刷新页面，可能已有人办过。" if facts.state is edge.to else f"须在{allowed}时办理。")
    return reason("wrong_state", f"现在是“{state.label}”，不能“{edge.label}”。", mend)


def _second_person(edge: Edge, facts: Facts, actor: Actor | None) -> Iterator[Finding]:
    if edge.proposed_by:
        yield from _proposal(edge, facts, actor)
    for act in edge.differs_from:
        persons = facts.done.get(act, frozenset())
        if not persons:
            yield _nobody_yet(edge, act)
        elif actor is not None and actor.person in persons:
            yield second_person(f"“{edge.label}”和“{act.label}”")


def _proposal(edge: Edge, facts: Facts, actor: Actor | None) -> Iterator[Finding]:
    proposal = facts.proposal
    if proposal is None or proposal.edge != edge.id or not proposal.person:
        yield reason("not_proposed", f"“{edge.label}”须由两人办理，还没有人提请。", "请经办人先提请，再由负责人确认。")
        return
    if actor is not None and actor.person == proposal.person:
        yield second_person(f"“{edge.label}”的提请和确认")
    if not facts.content:
        yield _no_content(edge)
    elif proposal.content != facts.content:
        yield reason("content_changed", "提请以后内容改过，与提请时不一致。", "请经办人核对后重新提请。")


def _no_content(edge: Edge) -> Finding:
    return reason("no_content", f"“{edge.label}”的内容还没有定稿。", "请先定稿，定稿后的哈希值由系统计算。")


def _nobody_yet(edge: Edge, act: Act) -> Finding:
    return reason(
        "no_first_person", f"没有“{act.label}”的记录，无法核对“{edge.label}”是否为两人。", f"请先办“{act.label}”。"
    )
