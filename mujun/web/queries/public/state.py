"""A short text that changes whenever a public page could: so that a browser need not fetch again what it has."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import Max

from mujun import __version__
from mujun.digest import canonical_json, digest_bytes
from mujun.web.models import Plan, Publication, PublicNotice, Round
from mujun.workflow.moment import CHINA

_PAGES = Path(__file__).parents[2]


def public_state(now: datetime) -> str:
    """By what is public, by the day (for the workdays that are left), and by whether a notice is over."""
    notices = list(PublicNotice.objects.filter(opened_at__isnull=False).values_list("pk", "opens_at", "ends_at"))
    told = [
        __version__,
        _pages(),
        now.astimezone(CHINA).date().isoformat(),
        [[pk, opens.isoformat(), ends.isoformat(), opens <= now, ends < now] for pk, opens, ends in notices],
        [[pk, version] for pk, version in Round.objects.order_by("pk").values_list("pk", "version")],
        Publication.objects.aggregate(last=Max("pk"))["last"] or 0,
        str(Plan.objects.aggregate(last=Max("issued_at"))["last"]),
    ]
    return digest_bytes(canonical_json(told)).sha256[:24]


@cache
def _pages() -> str:
    """When templates and styles were last changed."""
    files = [*(_PAGES / "templates").rglob("*.html"), *(_PAGES / "static").rglob("*.css")]
    return str(max(file.stat().st_mtime_ns for file in files))
