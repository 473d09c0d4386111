"""The facts of an objection."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujun.web.models import Item, Objection, PublicNotice, Track
from mujun.web.queries.compiled import item_key, item_labels
from mujun.web.queries.facts.common import common
from mujun.workflow import Edge, Target
from mujun.workflow.notice import Notice
from mujun.workflow.objection_facts import ObjectionFacts, Refusal
from mujun.workflow.states import ObjectionState, RoundState


def objection_facts(row: Objection, edge: Edge, form: dict[str, Any], now: datetime) -> ObjectionFacts:
    """Of an objection that is there, or of one about to be filed (no pk yet)."""
    made = row.pk is not None
    track = Track.objects.filter(round=row.round, domain=row.domain).first()
    grounds: dict[str, str] = (
        {one.text: form.get("answers", {}).get(str(one.pk), one.answer) for one in row.grounds.all()} if made else {}
    )
    questions = tuple(one.text for one in row.questions.filter(answered_at=None)) if made else ()
    refusal = form.get("refusal") or row.refusal
    return ObjectionFacts(
        state=ObjectionState(row.state) if made else None,
        target=_target(row, track),
        received_at=row.received_at,
        notice=_notice(row.notice),
        text=row.text,
        objector=str(row.objector_person_id or row.objector),
        real_name=row.real_name,
        scan_hash=row.scan_hash,
        duplicate_of=str(form.get("duplicate_of") or row.duplicate_of),
        concerns_notice=form.get("concerns_notice", row.concerns_notice),
        grounds=grounds,
        refusal=Refusal(refusal) if refusal else None,
        next_door=str(form.get("next_door") or row.next_door),
        open_questions=questions,
        changes_list=form.get("changes_list", row.changes_list),
        remedy=str(form.get("remedy") or row.remedy),
        answer_sent=row.answer_sent_at is not None,
        adopted_list=bool(track is not None and track.adopted),
        **common(row, edge, form),
    )


def objection_target(row: Objection) -> Target:
    """What the matrix is asked about it."""
    return _target(row, Track.objects.filter(round=row.round, domain=row.domain).first())


def _target(row: Objection, track: Track | None) -> Target:
    item = Item.objects.filter(round=row.round, domain=row.domain, key=row.key).first()
    regions = tuple(part for part in (item.county, item.city) if part) if item is not None else ()
    return Target(
        domain=row.domain,
        regions=regions,
        unit=row.key,
        desk=track.lead_agency if track is not None else "",
        public=row.pk is None or row.state in (ObjectionState.FILED, ObjectionState.ADMITTED),
        under_objection=True,
        on_paper=row.on_paper,
        round_state=RoundState(row.round.state),
    )


def _notice(notice: PublicNotice | None) -> Notice | None:
    if notice is None:
        return None
    items = list(Item.objects.filter(round=notice.round))
    labels = item_labels(notice.round, items)
    known = {item_key(one) for one in items}
    return Notice(
        list_hash=notice.list_hash,
        names=frozenset(labels[key] for key in notice.names if key in known),
        opened_at=notice.opens_at,
        ends_at=notice.ends_at,
        contact=notice.contact,
        ways=notice.ways,
        basis=notice.basis,
    )
