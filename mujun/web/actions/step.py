"""One step of a machine: ask the core, move, remember who, record it. All in one transaction, or nothing.

`take` and `propose` are the only ways a state changes. What a step means beyond its state is done by the function that
`carries_out` registered for its edge, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from mujun.web.actions.record import DONE, PROPOSED, record_event
from mujun.web.actions.refused import Refused, Stale
from mujun.web.doer import Doer
from mujun.web.models import ActDone, Proposal
from mujun.web.models.rounds import Machine
from mujun.web.programme import edge as edge_of
from mujun.web.queries.facts import facts_of
from mujun.workflow import Decision, Edge, decide
from mujun.workflow import propose as may_propose

Form = dict[str, Any]
CarryOut = Callable[..., None]
Carries = TypeVar("Carries", bound=CarryOut)
_CARRY_OUT: dict[str, CarryOut] = {}
_CARRY_OUT_ALL: dict[str, CarryOut] = {}


def carries_out(*edges: str) -> Callable[[Carries], Carries]:
    """Register what an edge does besides moving. Gets the row, the form, and by whom, when, decided how."""

    def register(function: Carries) -> Carries:
        for name in edges:
            if name in _CARRY_OUT:
                raise ValueError(f"two functions carry out {name}")
            _CARRY_OUT[name] = function
        return function

    return register


def carried_out() -> set[str]:
    """The edges that mean more than a new state."""
    return set(_CARRY_OUT) | set(_CARRY_OUT_ALL)


def carries_out_all(*edges: str) -> Callable[[Carries], Carries]:
    """The same for edges that many rows take at once (`many.take_many`): it gets all rows, or the one."""

    def register(function: Carries) -> Carries:
        for name in edges:
            if name in _CARRY_OUT_ALL or name in _CARRY_OUT:
                raise ValueError(f"two functions carry out {name}")
            _CARRY_OUT_ALL[name] = function
        return function

    return register


def carry_out(
    name: str, rows: Sequence[Machine], form: Form, *, decision: Decision, by: Doer | None, now: datetime
) -> None:
    """What was registered for the edge."""
    if name in _CARRY_OUT_ALL:
        _CARRY_OUT_ALL[name](rows, form, decision=decision, by=by, now=now)
    elif name in _CARRY_OUT:
        for row in rows:
            _CARRY_OUT[name](row, form, decision=decision, by=by, now=now)


@transaction.atomic
def take(name: str, row: Machine, form: Form | None = None, *, by: Doer | None, now: datetime) -> Decision:
    """Take the edge. On an edge of two persons this is the second, and the form is what the first proposed.

    Raises Refused with every reason, Stale when somebody else was faster. `row` is brought up to date.
    """
    edge = edge_of(name)
    lock(row)
    proposal = open_proposal(row)
    if edge.proposed_by:
        form = proposal.form if proposal is not None and proposal.edge == name else {}
    form = dict(form or {})
    facts = facts_of(row, edge, form, now)
    decision = decide(edge, facts, by.actor if by else None, now)
    if not decision.allowed:
        raise Refused(name, edge.label, decision, row.subject, str(row))
    before = row.state
    move(row, edge)
    if proposal is not None and (edge.proposed_by or row.state != before):
        proposal.closed_at = now
        proposal.confirmed_by = by.person if by is not None and edge.proposed_by else None
        proposal.save(update_fields=["closed_at", "confirmed_by"])
    if edge.records is not None and by is not None and by.person is not None:
        remember(row, edge.records.value, name, by=by, now=now)
    carry_out(name, [row], form, decision=decision, by=by, now=now)
    record_event(
        name,
        edge.label,
        by=by,
        now=now,
        subject=row.subject,
        about=str(row),
        outcome=DONE,
        facts={
            "from": before,
            "to": row.state,
            "version": row.version,
            "form": form,
            "content": facts.content,
            "notes": [one.message for one in decision.notes],
            "basis": str(edge.basis),
        },
    )
    return decision


@transaction.atomic
def propose(name: str, row: Machine, form: Form | None = None, *, by: Doer, now: datetime) -> Proposal:
    """One person's half of an edge of two. A new proposal takes the place of an open one."""
    edge = edge_of(name)
    lock(row)
    form = dict(form or {})
    facts = facts_of(row, edge, form, now)
    decision = may_propose(edge, facts, by.actor, now)
    if not decision.allowed:
        raise Refused(name, edge.label, decision, row.subject, str(row))
    Proposal.objects.filter(subject=row.subject, closed_at=None).update(closed_at=now)
    proposal = Proposal.objects.create(
        subject=row.subject,
        edge=name,
        content=facts.content,
        form=form,
        reason=facts.reason,
        person=by.somebody,
        at=now,
    )
    if edge.proposal_records is not None:
        remember(row, edge.proposal_records.value, name, by=by, now=now)
    record_event(
        name,
        proposing(edge),
        by=by,
        now=now,
        subject=row.subject,
        about=str(row),
        outcome=PROPOSED,
        facts={"form": form, "content": facts.content, "basis": str(edge.basis)},
    )
    return proposal


def proposing(edge: Edge) -> str:
    """What the first of two does: 提请审定 is said once, whether the edge is called 审定 or 提请审定 itself."""
    return edge.label if edge.label.startswith("提请") else f"提请{edge.label}"


def begin(name: str, row: Machine, form: Form | None = None, *, by: Doer | None, now: datetime) -> Decision:
    """Take an edge that makes the thing: it is decided first, and saved only if allowed."""
    edge = edge_of(name)
    with transaction.atomic():
        facts = facts_of(row, edge, dict(form or {}), now)
        decision = decide(edge, facts, by.actor if by else None, now)
        if not decision.allowed:
            raise Refused(name, edge.label, decision, "", str(row))
        assert edge.to is not None
        row.state, row.version = edge.to.value, 0
        row.save(force_insert=True)
        if edge.records is not None and by is not None and by.person is not None:
            remember(row, edge.records.value, name, by=by, now=now)
        carry_out(name, [row], dict(form or {}), decision=decision, by=by, now=now)
        record_event(
            name,
            edge.label,
            by=by,
            now=now,
            subject=row.subject,
            about=str(row),
            facts={"from": "", "to": row.state, "form": form or {}, "basis": str(edge.basis)},
        )
    return decision


def lock(row: Machine) -> None:
    """Read it anew under the write lock that the transaction holds."""
    if row.pk is not None:
        row.refresh_from_db()


def move(row: Machine, edge: Edge) -> None:
    """From the state and version that were read to the next; raises Stale if they are no longer there."""
    source = next((one for one in edge.sources if one is not None and one.value == row.state), None)
    target = edge.target(source)
    assert target is not None
    kind: type[Model] = type(row)
    moved = kind._default_manager.filter(pk=row.pk, state=row.state, version=row.version).update(
        state=target.value, version=row.version + 1
    )
    if moved != 1:
        raise Stale
    row.state, row.version = target.value, row.version + 1


def remember(row: Machine, act: str, edge: str, *, by: Doer, now: datetime) -> None:
    """Who did it, for the act that must be another's. Nobody who ever did it is forgotten."""
    ActDone.objects.create(subject=row.subject, act=act, person=by.somebody, at=now, edge=edge)


def forget(row: Machine, *acts: str) -> None:
    """What was void with what it rested on."""
    ActDone.objects.filter(subject=row.subject, act__in=acts, void=False).update(void=True)


def open_proposal(row: Machine) -> Proposal | None:
    return Proposal.objects.filter(subject=row.subject, closed_at=None).select_related("person").first()
