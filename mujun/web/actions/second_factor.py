"""A second factor: begun, answered by the phone, shown before a grave act, given up by its owner, reset at the desk.

Codes follow the machine's clock (`at`), as a phone does; `now` is the site's, which a demo may have moved.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import unicodedata
from datetime import datetime

from attrs import frozen
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import transaction

from mujun.web.actions.accounts import ask_security
from mujun.web.actions.identity import identity_missing
from mujun.web.actions.record import REFUSED, record_event
from mujun.web.actions.refused import Refused
from mujun.web.codes import draw_secret, step_of
from mujun.web.doer import Doer
from mujun.web.models import Account, Message, RecoveryCode, SecondFactor
from mujun.web.queries.second_factor import codes_left, factor_of, pending_of, secret_of
from mujun.web.seal import seal
from mujun.workflow.decision import judged, reason

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another when read from paper."""
COUNT, LENGTH, _GROUP = 10, 10, 5
CODE, RECOVERY = "动态口令", "恢复码"
_NOT_YOURS = "不是您本人办的，请马上告诉安全管理员。"


@frozen
class Said:
    """What somebody typed, held against one secret (known by its salt): a step, or the hash of a recovery code."""

    salt: str = ""
    step: int | None = None
    hashed: str = ""


@transaction.atomic
def begin_second_factor(account: Account, *, by: Doer, now: datetime, at: datetime) -> None:
    """A new secret for his phone; it counts for nothing until the phone has answered."""
    if factor_of(account) is not None:
        against = reason("has_second_factor", "您已经设置了动态口令。", "换手机的，请先停用再设置。")
        raise Refused("begin_second_factor", "设置动态口令", judged([against]))
    SecondFactor.objects.filter(account=account).delete()
    secret = seal(draw_secret(), str(account.pk))
    SecondFactor.objects.create(account=account, secret=secret, salt=secrets.token_hex(16), begun_at=at)
    _record("begin_second_factor", "开始设置动态口令", account, by=by, now=now)


def confirm_second_factor(account: Account, said: str, *, by: Doer, now: datetime, at: datetime) -> list[str]:
    """The phone's first code. Ten recovery codes to be shown once; none if it is wrong. Other browsers are out."""
    codes = ["".join(secrets.choice(SIGNS) for _ in range(LENGTH)) for _ in range(COUNT)]
    waiting = pending_of(account, at)
    hashes = [_hash(code, waiting.salt) for code in codes] if waiting is not None else []
    with transaction.atomic():
        factor = pending_of(account, at)
        if factor is None or waiting is None or factor.salt != waiting.salt:
            against = reason("nothing_begun", "这次设置已经过时，或已在别处办好。", "请重新开始设置。")
            raise Refused("set_second_factor", "设置动态口令", judged([against]))
        step = _step(factor, _digits(said), at)
        if step is None:
            _record("set_second_factor", "设置动态口令：口令不对", account, by=by, now=now, outcome=REFUSED)
            return []
        factor.since, factor.last_step = now, step
        factor.save(update_fields=["since", "last_step"])
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create([RecoveryCode(account=account, hashed=one) for one in hashes])
        _end_sessions(account)
        _tell(account, f"您的账号{account.username}设置了动态口令。{_NOT_YOURS}", now)
        _record("set_second_factor", "设置动态口令", account, by=by, now=now)
    return [f"{code[:_GROUP]}-{code[_GROUP:]}" for code in codes]


def show_second_factor(account: Account, said: str, *, by: Doer, now: datetime, at: datetime) -> bool:
    """Beside the right password, which the caller has seen. A code is taken once, however many send it at once."""
    read = _read(account, said, at)
    with transaction.atomic():
        how = _take(account, read, now)
        if not how:
            record_refused_proof(account, "动态口令不对，或已用过", by=by, now=now)
            return False
        left = {"recovery_codes_left": codes_left(account)} if how == RECOVERY else {}
        _record("reauthenticate", "重新验证身份", account, by=by, now=now, facts={"with": how, **left})
    return True


@transaction.atomic
def record_refused_proof(account: Account, what: str, *, by: Doer, now: datetime) -> None:
    """Somebody in his session did not know his password, or had not his phone."""
    _record("reauthenticate", f"重新验证身份：{what}", account, by=by, now=now, outcome=REFUSED)


