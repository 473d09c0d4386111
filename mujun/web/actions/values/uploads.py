"""An office's file on its way: received, looked at, brought in; by a request if it is small, else by a job.

Looking writes nothing but what was found. What is brought in is judged once more (`bring_in`), in one act or not at
all.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mujun.findings import CannotGoOn
from mujun.web.actions.busy import is_busy
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.bring_in import Brought, NotBroughtIn, Tell, bring_in, look_at
from mujun.web.alive import alive
from mujun.web.doer import Doer, as_doer
from mujun.web.evidence import keep, keep_json
from mujun.web.models import Upload
from mujun.web.queries.values.checked import Found, found_in, not_read
from mujun.web.queries.values.files import marked_copy
from mujun.web.queries.values.offices import Desk, desk_of
from mujun.web.queries.values.uploads import OPEN, found_of, has_died, is_large, job_name

BUSY = "别人正在大批写入，等了很久没有轮到，这一步没有办成，什么也没有入库。请过一会儿再办一次。"
CHANGED = "核对以后情况有变，没有入库。下面是按现在的情况重新核对的结果。"
_LOOKING, _LOOKED, _BRINGING = Upload.Stage.LOOKING, Upload.Stage.LOOKED, Upload.Stage.BRINGING
_PERCENT = {"读": (0, 50), "对": (50, 55), "核": (55, 80), "标": (80, 99), "等": (80, 80), "入": (80, 99)}
_SECOND = 1.0


@transaction.atomic
def receive(*, desk: Desk, sha256: str, name: str, by: Doer, now: datetime) -> Upload:
    """A file is there to be looked at. Sent twice it is one upload, looked at again; it takes the place of those of his
    that could not have been brought in.
    """
    mine = Upload.objects.filter(track=desk.track, form=desk.form.id, person=by.somebody, stage__in=OPEN)
    before = mine.filter(sha256=sha256).first()
    worse = mine.filter(stage=Upload.Stage.FAILED) | mine.filter(stage=_LOOKED, errors__gt=0)
    worse.exclude(sha256=sha256).update(stage=Upload.Stage.GONE)
    if before is None:
        return Upload.objects.create(
            track=desk.track,
            form=desk.form.id,
            person=by.somebody,
            account=by.account,
            sha256=sha256,
            name=name,
            large=is_large(sha256, name),
            at=now,
            asked_at=timezone.now(),
        )
    if not before.running:
        _ask(before, _LOOKING, name=name, account=by.account)
    return before


@transaction.atomic
def begin_again(*, upload: Upload) -> bool:
    """Of a job that died, or failed, or found what may have been mended elsewhere. A living job is left alone."""
    if upload.stage == _BRINGING and has_died(upload):
        return _ask(upload, _BRINGING)
    if upload.stage in (_LOOKED, Upload.Stage.FAILED) or has_died(upload):
        return _ask(upload, _LOOKING)
    return False


@transaction.atomic
def ask_to_bring_in(*, upload: Upload, reasons: Mapping[str, str]) -> bool:
    """Whether it may be tried: it was looked at, and nothing stood against it. Asked twice it is done once."""
    if upload.stage != _LOOKED or upload.errors:
        return False
    return _ask(upload, _BRINGING, reasons=dict(reasons))


@transaction.atomic
def give_up(*, upload: Upload) -> bool:
    """The sender wants it no more. The bytes stay in the store, as all do."""
    if upload.running and not has_died(upload):
        return False
    given_up = Upload.objects.filter(pk=upload.pk, attempt=upload.attempt, stage__in=OPEN)
    return bool(given_up.update(stage=Upload.Stage.GONE))


def carry_on(pk: int, attempt: int, clock: Callable[[], datetime]) -> None:
    """What was asked for last: looking, or bringing in. Safe to call twice; an attempt that is past is nobody's."""
    upload = Upload.objects.select_related("track__round", "person").get(pk=pk)
    with alive(job_name(upload)) as mine:
        asked = Upload.objects.filter(pk=pk, attempt=attempt, stage__in=(_LOOKING, _BRINGING))
        if not mine or not asked.update(begun_at=clock()):
            return
        upload.refresh_from_db()
        try:
            (_look if upload.stage == _LOOKING else _bring)(upload, clock())
        except Refused as refused:
            record_refusal(refused, by=as_doer(upload.person, clock(), upload.account), now=clock())
            _stopped(upload, "\n".join(f"{one.message}{one.mend}" for one in refused.reasons))
        except Exception as error:
            if is_busy(error):
                _stopped(upload, BUSY)
                return
            number = uuid.uuid4().hex[:12]
            logging.getLogger("mujun.web").exception("upload %s failed: %s", upload.pk, number)
            _stopped(upload, f"程序出错，没有办成，什么也没有入库。请把编号 {number} 告诉系统管理员。")


