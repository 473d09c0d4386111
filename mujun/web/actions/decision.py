"""Compile the recommended lists, lay them before the leading group, record what it decided. Draws up no list itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import carries_out, lock, take
from mujun.web.doer import Doer
from mujun.web.evidence import keep_json
from mujun.web.models import Conflict, DuplicateResolved, Item, Meeting, NominationItem, Round, Track
from mujun.web.permissions import allowed
from mujun.web.programme import workflow
from mujun.web.queries.compiled import STANDING, duplicates, item_key, list_hash, standing_items, tracks_in_scope
from mujun.web.queries.facts.round import minutes_of
from mujun.web.queries.pack import pack_of
from mujun.web.queries.quotas import standing_list
from mujun.workflow import Access, Answer, Decision, Target
from mujun.workflow.conflict import Item as Decided
from mujun.workflow.conflict import quorum
from mujun.workflow.decision import reason
from mujun.workflow.moment import CHINA
from mujun.workflow.round_facts import Outcome
from mujun.workflow.states import RoundState

Form = dict[str, Any]


@carries_out("R4")
def compile_lists(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """Every accepted list becomes items of the round; what was dropped before is in only if named anew."""
    for track in tracks_in_scope(row):
        _compile_track(row, track)
    row.calendar.filter(key="evaluate", done_on=None).update(done_on=now.astimezone(CHINA).date())


def _compile_track(row: Round, track: Track) -> None:
    nomination = standing_list(track)
    Item.objects.filter(round=row, domain=track.domain, standing__in=STANDING).delete()
    if nomination is None:
        return
    for one in nomination.items.filter(kind=NominationItem.Kind.LISTED):
        Item.objects.update_or_create(
            round=row,
            domain=track.domain,
            key=one.key,
            defaults={
                "position": one.position,
                "name": one.name,
                "county": one.county,
                "city": one.city,
                "group": one.group,
                "strengths": one.strengths,
                "standing": Item.Standing.PROPOSED,
                "outcome": "",
                "decided_in": None,
            },
        )


@transaction.atomic
def resolve_duplicate(*, round_: Round, key: str, keep_in: str, resolution: str, by: Doer, now: datetime) -> None:
    """A unit on the lists of two domains: kept in one of them (a domain), or in all (empty), with the reason.

    Two officials who keep it each elsewhere must not leave it nowhere: the second finds no duplicate any more.
    """
    lock(round_)
    _may(by, "accept_or_return", round_, now, "处理跨领域重复", {RoundState.COMPILING})
    _, items = duplicates(round_).get(key, ("", []))
    if not items:
        mend = "可能别人刚处理过，请看汇总页上现在的名单。"
        raise _refused("处理跨领域重复", round_, "no_duplicate", f"{key}没有在两个领域的名单里重复。", mend)
    if keep_in and keep_in not in {item.domain for item in items}:
        mend = "请在推荐它的领域中选一个，或都保留。"
        raise _refused("处理跨领域重复", round_, "not_listed_there", f"“{keep_in}”的名单里没有它。", mend)
    if not resolution.strip():
        raise _refused("处理跨领域重复", round_, "no_reason", "没有写处理意见。", "请写明同哪个部门商定、保留在哪里。")
    if keep_in:
        Item.objects.filter(round=round_, key=key, standing__in=STANDING).exclude(domain=keep_in).update(
            standing=Item.Standing.REMOVED, note=resolution
        )
    DuplicateResolved.objects.update_or_create(
        round=round_, key=key, defaults={"resolution": resolution, "by": by.somebody, "at": now}
    )
    record_event(
        "resolve_duplicate",
        "处理跨领域重复",
        by=by,
        now=now,
        subject=round_.subject,
        about=str(round_),
        facts={"key": key, "keep_in": keep_in, "resolution": resolution},
    )


@transaction.atomic
def fix_pack(*, round_: Round, by: Doer, now: datetime) -> str:
    """Fix the meeting's material by its hash: compiled anew from the lists as they were accepted."""
    lock(round_)
    _may(by, "accept_or_return", round_, now, "会议材料定稿", {RoundState.COMPILING})
    settled = {(one.domain, one.key) for one in Item.objects.filter(round=round_, standing=Item.Standing.REMOVED)}
    for track in tracks_in_scope(round_):
        _compile_track(round_, track)
    for domain, key in settled:
        Item.objects.filter(round=round_, domain=domain, key=key).update(standing=Item.Standing.REMOVED)
    round_.pack_hash = keep_json(pack_of(round_))
    round_.save(update_fields=["pack_hash"])
    record_event(
        "fix_pack",
        "会议材料定稿",
        by=by,
        now=now,
        subject=round_.subject,
        about=str(round_),
        facts={"pack": round_.pack_hash},
    )
    return round_.pack_hash


