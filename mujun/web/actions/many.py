"""One step of many sets of values at once, all or none: every one is decided, one event names how many.

The guarantees are those of `step.take`: under the write lock, each from the state and version that was read, in one
transaction. Which units they were is kept under a hash that the event names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from mujun.findings import Finding
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused, Stale
from mujun.web.actions.step import Form, carry_out
from mujun.web.doer import Doer
from mujun.web.evidence import keep_json
from mujun.web.models import ActDone, Track, ValueSet
from mujun.web.programme import edge as edge_of
from mujun.web.queries.facts.values import facts_of_sets, in_portions
from mujun.workflow import Decision, Edge, decide
from mujun.workflow.decision import Answer, listed, reason

_MOST_REASONS = 50


@transaction.atomic
def take_many(
    name: str,
    wanted: QuerySet[ValueSet],
    form: Form | None = None,
    *,
    track: Track,
    by: Doer | None,
    now: datetime,
    about: str = "",
) -> list[ValueSet]:
    """Those of the track that are wanted take the edge; the sets as they are now. Raises Refused with every reason."""
    edge, form = edge_of(name), dict(form or {})
    rows = list(wanted.filter(track=track).order_by("pk"))
    for row in rows:
        row.track = track
    if not rows:
        return []
    decision = decide_all(edge, rows, form, track=track, by=by, now=now, about=about)
    before = Counter(row.state for row in rows)
    _move(rows, edge)
    if edge.records is not None and by is not None and by.person is not None:
        _remember(rows, edge.records.value, edge, by=by, now=now)
    carry_out(name, rows, form, decision=decision, by=by, now=now)
    _record(edge, rows, form, dict(before), track=track, by=by, now=now, about=about)
    return rows


@transaction.atomic
def begin_many(
    name: str,
    rows: Sequence[ValueSet],
    form: Form | None = None,
    *,
    track: Track,
    by: Doer | None,
    now: datetime,
    about: str = "",
) -> Sequence[ValueSet]:
    """Sets that are not there yet come into being by an edge from nothing."""
    edge, form = edge_of(name), dict(form or {})
    if not rows:
        return []
    decision = decide_all(edge, rows, form, track=track, by=by, now=now, about=about)
    assert edge.to is not None
    for row in rows:
        row.state, row.version = edge.to.value, 0
    ValueSet.objects.bulk_create(rows, batch_size=500)
    carry_out(name, rows, form, decision=decision, by=by, now=now)
    _record(edge, rows, form, {"": len(rows)}, track=track, by=by, now=now, about=about)
    return rows


def decide_all(
    edge: Edge,
    rows: Sequence[ValueSet],
    form: Form,
    *,
    track: Track,
    by: Doer | None,
    now: datetime,
    about: str = "",
) -> Decision:
    """One answer for all: raises Refused unless each of them may."""
    actor = by.actor if by is not None else None
    decisions = [decide(edge, facts, actor, now) for facts in facts_of_sets(rows, edge, form, now)]
    against = [(row, one) for row, one in zip(rows, decisions, strict=True) if not one.allowed]
    if against:
        raise Refused(edge.id, edge.label, _joined(against, len(rows)), track.subject, about or str(track))
    return decisions[0]


def _joined(against: Sequence[tuple[ValueSet, Decision]], every: int) -> Decision:
    """Every reason once, with the names of those it stands against unless it is everybody."""
    whose: dict[Finding, list[str]] = defaultdict(list)
    for row, decision in against:
        for one in decision.reasons:
            whose[one].append(row.name)
    first = next((one for _, one in against if one.answer is Answer.NOT_FOUND), against[0][1])
    if first.answer is Answer.NOT_FOUND:
        return first
    told = []
    for one, names in list(whose.items())[:_MOST_REASONS]:
        told.append(one if len(names) == every else reason(one.code, f"{listed(names, 3)}：{one.message}", one.mend))
    return Decision(first.answer, tuple(told), (), first.effects)


def _move(rows: Sequence[ValueSet], edge: Edge) -> None:
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    targets: dict[str, str] = {}
    for row in rows:
        source = next((one for one in edge.sources if one is not None and one.value == row.state), None)
        target = edge.target(source)
        assert target is not None
        targets[row.state] = target.value
        groups[row.state, row.version].append(row.pk)
    for (state, version), keys in groups.items():
        for some in in_portions(keys):
            still = ValueSet.objects.filter(pk__in=some, state=state, version=version)
            if still.update(state=targets[state], version=version + 1) != len(some):
                raise Stale
    for row in rows:
        row.state, row.version = targets[row.state], row.version + 1


def _remember(rows: Sequence[ValueSet], act: str, edge: Edge, *, by: Doer, now: datetime) -> None:
    """Nobody who ever did it is forgotten."""
    ActDone.objects.bulk_create(
        (ActDone(subject=row.subject, act=act, person=by.somebody, at=now, edge=edge.id) for row in rows),
        batch_size=900,
    )


def _record(
    edge: Edge,
    rows: Sequence[ValueSet],
    form: Form,
    before: dict[str, int],
    *,
    track: Track,
    by: Doer | None,
    now: datetime,
    about: str,
) -> None:
    counties = Counter(row.county for row in rows)
    facts: dict[str, Any] = {
        "from": before,
        "to": rows[0].state,
        "sets": len(rows),
        "counties": dict(sorted(counties.items())),
        "units": keep_json(sorted([row.scheme, row.unit, row.version] for row in rows)),
        "form": form,
        "basis": str(edge.basis),
    }
    record_event(
        edge.id,
        edge.label,
        by=by,
        now=now,
        subject=track.subject,
        about=about or f"{track}：{len(rows)}个单位",
        facts=facts,
    )
