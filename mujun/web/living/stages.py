"""The stages a demo round can be set to, in order. Each stretch begins where the one before it ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from attrs import frozen

from mujun.web.clock import move_clock
from mujun.web.living import round as begins
from mujun.web.living import values
from mujun.web.living.people import Log, settle_people
from mujun.web.models import Round


@frozen
class Stage:
    """`live` takes the round there; `at` is when it gets there."""

    id: str
    label: str
    live: Callable[[Round], None]
    at: datetime


STAGES: tuple[Stage, ...] = (
    Stage("draft", "筹备", lambda round_: None, begins.BEGUN),
    Stage("planned", "方案印发", begins.live_planned, begins.PLANNED),
    Stage("plans", "拟定领域方案", begins.live_tracks_begun, begins.TRACKS_BEGUN),
    Stage("collecting", "归集数据", values.live_collecting, values.COLLECTING),
    Stage("collected", "数据收齐", values.live_collected, values.COLLECTED),
    Stage("locked", "数据锁定", values.live_locked, values.LOCKED),
)


def live_to(stage: str, password: str, tell: Callable[[str], None] = lambda what: None) -> list[Log]:
    """A round in an empty database, lived to the stage. The clock of the site is set to when that was."""
    tell("安排人员")
    logs = settle_people(password)
    round_ = begins.live_begun()
    for one in STAGES:
        tell(one.label)
        one.live(round_)
        round_.refresh_from_db()
        if one.id == stage:
            move_clock(one.at + timedelta(minutes=10))
            return logs
    raise ValueError(f"no stage {stage}")
