"""Whether the record is whole: every event as it was written, in its place, and none cut off at the end."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from mujun.digest import Digest
from mujun.findings import Finding
from mujun.proof import Point, verify_chain
from mujun.web.models import AuditEvent

CHECKPOINT = "audit.head"
"""The last event, kept beside the database."""


def verify_record() -> list[Finding]:
    """What is broken, the first bad sequence number first; nothing when all holds."""
    links = [event.link for event in AuditEvent.objects.order_by("seq").iterator()]
    return verify_chain(links, checkpoints())


def checkpoints() -> list[Point]:
    try:
        kept = json.loads((Path(settings.HOME) / CHECKPOINT).read_bytes())
    except FileNotFoundError:
        return []
    return [Point(kept["sequence"], Digest(kept["sha256"], kept["sm3"]))]
