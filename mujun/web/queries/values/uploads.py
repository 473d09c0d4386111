"""Files on their way: whose, how far, and whether the job that has them in hand still lives."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from mujun.findings import CannotGoOn
from mujun.intake.package import open_package
from mujun.web.alive import lives
from mujun.web.doer import Doer
from mujun.web.evidence import kept_json
from mujun.web.models import Track, Upload
from mujun.web.queries.values.checked import Found
from mujun.web.queries.values.files import as_file

_TIMES = {".xlsx": 1, ".parquet": 20}
_DENSER = 4
"""How many times as many bytes the same cells take in a workbook, inflated."""
OPEN = (Upload.Stage.LOOKING, Upload.Stage.LOOKED, Upload.Stage.BRINGING, Upload.Stage.FAILED)
_LONG_IN_QUEUE = timedelta(minutes=1)


def is_large(sha256: str, name: str) -> bool:
    """By the directory of a workbook alone; one that is no workbook is refused at once, and so is small."""
    with as_file(sha256, name) as file:
        suffix = file.suffix.lower()
        try:
            size = open_package(file).size if suffix == ".xlsx" else file.stat().st_size
        except CannotGoOn:
            return False
    return size * _TIMES.get(suffix, _DENSER) > settings.SMALL_UPLOAD


def open_uploads(doer: Doer, track: Track | None = None) -> QuerySet[Upload]:
    """His own that are neither brought in nor given up, the latest first."""
    mine = Upload.objects.filter(person=doer.person, stage__in=OPEN, track__state="COLLECTING")
    mine = mine if track is None else mine.filter(track=track)
    return mine.select_related("track__round").order_by("-pk")


def has_died(upload: Upload) -> bool:
    """Begun, and nobody is at it any more. A job that ends writes so before it lets go: hence the second look."""
    if not upload.running or upload.begun_at is None or lives(job_name(upload)):
        return False
    upload.refresh_from_db(fields=["stage", "attempt", "begun_at", "step", "percent"])
    return upload.running and upload.begun_at is not None and not lives(job_name(upload))


def waits_long(upload: Upload) -> bool:
    """In the queue for longer than a job takes: perhaps no worker runs."""
    return upload.running and upload.begun_at is None and timezone.now() - upload.asked_at > _LONG_IN_QUEUE


def job_name(upload: Upload) -> str:
    return f"upload-{upload.pk}"


def found_of(upload: Upload) -> Found:
    return Found.from_json(kept_json(upload.found))


def told_of_upload(upload: Upload) -> str:
    """Where it stands, in a few words."""
    if upload.running:
        return f"{upload.get_stage_display()[2:]}中断" if has_died(upload) else _running(upload)
    if upload.stage != Upload.Stage.LOOKED:
        return str(upload.get_stage_display())
    if upload.errors:
        return f"有{upload.errors}处错误"
    return f"核对完，有{upload.asked}类要说明理由" if upload.asked else "核对完，待入库"


def _running(upload: Upload) -> str:
    if upload.begun_at is None:
        return "排队等核对" if upload.stage == Upload.Stage.LOOKING else "排队等入库"
    return f"{upload.get_stage_display()}（{upload.percent}%）"