def _look(upload: Upload, now: datetime) -> None:
    by, tell = as_doer(upload.person, now, upload.account), _teller(upload)
    try:
        found = found_in(
            look_at(
                _desk(upload, by, now), upload.sha256, upload.name, reasons=upload.reasons, by=by, now=now, tell=tell
            ).files[0]
        )
    except CannotGoOn as error:
        found = not_read(error.findings)
    _found(upload, found, now, tell)


def _bring(upload: Upload, now: datetime) -> None:
    by, tell = as_doer(upload.person, now, upload.account), _teller(upload)

    def and_then(brought: Brought) -> None:
        done = found_in(brought.submitted)
        _move(upload, stage=Upload.Stage.IN, receipt=brought.receipt.number, found=keep_json(done.as_json()))

    try:
        bring_in(
            desk=_desk(upload, by, now),
            sha256=upload.sha256,
            name=upload.name,
            reasons=upload.reasons,
            by=by,
            now=now,
            tell=tell,
            and_then=and_then,
        )
    except NotBroughtIn as stopped:
        _found(upload, found_in(stopped.looked.files[0]), now, tell)
    except CannotGoOn as error:
        _found(upload, not_read(error.findings), now, tell)


def _desk(upload: Upload, by: Doer, now: datetime) -> Desk:
    desk, decision = desk_of(upload.track, upload.form, by, now)
    if desk is None:
        raise Refused("enter_form", "填报报表", decision, upload.track.subject, upload.form)
    return desk


def _found(upload: Upload, found: Found, now: datetime, tell: Tell) -> None:
    """Kept, with the marked workbook where making it would take a request too long."""
    marked = ""
    if upload.large and found.markable(upload.name):
        tell("标注", 0, None)
        marked = keep(marked_copy(upload.sha256, upload.name, found.findings))
    changed = upload.stage == _BRINGING and bool(upload.found) and found.findings != found_of(upload).findings
    _move(
        upload,
        stage=_LOOKED,
        found=keep_json(found.as_json()),
        marked=marked,
        errors=sum(one.severity.value == "error" for one in found.findings),
        asked=len({one.code for one in found.open}),
        looked_at=now,
        problem=CHANGED if changed else "",
    )


def _stopped(upload: Upload, problem: str) -> None:
    """What was looked at before can still be brought in; else it has to be looked at again."""
    _move(upload, stage=_LOOKED if upload.stage == _BRINGING else Upload.Stage.FAILED, problem=problem)


def _move(upload: Upload, **changed: Any) -> None:
    mine = Upload.objects.filter(pk=upload.pk, attempt=upload.attempt, stage=upload.stage)
    if not mine.update(**changed, step="", percent=0):
        raise RuntimeError(f"upload {upload.pk} went on without its job")


def _ask(upload: Upload, stage: Upload.Stage, **more: Any) -> bool:
    """The next attempt, if nobody asked meanwhile."""
    asked = Upload.objects.filter(pk=upload.pk, attempt=upload.attempt, stage=upload.stage).update(
        stage=stage,
        attempt=upload.attempt + 1,
        asked_at=timezone.now(),
        begun_at=None,
        step="",
        percent=0,
        problem="",
        **more,
    )
    upload.refresh_from_db()
    return bool(asked)


def _teller(upload: Upload) -> Tell:
    """Writes how far it is: each step, and within a step once a second at most."""
    step, last = "", 0.0

    def tell(what: str, now: int, end: int | None) -> None:
        nonlocal step, last
        if not upload.large or (what == step and time.monotonic() - last < _SECOND):
            return
        low, high = _PERCENT.get(what[:1], (0, 0))
        percent = low + (high - low) * now // end if end else low
        Upload.objects.filter(pk=upload.pk, attempt=upload.attempt).update(step=what[:120], percent=percent)
        step, last = what, time.monotonic()

    return tell
