"""一企一单: confirmed by the unit, for it, or by its silence; cells disputed, each answered by its office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from mujun.web.actions.many import take_many
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import carries_out, carries_out_all, take
from mujun.web.actions.values.deadlines import confirmation_ends
from mujun.web.actions.values.letters import room_of, tell_offices
from mujun.web.doer import Doer
from mujun.web.models import Dispute, Track, ValueSet
from mujun.web.permissions import allowed
from mujun.web.queries.facts.values import target_of
from mujun.web.queries.values.held import said_since
from mujun.web.queries.values.progress import lapsed
from mujun.workflow import Access, Decision
from mujun.workflow.decision import Answer, reason
from mujun.workflow.states import ValuesState


@transaction.atomic
def settle_due(track: Track, *, now: datetime) -> int:
    """Note as 视同确认 what nobody confirmed in time. Done by the worker, and before any act that rests on it."""
    return len(take_many("V4", lapsed(track, now), track=track, by=None, now=now, about=f"{track}：期满视同确认"))


@carries_out_all("V3", "V3c", "V3u")
def note_confirmation(
    rows: Sequence[ValueSet], form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime
) -> None:
    for row in rows:
        row.confirmed_at, row.confirmed_by, row.confirmed_for = now, by.person, False
        if form.get("county_submits"):
            row.county_submitted_at = now
    ValueSet.objects.bulk_update(
        rows, ["confirmed_at", "confirmed_by", "confirmed_for", "county_submitted_at"], batch_size=300
    )


@carries_out("V3k")
def note_confirmation_for(row: ValueSet, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    row.confirmed_at, row.confirmed_by, row.confirmed_for = now, by.person, True
    row.signed_scan = str(form["signed_scan"])
    row.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_for", "signed_scan"])


@carries_out("V5", "V5c")
def note_disputes(row: ValueSet, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    """`cells`: variable, label, agency, what stands, what the unit says it should be, and why."""
    until = confirmation_ends(row.track, now, "V5", "对数据提出疑问")
    for cell in form["cells"]:
        Dispute.objects.create(
            value_set=row,
            variable=cell["variable"],
            label=cell["label"],
            agency=cell["agency"],
            stands=cell["stands"][:60],
            claimed=cell["claimed"][:60],
            reason=cell["reason"],
            raised_by=by.somebody,
            raised_at=now,
            answer_by=until,
        )
    tell_offices(
        [(cell["agency"], row.county) for cell in form["cells"]],
        f"“{row.name}”（{row.county}）对本部门的数有疑问，请答复。",
        link=room_of(row.track, "disputes/"),
        now=now,
        due=until,
    )


@transaction.atomic
def answer_dispute(*, dispute: Dispute, corrected: bool, answer: str, by: Doer, now: datetime) -> Dispute:
    """A corrected value (in the store already, see `correct_cell`), or why not. The last answer sends the set back."""
    row = dispute.value_set
    decision = allowed(by, "answer_dispute", target_of(row, dispute.agency), now, Access.DO)
    if not decision.allowed:
        raise Refused("answer_dispute", "答复疑问", decision, row.subject, str(row.name))
    against = _against(dispute, row, corrected, answer)
    if against:
        raise Refused("answer_dispute", "答复疑问", Decision(Answer.DENIED, tuple(against)), row.subject, row.name)
    dispute.corrected, dispute.answer = corrected, answer.strip()
    dispute.answered_by, dispute.answered_at = by.person, now
    dispute.save(update_fields=["corrected", "answer", "answered_by", "answered_at"])
    record_event(
        "answer_dispute",
        "答复疑问：更正" if corrected else "答复疑问：说明理由不改",
        by=by,
        now=now,
        subject=row.subject,
        about=f"{row.name}：{dispute.label}",
        facts={"variable": dispute.variable, "corrected": corrected, "answer": dispute.answer, "dispute": dispute.pk},
    )
    if not row.disputes.filter(answered_at=None).exists():
        take("V6", row, {"agency": dispute.agency}, by=by, now=now)
    return dispute


def _against(dispute: Dispute, row: ValueSet, corrected: bool, answer: str) -> list[Any]:
    found = []
    if dispute.answered_at is not None:
        found.append(reason("answered_already", "这条疑问已经答复过。", "请刷新页面看答复。"))
    if row.state != ValuesState.DISPUTED:
        found.append(reason("not_disputed", "这家单位现在没有争议。", "请刷新页面。"))
    if not answer.strip():
        found.append(reason("no_reason", "没有写答复。", "请写明怎样更正的，或为什么不改。"))
    if corrected and not said_since(row, dispute.agency, dispute.raised_at):
        message = "提出疑问以后，本部门没有报过这家单位的数。"
        found.append(reason("nothing_corrected", message, "请先报改正的数，再答复。"))
    return found
