"""Acts outside the machines that want a proof of who one is: which they are, the matrix says."""

from __future__ import annotations

from datetime import datetime

from mujun.findings import Finding
from mujun.web.doer import Doer
from mujun.web.programme import matrix, workflow
from mujun.workflow.identity import unproved


def identity_missing(row: str, by: Doer, now: datetime) -> list[Finding]:
    """What he still has to show before he does what the row of the matrix is about."""
    if not matrix().actions[row].reauthenticated:
        return []
    return list(unproved(by.actor, now, workflow().settings.reauthentication_minutes))
