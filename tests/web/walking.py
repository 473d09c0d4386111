"""A walker upon the real database: people try steps and acts at random; now and then somebody does the next one.

What must hold is asked of the tables after every attempt, not of the guards. Knows the edges' forms, no rule.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused, Stale
from mujun.web.actions.step import propose, take
from mujun.web.actions.values.bring_in import NotBroughtIn
from mujun.web.doer import Doer
from mujun.web.forms.base import WITHOUT_PAGE
from mujun.web.living.people import demo_doer
from mujun.web.living.round import BEGUN
from mujun.web.models import ActDone, AuditEvent, Objection, Proposal, Round, Track, ValueSet
from mujun.web.models.rounds import Machine
from mujun.web.programme import workflow
from mujun.workflow import Edge
from tests.web.forward import SHORT, Forward
from tests.workflow.legal import LEGAL
from tests.workflow.walk import BACKWARDS
from tests.workflow.watch import BY_TWO, NEVER, PAIRS

Rows = dict[str, list[tuple[Any, ...]]]
States = dict[str, tuple[str, int]]
_RECORD = "mujunweb_auditevent"
_AFTERWARDS = 40
"""Attempts upon a list that is issued."""


class Walker:
    """`steps` attempts from an empty database on, fewer once the list is issued; AssertionError at a wrong one."""

    def __init__(self, seed: int, county: Path) -> None:
        self.dice = random.Random(seed)
        self.now = BEGUN
        self.forward = Forward(self.dice, county)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.reached: set[str] = set()
        self.tried = 0

    def walk(self, steps: int) -> None:
        over = 0
        for number in range(steps):
            over += Round.objects.filter(state="PUBLISHED").exists()
            if over > _AFTERWARDS:
                break
            self.tried = number + 1
            self.now += timedelta(minutes=self.dice.randrange(1, 90))
            self.forward.now = self.now
            if self.dice.random() < 0.45:
                self.attempt(*self.forward.next())
                self.now = max(self.now, self.forward.now)
            else:
                self.attempt(*self.at_random())

    def at_random(self) -> tuple[str, Doer | None, Callable[[], object]]:
        """Anybody, any step of anything; most of the time one that is possible in its state."""
        rows: list[Machine] = [
            *Round.objects.all(),
            *Track.objects.select_related("round"),
            *ValueSet.objects.select_related("track__round"),
            *Objection.objects.select_related("round"),
        ]
        if not rows:
            return self.forward.next()
        if self.dice.random() < 0.15:
            return self.forward.any_act(self.somebody())
        machine = self.dice.choice(sorted({one.machine for one in rows}))
        row = self.dice.choice([one for one in rows if one.machine == machine])
        edges = [one for one in workflow().machines[machine].edges if None not in one.sources or len(one.sources) > 1]
        edges = [one for one in edges if one.id not in WITHOUT_PAGE]
        if self.dice.random() < 0.8:
            edges = [one for one in edges if row.state in [str(state) for state in one.sources]] or edges
        edge = self.dice.choice(edges)
        asks = bool(edge.proposed_by) and self.dice.random() < 0.5
        if edge.id in BACKWARDS and not asks and self.dice.random() < 0.9:
            edge = self.dice.choice([one for one in edges if one.id not in BACKWARDS] or edges)
        form = self.forward.form(edge.id, row) if self.dice.random() < 0.7 else {}
        roles = edge.proposed_by if asks else edge.who
        able = [one for one in self.people() if one.holds(*(role.value for role in roles))]
        by = None if edge.automatic else self.dice.choice(able if able and self.dice.random() < 0.6 else self.people())
        if asks and by is not None:
            who = by
            return f"+{edge.id}", by, lambda: propose(edge.id, row, form, by=who, now=self.now)
        return edge.id, by, lambda: take(edge.id, row, form, by=by, now=self.now)

    def people(self) -> list[Doer]:
        return [demo_doer(login, self.now, fresh=self.dice.random() < 0.9) for login in self.forward.logins()]

    def somebody(self) -> Doer:
        return self.dice.choice(self.people())

    def attempt(self, name: str, by: Doer | None, act: Callable[[], object]) -> None:
        if name == SHORT:
            act()
            return
        before, states, acts = rows_of_tables(), states_of_all(), acts_done()
        open_ones = {one.subject: one for one in Proposal.objects.filter(closed_at=None)}
        last = AuditEvent.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        try:
            act()
        except NotBroughtIn:
            assert rows_of_tables() == before, f"{name}: not brought in, and something changed"
        except Refused as refused:
            self.refused[name] += 1
            self.watch_refusal(name, refused, before, last, by)
        except Stale:
            assert rows_of_tables() == before, f"{name}: overtaken, and something changed"
        else:
            self.done[name] += 1
            self.watch(name, by, states, acts, open_ones, list(AuditEvent.objects.filter(seq__gt=last)))

    def watch_refusal(self, name: str, refused: Refused, before: Rows, last: int, by: Doer | None) -> None:
        """Reasons, each with a mend; nothing changed; and then one entry in the record, and nothing else."""
        assert refused.reasons, f"{name}: refused without a reason"
        assert all(one.message and one.mend for one in refused.reasons), f"{name}: {refused.reasons}"
        assert rows_of_tables() == before, f"{name}: refused, and something changed"
        record_refusal(refused, by=by or demo_doer("a", self.now), now=self.now)
        assert rows_of_tables(but=_RECORD) == {table: rows for table, rows in before.items() if table != _RECORD}
        assert [one.seq for one in AuditEvent.objects.filter(seq__gt=last)] == [last + 1]

    def watch(
        self,
        name: str,
        by: Doer | None,
        before: States,
        acts: set[tuple[str, str, int]],
        open_ones: dict[str, Proposal],
        events: list[AuditEvent],
    ) -> None:
        """Every change of a state is a legal edge, one version, one event; no person did both halves."""
        after = states_of_all()
        assert events, f"{name} left no entry in the record"
        if by is not None:
            assert not any(role in NEVER for role in by.roles), f"{name} by a never role"
        edges = {one.id: one for one in workflow().edges}
        singly = [one for one in events if one.act in edges and isinstance(one.facts.get("from"), str)]
        together = [one for one in events if one.act in edges and isinstance(one.facts.get("from"), dict)]
        told: dict[str, list[tuple[str, str]]] = {}
        for one in singly:
            told.setdefault(one.subject, []).append((one.facts["from"], one.facts["to"]))
            assert (one.facts["from"] or "-", one.facts["to"]) in LEGAL[one.subject.split(":")[0]], one.facts
            self._persons(edges[one.act], one, acts, open_ones)
            self.reached.add(f"{one.subject.split(':')[0]}:{one.facts['to']}")
        for subject, (state, version) in after.items():
            old = before.get(subject)
            ways = told.get(subject, [])
            if old is None:
                assert version == len(ways) - 1 if ways else together, f"{name}: {subject} came to be untold"
                continue
            if old == (state, version):
                assert not ways, f"{name}: {subject} told to have moved, and did not"
                continue
            assert (old[0], state) in LEGAL[subject.split(":")[0]] or len(ways) > 1, f"{name}: {old} → {state}"
            if ways:
                assert (ways[0][0], ways[-1][1], version) == (old[0], state, old[1] + len(ways)), f"{name}: {subject}"
            else:
                assert together, f"{name}: {subject} moved untold"
                assert 1 <= version - old[1] <= len(together), f"{name}: {subject} by {version - old[1]} versions"
        assert set(before) <= set(after)

    def _persons(
        self, edge: Edge, event: AuditEvent, acts: set[tuple[str, str, int]], open_ones: dict[str, Proposal]
    ) -> None:
        for act in PAIRS.get(edge.id, []):
            did = {str(person) for subject, kind, person in acts if (subject, kind) == (event.subject, act.value)}
            assert did, f"{edge.id}: nobody did {act}"
            assert event.person not in did, f"{edge.id}: {act} by the same person"
        if edge.id in BY_TWO:
            first = open_ones.get(event.subject)
            assert first is not None, f"{edge.id} by one person"
            assert first.edge == edge.id, f"{edge.id} upon a proposal of {first.edge}"
            assert str(first.person_id) != event.person, f"{edge.id} proposed and confirmed by one person"


def rows_of_tables(but: str = "") -> Rows:
    """All there is, table by table."""
    tables = [one._meta.db_table for one in apps.get_app_config("mujunweb").get_models()]
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            if table != but:
                order = "seq" if table == _RECORD else "1"
                cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")
                found[table] = cursor.fetchall()
    return found


def states_of_all() -> States:
    return {
        f"{kind.machine}:{pk}": (state, version)
        for kind in (Round, Track, ValueSet, Objection)
        for pk, state, version in kind.objects.values_list("pk", "state", "version")
    }


def acts_done() -> set[tuple[str, str, int]]:
    return set(ActDone.objects.filter(void=False).values_list("subject", "act", "person_id"))