@transaction.atomic
def record_minutes(
    *,
    round_: Round,
    held_on: date,
    scan_hash: str,
    present: list[int],
    outcomes: dict[str, str],
    tracks: list[str],
    reason_: str,
    by: Doer,
    now: datetime,
) -> Meeting:
    """What a meeting decided, item by item (`domain:key` → 同意, 不同意, 退回), as its signed minutes say.

    Items are decided while the lists lie before the leading group, and only then; at other times a meeting may cancel
    the round or change a title.
    """
    lock(round_)
    _may(by, "record_minutes", round_, now, "录入会议纪要", set(RoundState) - {RoundState.CANCELLED})
    if outcomes and round_.state != RoundState.REVIEW:
        told = workflow().machines["round"].states[RoundState(round_.state)].label
        message = f"现在是“{told}”，名单不在审定中，不能录入逐项的审定结果。"
        raise _refused("录入会议纪要", round_, "not_at_review", message, "请留空逐项结果；名单须变更的，先提请审定。")
    meeting = round_.meetings.filter(confirmed_at=None).first()
    if meeting is None:
        meeting = Meeting(round=round_, number=round_.meetings.count() + 1)
    meeting.held_on, meeting.scan_hash, meeting.reason = held_on, scan_hash, reason_
    meeting.present, meeting.tracks = sorted(present), sorted(tracks)
    meeting.recorded_by, meeting.recorded_at = by.somebody, now
    meeting.save()
    for item in standing_items(round_) if round_.state == RoundState.REVIEW else ():
        outcome = outcomes.get(item_key(item), "")
        Item.objects.filter(pk=item.pk).update(
            outcome=Outcome(outcome).value if outcome else "", decided_in=meeting if outcome else None
        )
    meeting.statement = "\n".join(quorum_sentences(meeting))
    meeting.save(update_fields=["statement"])
    record_event(
        "record_minutes",
        "录入会议纪要",
        by=by,
        now=now,
        subject=round_.subject,
        about=f"第{meeting.number}次会议",
        facts={
            "meeting": meeting.pk,
            "held_on": held_on.isoformat(),
            "scan": scan_hash,
            "present": meeting.present,
            "outcomes": outcomes,
            "tracks": meeting.tracks,
            "reason": reason_,
        },
    )
    return meeting


def quorum_sentences(meeting: Meeting) -> list[str]:
    """Who was recused from which item, and how many remained; only where somebody was."""
    minutes = minutes_of(meeting)
    share = workflow().settings.quorum_share
    told = []
    for one in standing_items(meeting.round):
        item = Decided(key=item_key(one), label=one.name, places=frozenset({one.county, one.key} - {""}))
        count = quorum(item, minutes.members, minutes.present, share)
        if count.recusals:
            told.append(count.sentence)
    return told


@carries_out("R6")
def decide_list(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """Items agreed to are the decided list; items not agreed to shorten it. All that follows rests on its hash."""
    meeting = _confirm(row, form, by, now)
    decided = row.items.filter(decided_in=meeting, standing__in=STANDING)
    decided.filter(outcome=Outcome.AGREED).update(standing=Item.Standing.DECIDED)
    decided.filter(outcome=Outcome.NOT_AGREED).update(standing=Item.Standing.DROPPED)
    row.decided_hash = list_hash(standing_items(row))
    row.save(update_fields=["decided_hash"])
    row.objections.filter(changes_list=True, change__applied=True).update(change_settled=True)
    row.calendar.filter(key="nominate").update(done_on=meeting.held_on)


@carries_out("R6r")
def send_back(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """The tracks that the minutes name go back to their departments with the reason."""
    meeting = _confirm(row, form, by, now)
    row.pack_hash = ""
    row.save(update_fields=["pack_hash"])
    for track in row.tracks.filter(domain__in=meeting.tracks):
        told = {"reason": meeting.reason, "data_must_change": bool(form.get("data_must_change", False))}
        take("T11m", track, told, by=None, now=now)


@carries_out("R5")
def lay_before(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """What earlier meetings said of the items does not count for this one."""
    row.items.filter(standing__in=STANDING).update(outcome="", decided_in=None)


@carries_out("RC")
def cancel(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    _confirm(row, form, by, now)
    row.cancelled_because = str(form.get("reason", ""))
    row.public_statement = str(form.get("public_statement", ""))
    row.save(update_fields=["cancelled_because", "public_statement"])


@transaction.atomic
def declare_conflict(*, round_: Round, domain: str, key: str, why: str, by: Doer, now: datetime) -> Conflict:
    """Somebody says of himself that he must not take part in an item."""
    lock(round_)
    _may(
        by,
        "declare_conflict",
        round_,
        now,
        "申报利害关系",
        set(RoundState) - {RoundState.PUBLISHED, RoundState.CANCELLED},
    )
    if not why.strip():
        raise _refused(
            "申报利害关系", round_, "no_reason", "没有写是什么利害关系。", "请写明，例如“配偶在该企业任职”。"
        )
    made, _ = Conflict.objects.update_or_create(
        round=round_, person=by.somebody, domain=domain, key=key, defaults={"reason": why, "declared_at": now}
    )
    record_event(
        "declare_conflict",
        "申报利害关系",
        by=by,
        now=now,
        subject=round_.subject,
        about=str(round_),
        facts={"domain": domain, "key": key, "reason": why},
    )
    return made


def _confirm(row: Round, form: Form, by: Doer, now: datetime) -> Meeting:
    meeting = Meeting.objects.get(round=row, pk=form["meeting"])
    meeting.confirmed_by, meeting.confirmed_at = by.somebody, now
    meeting.save(update_fields=["confirmed_by", "confirmed_at"])
    return meeting


def _may(by: Doer, action: str, round_: Round, now: datetime, label: str, states: set[RoundState]) -> None:
    decision = allowed(by, action, Target(), now, Access.DO)
    if not decision.allowed:
        raise Refused(action, label, decision, round_.subject, str(round_))
    if RoundState(round_.state) not in states:
        told = workflow().machines["round"].states[RoundState(round_.state)]
        raise _refused(
            label, round_, "wrong_state", f"现在是“{told.label}”，不能“{label}”。", told.mend or "请看进展。"
        )


def _refused(label: str, round_: Round, code: str, message: str, mend: str) -> Refused:
    decision = Decision(Answer.DENIED, (reason(code, message, mend),))
    return Refused(code, label, decision, round_.subject, str(round_))
