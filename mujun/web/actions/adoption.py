"""Domain ①: record the external document, explain what differs from our own ranking, adopt its list (clause 3.3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mujun.web.actions.lists import Kind, write_list
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.runs import void_list
from mujun.web.actions.step import carries_out
from mujun.web.doer import Doer
from mujun.web.models import AdoptedDocument, Proposal, Track
from mujun.web.permissions import allowed
from mujun.web.programme import edge
from mujun.web.queries.adoption import document_of, ranked_units, told_document
from mujun.web.queries.quotas import frozen_run
from mujun.workflow import Access, Decision, Target
from mujun.workflow.decision import judged, reason

_LABEL = "登记采用的文件"


@transaction.atomic
def record_document(
    *,
    track: Track,
    title: str,
    document_number: str,
    dated: date | None,
    scan_hash: str,
    keys: list[str],
    by: Doer,
    now: datetime,
) -> AdoptedDocument:
    """What was published elsewhere, as it is. Explanations of differences that still are differences stay."""
    _may_record(track, by, now)
    known = {unit.key for unit in ranked_units(track)}
    strangers = [key for key in keys if key not in known]
    if strangers or not keys:
        said = f"{'、'.join(strangers)}不在评议范围内。" if strangers else "没有选中任何县（市、区）。"
        raise Refused("record_document", _LABEL, judged([reason("not_a_unit", said, "请核对名单。")]), track.subject)
    before = document_of(track)
    values = {
        "title": title,
        "document_number": document_number,
        "dated": dated,
        "scan_hash": scan_hash or (before.scan_hash if before is not None else ""),
        "keys": keys,
        "recorded_by": by.somebody,
        "recorded_at": now,
    }
    document, _ = AdoptedDocument.objects.update_or_create(track=track, defaults=values)
    _record(track, "record_document", _LABEL, by, now)
    return document


@transaction.atomic
def explain_differences(*, track: Track, explained: dict[str, str], by: Doer, now: datetime) -> AdoptedDocument:
    """By name: why a unit is on the document's list and not among our best, or the other way round."""
    _may_record(track, by, now)
    document = AdoptedDocument.objects.get(track=track)
    document.explained = {name: why.strip() for name, why in explained.items() if why.strip()}
    document.recorded_by, document.recorded_at = by.somebody, now
    document.save(update_fields=["explained", "recorded_by", "recorded_at"])
    _record(track, "explain_differences", "说明差异", by, now)
    return document


@carries_out("T7a")
def _adopt(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    """The document must be, to the letter, what was proposed."""
    document, run = document_of(row), frozen_run(row)
    assert document is not None, "guarded by adopted_document_complete"
    assert run is not None, "guarded by frozen_run_stands"
    if form != told_document(row):
        why = reason("document_changed", "提请以后，采用的文件或差异说明改过。", "请经办人核对后重新提请。")
        raise Refused("T7a", edge("T7a").label, judged([why]), row.subject, str(row))
    units = {unit.key: unit for unit in ranked_units(row)}
    proposal = Proposal.objects.filter(subject=row.subject, edge="T7a").select_related("person").latest("pk")
    void_list(row, reason=f"{by.name}另行采用", now=now)
    write_list(row, run, [(Kind.LISTED, units[key], "") for key in document.keys], drafted_by=proposal.person, now=now)


def _may_record(track: Track, by: Doer, now: datetime) -> None:
    decision = allowed(by, "adopt_list", Target(domain=track.domain), now, Access.PROPOSE)
    if not decision.allowed:
        raise Refused("record_document", _LABEL, decision, track.subject, str(track))
    against = []
    if not track.adopted:
        against.append(
            reason("computed_domain", "本领域的名单由评价产生，不采用别处的名单。", "请用“拟定推荐名单”办理。")
        )
    if track.state not in ("FROZEN", "RETURNED"):
        against.append(reason("wrong_state", "评价定版以后、名单采用以前才能登记。", "请先定版；已采用的，须先退回。"))
    if against:
        raise Refused("record_document", _LABEL, judged(against), track.subject, str(track))


def _record(track: Track, act: str, label: str, by: Doer, now: datetime) -> None:
    record_event(act, label, by=by, now=now, subject=track.subject, about=str(track), facts=told_document(track))
