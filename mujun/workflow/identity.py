"""Whether somebody has shown lately, by password and second factor together, that he is who he is. Checks neither."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mujun.findings import Finding
from mujun.workflow.actor import Actor
from mujun.workflow.decision import reason


def unproved(actor: Actor | None, now: datetime, minutes: int) -> Iterator[Finding]:
    """What is missing before an act that wants it. A proof from the future proves nothing."""
    if actor is not None and actor.person and not actor.second_factor:
        yield reason(
            "no_second_factor",
            "这件事须用密码和动态口令两样验证身份，您还没有设置动态口令。",
            "请先在“我的账号”里设置，约需两分钟。",
        )
        return
    when = None if actor is None else actor.reauthenticated_at
    if when is None or not timedelta(0) <= now - when <= timedelta(minutes=minutes):
        yield reason("not_reauthenticated", f"办这一步须在{minutes}分钟内重新验证过身份。", "请重新验证身份后再办。")
