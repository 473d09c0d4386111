"""Whether the record is whole: every event as it was written, in its place, and none cut off at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from mujun.digest import canonical_json, digest_bytes
from mujun.findings import Finding, Severity
from mujun.web.models import AuditEvent


def verify_record() -> list[Finding]:
    """The first sequence number at which something is wrong; nothing when all holds."""
    from mujun.web.actions.record import CHECKPOINT, GENESIS, event_content

    sha256 = sm3 = GENESIS
    expected = 1
    for event in AuditEvent.objects.order_by("seq").iterator():
        if event.seq != expected:
            return [_wrong(expected, f"第{expected}条不见了，接着的是第{event.seq}条。")]
        digest = digest_bytes(canonical_json(event_content(event)))
        if (event.previous_sha256, event.previous_sm3) != (sha256, sm3):
            return [_wrong(event.seq, f"第{event.seq}条与上一条接不上。")]
        if (event.sha256, event.sm3) != (digest.sha256, digest.sm3):
            return [_wrong(event.seq, f"第{event.seq}条的内容与指纹不符。")]
        sha256, sm3, expected = event.sha256, event.sm3, expected + 1
    head = _head(Path(settings.HOME) / CHECKPOINT)
    if head is not None and head["seq"] > expected - 1:
        return [_wrong(expected, f"记录只到第{expected - 1}条，而库外留存的末条是第{head['seq']}条：末尾被截去了。")]
    if head is not None:
        kept = AuditEvent.objects.filter(seq=head["seq"]).first()
        if kept is None or (kept.sha256, kept.sm3) != (head["sha256"], head["sm3"]):
            return [_wrong(head["seq"], f"第{head['seq']}条与库外留存的指纹不符。")]
    return []


def _head(file: Path) -> dict[str, Any] | None:
    try:
        return json.loads(file.read_bytes())  # type: ignore[no-any-return]
    except FileNotFoundError:
        return None


def _wrong(seq: int, message: str) -> Finding:
    return Finding(Severity.ERROR, "record_broken", message, "请停止办理，由审计管理员会同系统管理员查明。", line=seq)
