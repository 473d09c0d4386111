"""Activation codes: printed by the county on a unit's 一企一单, used once by the unit to make its own account."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.doer import Doer
from mujun.web.models import Account, ActivationCode, Person, RoleGrant, ValueSet
from mujun.web.permissions import allowed
from mujun.web.queries.facts.values import target_of
from mujun.workflow import Access, Decision
from mujun.workflow.decision import Answer, reason

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for another when read from paper."""
LENGTH, DAYS, MOST_TRIES = 12, 30, 10


@transaction.atomic
def issue_code(*, row: ValueSet, draw: Callable[[str], str], by: Doer, now: datetime) -> str:
    """The code, to be printed now: only its hash is kept. An earlier one for the unit is void. `draw` picks a sign."""
    decision = allowed(by, "print_activation_codes", target_of(row), now, Access.DO)
    if not decision.allowed:
        raise Refused("issue_code", "印制激活码", decision, row.subject, row.name)
    if row.has_account:
        against = reason("has_account", "该单位已有账号。", "忘了密码的，请当面重设。")
        raise Refused("issue_code", "印制激活码", Decision(Answer.DENIED, (against,)), row.subject, row.name)
    code = "".join(draw(SIGNS) for _ in range(LENGTH))
    ActivationCode.objects.filter(unit=row.unit, void=False).update(void=True)
    ActivationCode.objects.create(
        unit=row.unit,
        name=row.name,
        code_hash=hash_of(row.unit, code),
        issued_by=by.somebody,
        issued_at=now,
        expires_at=now + timedelta(days=DAYS),
    )
    record_event("issue_code", "印制激活码", by=by, now=now, subject=row.subject, about=row.name)
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def activate(*, unit: str, code: str, contact: str, password: str, by: Doer, now: datetime) -> Account | None:
    """The unit's account, or None: which of the two was wrong is not told. Wrong tries use the code up."""
    with transaction.atomic():
        unit = unit.strip().upper()
        found = ActivationCode.objects.filter(unit=unit, void=False, used_at=None, expires_at__gt=now).first()
        if found is None or found.wrong_tries >= MOST_TRIES:
            return None
        if found.code_hash != hash_of(unit, code):
            found.wrong_tries += 1
            found.save(update_fields=["wrong_tries"])
            record_event("activate", "激活账号：激活码不对", by=by, now=now, about=found.name, outcome="refused")
            return None
        return _made(found, contact, password, by, now)


def hash_of(unit: str, code: str) -> str:
    """Of the signs alone: hyphens and small letters make no difference. Sixty bits, so that no guess finds it."""
    signs = "".join(sign for sign in code.upper() if sign in SIGNS)
    return hashlib.sha256(f"{unit}:{signs}".encode()).hexdigest()


def _made(found: ActivationCode, contact: str, password: str, by: Doer, now: datetime) -> Account:
    person = Person.objects.create(name=contact, office=found.name, post="联系人", places=[], desks=[], real_name=True)
    account = Account.objects.create_account(f"e-{found.unit}", person, password)
    RoleGrant.objects.create(person=person, role="E", since=now, unit=found.unit)
    ValueSet.objects.filter(unit=found.unit).update(has_account=True)
    found.used_at = now
    found.save(update_fields=["used_at"])
    record_event(
        "activate",
        "激活账号",
        by=by,
        now=now,
        subject=f"account:{account.pk}",
        about=found.name,
        facts={"unit": found.unit},
    )
    return account
