"""Begin the revision of an issued plan, or give its draft up. What is in force stays so until a draft is issued."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mujun.web.actions.plans import Overtaken, permit_drafting
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import remember
from mujun.web.doer import Doer
from mujun.web.evidence import keep
from mujun.web.models import Plan, Track
from mujun.web.queries.revision import reopened
from mujun.web.queries.rules import draft_plan, standing_plan
from mujun.workflow import Act
from mujun.workflow.decision import judged, reason


@transaction.atomic
def begin_revision(*, track: Track, by: Doer, now: datetime) -> Plan:
    """Another draft, from the plan in force: each of its clauses is an assumption again until it is issued."""
    permit_drafting(track, by, now)
    old, open_one = standing_plan(track), draft_plan(track)
    if old is None or open_one is not None:
        message = "还没有印发的方案可以修订。" if old is None else "已经有一稿正在拟。"
        found = judged([reason("no_revision", message, "请在现有的稿子上改。")])
        raise Refused("begin_revision", "拟修订稿", found, track.subject, str(track))
    plan = Plan.objects.create(
        track=track,
        number=track.plans.aggregate(last=Max("number"))["last"] + 1,
        schemes={name: keep(data) for name, data in reopened(old).items()},
        silence_confirms=old.silence_confirms,
        confirm_workdays=old.confirm_workdays,
        note=old.note,
        drafted_by=by.somebody,
        drafted_at=now,
    )
    remember(track, Act.PLAN_DRAFTED.value, "T1", by=by, now=now)
    record_event(
        "begin_revision", "拟修订稿", by=by, now=now, subject=track.subject, about=str(track),
        facts={"plan": plan.number, "from": old.document_number},
    )  # fmt: skip
    return plan


@transaction.atomic
def withdraw_revision(*, track: Track, number: int, revision: int, by: Doer, now: datetime) -> Plan:
    """Give up the draft of a revision; the plan in force stays as it is, and the draft stays readable for who drafts.

    A first draft is nobody's to give up: the domain would be without a plan. Raises Overtaken if somebody has changed
    the draft since it was looked at.
    """
    permit_drafting(track, by, now)
    plan, standing = draft_plan(track), standing_plan(track)
    if plan is None or standing is None:
        first = plan is not None
        message = "这是第一稿，还没有印发过的方案可以代替它。" if first else "没有正在拟的修订稿。"
        mend = "请在这一稿上改。" if first else "现行方案没有变动，不用再办。"
        found = judged([reason("no_revision", message, mend)])
        raise Refused("withdraw_revision", "放弃修订稿", found, track.subject, str(track))
    open_one = Plan.objects.filter(pk=plan.pk, number=number, revision=revision, issued_at=None, voided_at=None)
    if open_one.update(voided_at=now) != 1:
        raise Overtaken("", "")
    record_event(
        "withdraw_revision", "放弃修订稿", by=by, now=now, subject=track.subject, about=str(track),
        facts={"plan": plan.number, "stays": standing.document_number},
    )  # fmt: skip
    return plan
