"""Draft a domain's plan and change its rules, one version after another; begin the round's evaluation with the first.

Issuing and revising are in `actions.issue`. Rules are bytes by hash: a change stores new ones, and the old stay.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from mujun.findings import CannotGoOn
from mujun.law import PROGRAMME
from mujun.scheme.amend import compare, put_entries
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused, Stale
from mujun.web.actions.step import carries_out, remember, take
from mujun.web.doer import Doer
from mujun.web.evidence import keep, kept
from mujun.web.models import Plan, Track
from mujun.web.permissions import allowed
from mujun.web.queries.rules import draft_plan, scheme_ids
from mujun.workflow import Access, Act, Decision, Target
from mujun.workflow.decision import judged, reason
from mujun.workflow.states import RoundState, TrackState

EDIT = "T1e"
SETTINGS = {"silence_confirms": "逾期视为无异议", "confirm_workdays": "核对期限（工作日）", "note": "说明"}


class Overtaken(Exception):
    """Somebody else changed the same rules since the form was opened. `base`: what it was opened with."""

    def __init__(self, base: str, current: str) -> None:
        self.base, self.current = base, current
        super().__init__("别人刚改过同一份规则")


@carries_out("T1")
def _copy_the_programme(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    """The plan begins as the programme's draft of the domain."""
    folder = PROGRAMME / row.round.programme / "schemes"
    Plan.objects.create(
        track=row,
        number=1,
        schemes={name: keep((folder / f"{name}.yaml").read_bytes()) for name in scheme_ids(row)},
        drafted_by=by.somebody,
        drafted_at=now,
    )


def amend_rules(*, track: Track, scheme: str, base: str, values: dict[str, str], by: Doer, now: datetime) -> list[str]:
    """Write what was typed into a scheme of the draft. Returns what changed in words; nothing, if nothing did.

    `base` is the hash of the rules the form was opened with. Raises Overtaken if they are no longer the draft's.
    """
    return rewrite(
        track=track, scheme=scheme, base=base, write=lambda text: put_entries(text, values), by=by, now=now
    )  # fmt: skip


@transaction.atomic
def rewrite(*, track: Track, scheme: str, base: str, write: Callable[[str], str], by: Doer, now: datetime) -> list[str]:
    """The rules of the draft as `write` makes them anew; what it cannot write is a refusal."""
    plan = draft_to_change(track)
    current = plan.schemes[scheme]
    if current != base:
        raise Overtaken(base, current)
    before = kept(current).decode("utf-8")
    try:
        after = write(before)
    except CannotGoOn as problem:
        raise Refused(EDIT, "修改拟定的方案", judged(problem.findings), track.subject, str(track)) from problem
    said = [str(change) for change in compare(before, after)]
    if after != before:
        rules = keep(after.encode("utf-8"))
        _change(track, plan, {"scheme": scheme, "rules": rules, "base": base, "changes": said}, by=by, now=now)
    return said


@transaction.atomic
def settle_confirmation(
    *, track: Track, revision: int, silence_confirms: bool, confirm_workdays: int, note: str, by: Doer, now: datetime
) -> list[str]:
    """How units confirm their values, and the note of the plan. Raises Overtaken as `amend_rules` does."""
    plan = draft_to_change(track)
    if plan.revision != revision:
        raise Overtaken("", "")
    new = {"silence_confirms": silence_confirms, "confirm_workdays": confirm_workdays, "note": note}
    said = [
        f"{SETTINGS[name]} {_said(getattr(plan, name))}→{_said(value)}"
        for name, value in new.items()
        if getattr(plan, name) != value
    ]
    if said:
        _change(track, plan, {"settings": new, "changes": said}, by=by, now=now)
    return said


def start_evaluating(track: Track, by: Doer | None, now: datetime) -> None:
    """With the first domain that collects, the round evaluates. Call it in the transaction that opens the collection.

    The system takes this step, not the person who opened the collection: nobody decides it.
    """
    round_ = track.round
    round_.refresh_from_db()
    if round_.state == RoundState.PLANNED:
        take("R3", round_, by=None, now=now)


def draft_to_change(track: Track) -> Plan:
    plan = draft_plan(track)
    if plan is None:
        message = "没有正在拟的方案；已印发的方案不能改动。"
        found = judged([reason("issued", message, "要改，请修订方案：另拟一稿，另取文号。")])
        raise Refused(EDIT, "修改拟定的方案", found, track.subject, str(track))
    return plan


def _change(track: Track, plan: Plan, change: dict[str, Any], *, by: Doer, now: datetime) -> None:
    """In a first draft this is an edge of the track; a revision is drafted beside the plan in force."""
    form = {"plan": plan.number, "revision": plan.revision, **change}
    if track.state == TrackState.PLAN_DRAFT:
        take(EDIT, track, form, by=by, now=now)
        return
    permit_drafting(track, by, now)
    _store_change(track, form, decision=judged([]), by=by, now=now)
    remember(track, Act.PLAN_DRAFTED.value, EDIT, by=by, now=now)
    record_event(
        EDIT, "修改拟修订的方案", by=by, now=now, subject=track.subject, about=str(track), facts={"form": form}
    )


def permit_drafting(track: Track, by: Doer, now: datetime) -> None:
    target = Target(domain=track.domain, round_state=RoundState(track.round.state))
    decision = allowed(by, "draft_plan", target, now, Access.DO)
    if not decision.allowed:
        raise Refused(EDIT, "修改拟定的方案", decision, track.subject, str(track))


@carries_out(EDIT)
def _store_change(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    if "plan" not in form:
        return
    plan = draft_to_change(row)
    new: dict[str, Any] = dict(form.get("settings", {}))
    if "rules" in form:
        new["schemes"] = {**plan.schemes, form["scheme"]: form["rules"]}
    standing = Plan.objects.filter(pk=plan.pk, revision=form["revision"], issued_at=None)
    if standing.update(**new, revision=plan.revision + 1) != 1:
        raise Stale


def _said(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value) or "（空）"
