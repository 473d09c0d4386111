"""What the facts of every machine hold: who did what before, what was proposed, and the hash of what it is about."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from mujun.digest import canonical_json, digest_bytes
from mujun.web.models import ActDone, Objection, Proposal
from mujun.web.models.rounds import Machine
from mujun.workflow import Act, Edge
from mujun.workflow.facts import Proposal as Proposed


def common(row: Machine, edge: Edge, form: dict[str, Any], about: Any = None) -> dict[str, Any]:
    """`about` is what the act rests on, such as the list's hash: if it changes, the proposal no longer fits."""
    return {
        "done": done_by(row),
        "proposal": proposed(row),
        "content": content_hash(row, edge, form, about),
        "reason": str(form.get("reason", "")),
    }


def done_by(row: Machine) -> dict[Act, frozenset[str]]:
    if row.pk is None:
        return {}
    persons: dict[Act, set[str]] = defaultdict(set)
    for act, person in ActDone.objects.filter(subject=row.subject, void=False).values_list("act", "person_id"):
        persons[Act(act)].add(str(person))
    if isinstance(row, Objection):
        persons[Act.OBJECTION_FILED].add(f"objector:{row.look_up_code}")
    return {act: frozenset(some) for act, some in persons.items()}


def proposed(row: Machine) -> Proposed | None:
    if row.pk is None:
        return None
    found = Proposal.objects.filter(subject=row.subject, closed_at=None).first()
    return None if found is None else Proposed(edge=found.edge, person=str(found.person_id), content=found.content)


def content_hash(row: Machine, edge: Edge, form: dict[str, Any], about: Any) -> str:
    if not edge.proposed_by:
        return ""
    content = {"edge": edge.id, "subject": row.subject, "version": row.version, "form": form, "about": about}
    return digest_bytes(canonical_json(content)).sha256


def when(value: Any) -> datetime | None:
    """A moment from a form's ISO text."""
    return datetime.fromisoformat(value) if isinstance(value, str) and value else value or None
