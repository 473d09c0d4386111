"""Log-ins: made, handed a password at the desk, stopped and let in again. Nobody chooses another's password."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from attrs import frozen
from django.conf import settings
from django.db import transaction
from django.db.models import F

from mujun.findings import Finding
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.throttle import forget_tries_upon
from mujun.web.doer import Doer
from mujun.web.models import Account, Person, RoleGrant
from mujun.web.permissions import allowed
from mujun.web.queries.people import target_of_person, target_of_unit
from mujun.workflow import Access, Target
from mujun.workflow.decision import judged, reason

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another when it is read out at a desk."""


@frozen
class Handed:
    """An account and the password that works once; it is kept nowhere but in this value."""

    account: Account
    secret: str
    until: datetime


@transaction.atomic
def create_account(
    *,
    username: str,
    name: str,
    office: str,
    post: str = "",
    phone: str = "",
    unit: str = "",
    by: Doer,
    now: datetime,
) -> Handed:
    """A person and his log-in, without any role; that of a county's own unit comes with the role in that unit."""
    label = "建立账号"
    target = target_of_unit(unit) if unit else Target()
    _ask(by, "create_account", label, target or Target(unit=unit), now, _new(username, unit, target), about=name)
    person = Person.objects.create(name=name, office=office, post=post, phone=phone, real_name=True)
    account = Account.objects.create_account(username, person)
    if unit:
        RoleGrant.objects.create(person=person, role="E", unit=unit, since=now, proposed_by=by.somebody)
    facts = {"person": person.pk, "username": username, "unit": unit}
    subject = f"account:{account.pk}"
    record_event("create_account", label, by=by, now=now, subject=subject, about=f"{name} {username}", facts=facts)
    return hand_secret(account, now=now)


@transaction.atomic
def reset_password(*, account: Account, by: Doer, now: datetime) -> Handed:
    """At the desk, to somebody who has shown who he is: a new password that works once. What he had open is closed."""
    label = "当面重设密码"
    about = f"{account.person.name} {account.username}"
    against = [] if account.is_active else [reason("stopped", "这个账号已停用。", "请先恢复，再重设密码。")]
    _ask(by, "set_security", label, target_of_person(account.person), now, [*against, *_own(account, by)], about=about)
    handed = hand_secret(account, now=now)
    record_event("reset_password", label, by=by, now=now, subject=f"account:{account.pk}", about=about)
    return handed


@transaction.atomic
def stop_account(*, account: Account, why: str, by: Doer, now: datetime) -> None:
    """He is out at once, in every browser."""
    _switch(account, False, "停用账号", why, by=by, now=now)


@transaction.atomic
def restore_account(*, account: Account, why: str, by: Doer, now: datetime) -> None:
    _switch(account, True, "恢复账号", why, by=by, now=now)


@transaction.atomic
def let_try_again(*, account: Account, by: Doer, now: datetime) -> None:
    """Forget the wrong tries upon a name, so that its owner may try at once."""
    about = f"{account.person.name} {account.username}"
    _ask(by, "set_security", "解除登录限制", target_of_person(account.person), now, about=about)
    forget_tries_upon(account.username)
    record_event("let_try_again", "解除登录限制", by=by, now=now, subject=f"account:{account.pk}", about=about)


@transaction.atomic
def record_places(*, person: Person, places: list[str], desks: list[str], by: Doer, now: datetime) -> None:
    """Where somebody comes from and at which desks he works: what recusal is computed from."""
    label = "登记来自何处、所在处室"
    _ask(by, "create_account", label, target_of_person(person), now, _himself(person, by), about=person.name)
    before = {"places": person.places, "desks": person.desks}
    person.places, person.desks = places, desks
    person.save(update_fields=["places", "desks"])
    facts = {"before": before, "places": places, "desks": desks}
    record_event("record_places", label, by=by, now=now, subject=f"person:{person.pk}", about=person.name, facts=facts)


@transaction.atomic
def settle_first(seats: list[tuple[str, str, str, str]], office: str, now: datetime) -> list[Handed]:
    """Role, name, log-in and post of the first administrators; nothing where there is anybody already."""
    if Person.objects.exists():
        return []
    handed = []
    for role, name, username, post in seats:
        person = Person.objects.create(name=name, office=office, post=post, real_name=True)
        account = Account.objects.create_account(username, person)
        RoleGrant.objects.create(person=person, role=role, since=now)
        facts = {"person": person.pk, "username": username, "role": role}
        subject, about = f"account:{account.pk}", f"{name} {username}"
        record_event("first_admins", "首次建立三员", by=None, now=now, subject=subject, about=about, facts=facts)
        handed.append(hand_secret(account, now=now))
    return handed


def hand_secret(account: Account, *, now: datetime) -> Handed:
    """A new secret in place of his password. Ends his sessions, since they hang on it."""
    secret = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    account.set_password(secret)
    account.must_change_password = True
    account.initial_until = now + timedelta(seconds=settings.INITIAL_SECRET_AGE)
    account.save(update_fields=["password", "must_change_password", "initial_until"])
    return Handed(account, secret, account.initial_until)


def end_sessions(person: Person) -> None:
    """Of all log-ins of a person, whose roles or rights have changed."""
    person.accounts.update(epoch=F("epoch") + 1)


def ask_security(account: Account, row: str, label: str, against: list[Finding], *, by: Doer, now: datetime) -> None:
    """Whether he may do this to another's log-in. Raises Refused with every reason; nobody does it to his own."""
    about = f"{account.person.name} {account.username}"
    _ask(by, row, label, target_of_person(account.person), now, [*against, *_own(account, by)], about=about)


def _switch(account: Account, active: bool, label: str, why: str, *, by: Doer, now: datetime) -> None:
    about = f"{account.person.name} {account.username}"
    against = [] if why.strip() else [reason("no_reason", "没有写理由。", "请写明理由。")]
    _ask(by, "set_security", label, target_of_person(account.person), now, [*against, *_own(account, by)], about=about)
    account.is_active = active
    account.epoch += 1
    account.save(update_fields=["is_active", "epoch"])
    act = "restore_account" if active else "stop_account"
    record_event(act, label, by=by, now=now, subject=f"account:{account.pk}", about=about, facts={"reason": why})


def _own(account: Account, by: Doer) -> list[Finding]:
    if by.person is not None and account.person_id == by.person.pk:
        return [
            reason(
                "own_account",
                "这是您自己的账号。",
                "自己的密码、动态口令请在“我的账号”里改，其余请另一位安全管理员办。",
            )
        ]
    return []


def _himself(person: Person, by: Doer) -> list[Finding]:
    if by.person is not None and by.person.pk == person.pk:
        return [reason("own_places", "不能登记自己的。", "请由另一位系统管理员登记。")]
    return []


def _new(username: str, unit: str, target: Target | None) -> list[Finding]:
    found = []
    if Account.objects.filter(username__iexact=username).exists():
        found.append(reason("name_taken", f"用户名“{username}”已有人用。", "请换一个。"))
    if unit and target is None:
        found.append(reason("no_unit", f"名录里没有单位“{unit}”，或还不知道它在哪个县。", "请核对代码，或先导入名录。"))
    return found


def _ask(
    by: Doer, row: str, label: str, target: Target, now: datetime, against: list[Finding] | None = None, about: str = ""
) -> None:
    decision = allowed(by, row, target, now, Access.DO)
    if decision.allowed:
        decision = judged(against or [])
    if not decision.allowed:
        raise Refused(row, label, decision, about=about)
