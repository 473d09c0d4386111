"""Who has a second factor, who needs one, and what its owner is shown of it. Changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

import segno
from attrs import frozen
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from mujun.web.codes import DRIFT, address, code_of, step_at
from mujun.web.doer import Doer
from mujun.web.models import Account, Person, SecondFactor
from mujun.web.programme import matrix, workflow
from mujun.web.queries.desk import Task, tasks_from
from mujun.web.seal import unseal
from mujun.workflow import Role

ISSUER = "亩均效益领跑者"
PENDING = timedelta(minutes=15)
"""How long a secret that was handed out waits for the phone's first code."""
_GROUP = 4


@frozen
class Handed:
    """A secret as its owner takes it into his phone: as a picture, or in groups for typing."""

    picture: SafeString
    groups: tuple[str, ...]


@cache
def roles_that_need_it() -> frozenset[Role]:
    """Those who take a step, or do an act, that wants a proof of who one is."""
    edges = (one for one in workflow().edges if any(guard.name == "reauthenticated" for guard in one.guards))
    rows = (one for one in matrix().actions.values() if one.reauthenticated)
    return frozenset(
        {role for edge in edges for role in edge.who} | {role for row in rows for role in Role if row.grants(role)}
    )


def needs_it(doer: Doer) -> bool:
    return not doer.roles.isdisjoint(roles_that_need_it())


def accounts_with_second_factor(person: Person) -> set[int]:
    found = SecondFactor.objects.filter(account__person=person, since__isnull=False)
    return set(found.values_list("account_id", flat=True))


def factor_of(account: Account) -> SecondFactor | None:
    """The one that his phone has shown to have."""
    return SecondFactor.objects.filter(account=account, since__isnull=False).first()


def pending_of(account: Account, at: datetime) -> SecondFactor | None:
    """The one that was handed out lately and waits for the first code."""
    return SecondFactor.objects.filter(account=account, since=None, begun_at__gt=at - PENDING).first()


def codes_left(account: Account) -> int:
    return account.recovery_codes.filter(used_at=None).count()


def secret_of(factor: SecondFactor) -> str:
    return unseal(factor.secret, str(factor.account_id))


def handed(factor: SecondFactor) -> Handed:
    """Only while it is pending: what a phone has is never shown again."""
    if factor.since is not None:
        raise ValueError("this secret is in use")
    secret = secret_of(factor)
    issuer = f"{ISSUER}（示例）" if settings.DEMO else ISSUER
    picture = segno.make(address(secret, factor.account.username, issuer), error="m", micro=False).svg_inline(
        scale=4, dark="#000", light="#fff", title="二维码：用身份验证器扫描"
    )
    groups = tuple(secret[start : start + _GROUP] for start in range(0, len(secret), _GROUP))
    return Handed(mark_safe(picture), groups)


def demo_code(account: Account, at: datetime) -> str:
    """On a site of fictitious data: what a phone would show now, or in the next step if that was used. Else nothing."""
    if not settings.DEMO:
        return ""
    factor = SecondFactor.objects.filter(account=account).first()
    if factor is None:
        return ""
    now = step_at(at)
    step = max(now, factor.last_step + 1)
    return code_of(secret_of(factor), step) if step <= now + DRIFT else ""


@tasks_from
def second_factor_task(doer: Doer, now: datetime) -> list[Task]:
    """For whoever will need it and has none."""
    if needs_it(doer) and not doer.actor.second_factor:
        return [Task("设置动态口令", reverse("second_factor"))]
    return []