def drop_second_factor(account: Account, said: str, *, by: Doer, now: datetime, at: datetime) -> bool:
    """By its owner, beside the right password. Other browsers are out."""
    read = _read(account, said, at)
    with transaction.atomic():
        if not _take(account, read, now):
            _record("drop_second_factor", "停用动态口令：口令不对", account, by=by, now=now, outcome=REFUSED)
            return False
        _forget(account)
        _tell(account, f"您的账号{account.username}停用了动态口令。{_NOT_YOURS}", now)
        _record("drop_second_factor", "停用动态口令", account, by=by, now=now)
    return True


@transaction.atomic
def reset_second_factor(*, account: Account, why: str, by: Doer | None, now: datetime) -> None:
    """For one who has lost phone and paper: what he had counts no more and he sets up anew. Nobody learns it.

    `by` None: from the machine itself, where no security administrator is left who could.
    """
    label = "重设动态口令"
    against = [] if why.strip() else [reason("no_reason", "没有写理由。", "请写明理由。")]
    if factor_of(account) is None:
        against.append(reason("none_set", f"{account.username}没有设置动态口令。", "不用再办。"))
    if by is not None:
        against += identity_missing("reset_second_factor", by, now)
        ask_security(account, "reset_second_factor", label, against, by=by, now=now)
    elif against:
        raise Refused("reset_second_factor", label, judged(against), f"account:{account.pk}", account.username)
    _forget(account)
    who = by.name if by is not None else "系统"
    _tell(account, f"您的账号{account.username}的动态口令已由{who}重设，请重新设置。{_NOT_YOURS}", now)
    _record("reset_second_factor", label, account, by=by, now=now, facts={"reason": why})


def _read(account: Account, said: str, at: datetime) -> Said:
    """Outside the transaction, since hashing a recovery code is slow on purpose."""
    factor = factor_of(account)
    if factor is None:
        return Said()
    digits = _digits(said)
    if len(digits) == 6 and digits.isdecimal():
        return Said(factor.salt, step=_step(factor, digits, at))
    signs = "".join(sign for sign in digits.lower() if sign in SIGNS)
    return Said(factor.salt, hashed=_hash(signs, factor.salt)) if len(signs) == LENGTH else Said()


def _step(factor: SecondFactor, digits: str, at: datetime) -> int | None:
    """None too where the site's key is not the one it was sealed with: no code is right then, and the log says why."""
    try:
        secret = secret_of(factor)
    except InvalidTag:
        logging.getLogger("mujun.web").error(
            "second factor of account %s is sealed with another key", factor.account_id
        )
        return None
    return step_of(secret, digits, at)


def _take(account: Account, said: Said, now: datetime) -> str:
    """Each in one statement that finds it unused and uses it; empty where there is nothing to take."""
    if said.step is not None:
        fresh = SecondFactor.objects.filter(
            account=account, salt=said.salt, since__isnull=False, last_step__lt=said.step
        )
        return CODE if fresh.update(last_step=said.step) == 1 else ""
    if said.hashed:
        unused = RecoveryCode.objects.filter(account=account, hashed=said.hashed, used_at=None)
        return RECOVERY if unused.update(used_at=now) == 1 else ""
    return ""


def _digits(said: str) -> str:
    """As typed by any hand: full-width digits, spaces in between."""
    return "".join(unicodedata.normalize("NFKC", said).split())


def _hash(code: str, salt: str) -> str:
    """Slow like a password's, with fewer turns, since fifty random bits are no password that somebody chose."""
    return hashlib.pbkdf2_hmac("sha256", code.encode(), bytes.fromhex(salt), settings.RECOVERY_CODE_TURNS).hex()


def _forget(account: Account) -> None:
    RecoveryCode.objects.filter(account=account).delete()
    SecondFactor.objects.filter(account=account).delete()
    _end_sessions(account)


def _end_sessions(account: Account) -> None:
    account.epoch += 1
    account.save(update_fields=["epoch"])


def _tell(account: Account, text: str, now: datetime) -> None:
    Message.objects.create(to_person=account.person, at=now, text=text, urgent=True)


def _record(
    act: str,
    label: str,
    account: Account,
    *,
    by: Doer | None,
    now: datetime,
    outcome: str = "done",
    facts: dict[str, object] | None = None,
) -> None:
    about = f"{account.person.name} {account.username}"
    subject = f"account:{account.pk}"
    record_event(act, label, by=by, now=now, subject=subject, about=about, outcome=outcome, facts=facts)
