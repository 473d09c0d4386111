"""What is recorded of log-ins, and a person's own password."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mujun.web.actions.record import record_event
from mujun.web.doer import Doer, doer_of
from mujun.web.models import Account


@transaction.atomic
def record_login(account: Account, *, now: datetime) -> None:
    record_event("login", "登录", by=doer_of(account, now), now=now, subject=f"account:{account.pk}")


@transaction.atomic
def record_reauthentication(*, by: Doer, now: datetime) -> None:
    record_event("reauthenticate", "重新验证身份", by=by, now=now)


@transaction.atomic
def set_password(account: Account, password: str, *, by: Doer, now: datetime) -> None:
    """One's own; nobody chooses another's."""
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    record_event("set_password", "更改密码", by=by, now=now, subject=f"account:{account.pk}")
