"""A department's list: drawn up inside the quota, changed, signed, handed in, accepted, returned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from mujun.digest import canonical_json, digest_bytes
from mujun.engine.strengths import name_strengths
from mujun.web.actions.refused import Refused
from mujun.web.actions.runs import void_list
from mujun.web.actions.step import carries_out
from mujun.web.doer import Doer
from mujun.web.models import Nomination, NominationItem, Person, Run, RunUnit, Track
from mujun.web.programme import edge
from mujun.web.queries.drawing import drawn_from
from mujun.web.queries.listing import left_out_in
from mujun.web.queries.quotas import frozen_run, standing_list
from mujun.web.queries.results import main_scheme, result_of
from mujun.workflow import Decision
from mujun.workflow.decision import judged, reason

Kind = NominationItem.Kind
MOST_STRENGTHS = 3


@carries_out("T7", "T12")
def _draw_up(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    """`form["left_out"]`: rows of `key` and `reason`. The reason may still be missing; signing asks for it (T8)."""
    run = frozen_run(row)
    assert run is not None, "guarded by frozen_run_stands"
    left_out = left_out_in(form)
    drawn = drawn_from(run, left_out)
    idle = sorted(set(left_out) - {unit.key for unit in drawn.passed_over})
    if idle:
        why = reason("nothing_left_out", f"{'、'.join(idle)}本来就不在名单上，不用写不推荐的理由。", "请去掉这几行。")
        raise Refused("T7", edge("T7").label, judged([why]), row.subject, str(row))
    rows = [(Kind.LISTED, unit, "") for unit in drawn.listed]
    rows += [(Kind.RESERVE, unit, "") for unit in drawn.waiting]
    rows += [(Kind.PASSED_OVER, unit, left_out[unit.key]) for unit in drawn.passed_over]
    void_list(row, reason=f"{by.name}重拟", now=now)
    write_list(row, run, rows, drafted_by=by.somebody, now=now)


def write_list(
    track: Track, run: Run, rows: list[tuple[Kind, RunUnit, str]], *, drafted_by: Person, now: datetime
) -> Nomination:
    """A new version of the list, with its hash. Strengths are named, never numbered."""
    result = result_of(run, main_scheme(run))
    keys = [unit.key for _, unit, _ in rows]
    strengths = name_strengths(result.scheme, result.units, result.details, keys, MOST_STRENGTHS)
    number = (track.nominations.aggregate(last=Max("number"))["last"] or 0) + 1
    items = [
        NominationItem(
            position=position,
            kind=kind,
            key=unit.key,
            name=unit.name,
            county=unit.county,
            city=unit.city,
            group=unit.group,
            rank=unit.rank,
            score=unit.score,
            strengths=list(strengths.get(unit.key, ())),
            reason=why,
        )
        for position, (kind, unit, why) in enumerate(rows, start=1)
    ]
    nomination = Nomination.objects.create(
        track=track, number=number, run=run, content_hash=content_hash(items), drafted_by=drafted_by, drafted_at=now
    )
    for item in items:
        item.nomination = nomination
    NominationItem.objects.bulk_create(items)
    return nomination


def content_hash(items: list[NominationItem]) -> str:
    """One letter more or less in it, and it is another list."""
    rows = [
        [one.position, str(one.kind), one.key, one.name, one.county, one.group, one.rank, one.score,
         list(one.strengths), one.reason]
        for one in items
    ]  # fmt: skip
    return digest_bytes(canonical_json(rows)).sha256


@carries_out("T8", "T8a")
def _sign(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    nomination = _standing(row)
    nomination.signed_by, nomination.signed_at = by.person, now
    nomination.signed_hash = nomination.content_hash = content_hash(list(nomination.items.all()))
    nomination.save(update_fields=["signed_by", "signed_at", "signed_hash", "content_hash"])


@carries_out("T9")
def _submit(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    nomination = _standing(row)
    nomination.submitted_at = now
    nomination.save(update_fields=["submitted_at"])


@carries_out("T10")
def _accept(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    nomination = _standing(row)
    nomination.accepted_by = by.person
    nomination.save(update_fields=["accepted_by"])
    if row.return_reason:
        row.return_reason, row.data_must_change = "", None
        row.save(update_fields=["return_reason", "data_must_change"])


@carries_out("T11", "T11m")
def _return(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer | None, now: datetime) -> None:
    """By the office (T11), or by the leading group's minutes (T11m): why, and whether data must change."""
    meeting = row.round.meetings.order_by("-number").first()
    row.return_reason = str(form.get("reason") or (meeting.reason if meeting is not None else ""))
    row.data_must_change = bool(form.get("data_must_change"))
    row.save(update_fields=["return_reason", "data_must_change"])


def _standing(row: Track) -> Nomination:
    nomination = standing_list(row)
    assert nomination is not None, "a list was drawn up or adopted before"
    return nomination
