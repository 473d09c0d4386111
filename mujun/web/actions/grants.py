"""Roles: one administrator proposes, another grants. Ending one takes effect at once and wants a reason."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404

from mujun.digest import canonical_record, digest_bytes
from mujun.findings import Finding
from mujun.web.actions.accounts import end_sessions
from mujun.web.actions.identity import identity_missing
from mujun.web.actions.record import PROPOSED, record_event
from mujun.web.actions.refused import Refused
from mujun.web.doer import Doer
from mujun.web.models import Person, Proposal, RoleGrant
from mujun.web.permissions import allowed
from mujun.web.programme import matrix
from mujun.web.queries.people import GRANT, bounds_of, role_label, target_of_person, within
from mujun.workflow import Access, Decision, Role, Target
from mujun.workflow.conditions import SCOPES
from mujun.workflow.decision import judged, reason

_LABEL = "授予角色"


@transaction.atomic
def propose_grant(
    *,
    person: Person,
    role: str,
    bounds: dict[str, str],
    since: datetime,
    until: datetime | None,
    why: str,
    by: Doer,
    now: datetime,
) -> Proposal:
    """What somebody shall hold, from one day to another, within what."""
    form = {
        "person": person.pk,
        "role": role,
        **{name: bounds.get(name, "") for name in sorted(SCOPES)},
        "since": since.isoformat(),
        "until": until.isoformat() if until else "",
    }
    decision = allowed(by, "grant_role", Target(), now, Access.PROPOSE)
    if decision.allowed:
        against = [*_bounds(role, bounds), *_dates(since, until, now), *_parted(person, role, now), *_self(person, by)]
        against += [] if why.strip() else [reason("no_reason", "没有写理由。", "请写明凭什么授予（任职文件、来函）。")]
        decision = judged(against)
    _unless_allowed(decision, f"提请{_LABEL}", person)
    proposal = Proposal.objects.create(
        subject=f"{GRANT}:{secrets.token_hex(8)}",
        edge=GRANT,
        content=digest_bytes(canonical_record(form)).sha256,
        form=form,
        reason=why,
        person=by.somebody,
        at=now,
    )
    _record("propose_grant", f"提请{_LABEL}", person, form, why, PROPOSED, by=by, now=now)
    return proposal


@transaction.atomic
def confirm_grant(*, key: str, by: Doer, now: datetime) -> RoleGrant:
    """By another person than proposed it, and than shall hold it. What he has open is closed: he comes in anew."""
    proposal = _open(key)
    form = proposal.form
    person = Person.objects.get(pk=form["person"])
    until = datetime.fromisoformat(form["until"]) if form["until"] else None
    first = Target(first_by=frozenset({str(proposal.person_id)}))
    decision = allowed(by, "grant_role", first, now, Access.DO)
    if decision.allowed:
        decision = judged(
            [
                *_parted(person, form["role"], now),
                *_self(person, by),
                *identity_missing("grant_role", by, now),
                *_over(until, now),
            ]
        )
    _unless_allowed(decision, _LABEL, person)
    grant = RoleGrant.objects.create(
        person=person,
        role=form["role"],
        since=datetime.fromisoformat(form["since"]),
        until=until,
        proposed_by=proposal.person,
        granted_by=by.somebody,
        **{name: form[name] for name in SCOPES},
    )
    proposal.closed_at, proposal.confirmed_by = now, by.somebody
    proposal.save(update_fields=["closed_at", "confirmed_by"])
    end_sessions(person)
    _record("grant_role", _LABEL, person, {**form, "proposed_by": proposal.person_id}, proposal.reason, by=by, now=now)
    return grant


@transaction.atomic
def decline_grant(*, key: str, by: Doer, now: datetime) -> None:
    """The second says no, or the first takes it back."""
    proposal = _open(key)
    person = Person.objects.get(pk=proposal.form["person"])
    first = Target(first_by=frozenset({str(proposal.person_id)}))
    decision = allowed(by, "grant_role", first, now, Access.DO)
    if by.somebody.pk == proposal.person_id:
        decision = allowed(by, "grant_role", Target(), now, Access.PROPOSE)
    _unless_allowed(decision, "不予授予角色", person)
    proposal.closed_at = now
    proposal.save(update_fields=["closed_at"])
    _record("decline_grant", "不予授予角色", person, proposal.form, proposal.reason, by=by, now=now)


@transaction.atomic
def end_grant(*, grant: RoleGrant, why: str, by: Doer, now: datetime) -> None:
    """By the security administrator alone: taking a right away may not wait for a second."""
    person, label = grant.person, "终止角色"
    decision = allowed(by, "set_security", target_of_person(person), now, Access.DO)
    if decision.allowed:
        against = [*_self(person, by), *_last(grant, now)]
        against += [] if why.strip() else [reason("no_reason", "没有写理由。", "请写明理由。")]
        if grant.until is not None and grant.until <= now:
            against.append(reason("ended", "这个角色已经终止。", "不用再办。"))
        decision = judged(against)
    _unless_allowed(decision, label, person)
    grant.until = max(now, grant.since)
    grant.save(update_fields=["until"])
    end_sessions(person)
    form = {"role": grant.role, **{name: getattr(grant, name) for name in sorted(SCOPES)}, "grant": grant.pk}
    _record("end_grant", label, person, form, why, by=by, now=now)


def _open(key: str) -> Proposal:
    found = (
        Proposal.objects.filter(subject=f"{GRANT}:{key}", edge=GRANT, closed_at=None).select_related("person").first()
    )
    if found is None:
        raise Http404
    return found


def _bounds(role: str, bounds: dict[str, str]) -> list[Finding]:
    wanted = bounds_of(role)
    words = {"domain": "领域", "region": "地区", "unit": "单位代码", "agency": "部门"}
    found = [
        reason("no_bound", f"授予“{role_label(role)}”须写明{words[one]}。", f"请填写{words[one]}。")
        for one in wanted
        if not bounds.get(one)
    ]
    return found + [
        reason("bound_too_many", f"“{role_label(role)}”不按{words[one]}授予。", f"请不要填写{words[one]}。")
        for one in sorted(SCOPES)
        if bounds.get(one) and one not in wanted
    ]


def _dates(since: datetime, until: datetime | None, now: datetime) -> list[Finding]:
    if until is not None and until <= since:
        return [reason("until_before_since", "终止的时间不晚于开始的时间。", "请改时间。")]
    return _over(until, now)


def _over(until: datetime | None, now: datetime) -> list[Finding]:
    return [reason("over", "终止的时间已经过去。", "请重新提请。")] if until is not None and until <= now else []


def _parted(person: Person, role: str, now: datetime) -> list[Finding]:
    """Administrators of the three kinds hold nothing else, now or later."""
    apart = {one.value for one in matrix().house.never_business}
    held = {one.role for one in person.grants.all() if one.until is None or now < one.until} - {role}
    if held and (role in apart or held & apart):
        labels = "、".join(role_label(one) for one in sorted(held))
        return [
            reason(
                "roles_apart",
                f"{person.name}已是{labels}，不能再任{role_label(role)}：三员不得兼任，也不得兼任业务角色。",
                "请先终止原来的角色，或授予另一人。",
            )
        ]
    return []


def _self(person: Person, by: Doer) -> list[Finding]:
    if by.person is not None and by.person.pk == person.pk:
        return [reason("own_role", "不能办自己的角色。", "请由另一位管理员办。")]
    return []


def _last(grant: RoleGrant, now: datetime) -> list[Finding]:
    if Role(grant.role) not in matrix().house.never_business:
        return []
    others = RoleGrant.objects.filter(role=grant.role, since__lte=now).exclude(person=grant.person)
    if any(one.until is None or now < one.until for one in others):
        return []
    label = role_label(grant.role)
    return [reason("last_one", f"这是最后一位{label}。", f"请先让另一人任{label}。")]


def _unless_allowed(decision: Decision, label: str, person: Person) -> None:
    if not decision.allowed:
        raise Refused("grant_role", label, decision, f"person:{person.pk}", person.name)


def _record(
    act: str,
    label: str,
    person: Person,
    form: dict[str, Any],
    why: str,
    outcome: str = "done",
    *,
    by: Doer,
    now: datetime,
) -> None:
    bounds = within(form)
    about = f"{person.name} {role_label(form['role'])}{'：' if bounds else ''}{bounds}"
    facts = {**form, "reason": why}
    record_event(act, label, by=by, now=now, subject=f"person:{person.pk}", about=about, outcome=outcome, facts=facts)
