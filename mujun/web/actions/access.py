"""What is recorded of log-ins, and a person's own password."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mujun.web.actions.record import REFUSED, record_event
from mujun.web.doer import NOBODY, Doer, doer_of
from mujun.web.models import Account


@transaction.atomic
def record_login(account: Account, *, now: datetime) -> None:
    """A password that was handed to him is used up with it."""
    account.initial_until, account.last_login = None, now
    account.save(update_fields=["initial_until", "last_login"])
    record_event("login", "登录", by=doer_of(account, now), now=now, subject=f"account:{account.pk}")


@transaction.atomic
def record_failed_login(username: str, *, now: datetime) -> None:
    """Of an account that there is: its name. What else was typed may be a password, and is not kept."""
    account = Account.objects.filter(username=username).first()
    subject = f"account:{account.pk}" if account else ""
    about = account.username if account else "没有这个用户名"
    record_event("login", "登录", by=NOBODY, now=now, subject=subject, about=about, outcome=REFUSED)


@transaction.atomic
def record_forged(where: str, *, by: Doer, now: datetime) -> None:
    """Something was sent in somebody's name that no page of ours had made."""
    record_event("forged", "提交没有本页面的标记", by=by, now=now, about=where, outcome=REFUSED)


@transaction.atomic
def set_password(account: Account, password: str, *, by: Doer, now: datetime) -> None:
    """One's own; nobody chooses another's."""
    account.set_password(password)
    account.must_change_password, account.initial_until = False, None
    account.save(update_fields=["password", "must_change_password", "initial_until"])
    record_event("set_password", "更改密码", by=by, now=now, subject=f"account:{account.pk}")
