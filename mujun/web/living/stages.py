"""The stages a demo round can be set to, in order. Each stretch begins where the one before it ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from attrs import frozen

from mujun.web.clock import move_clock
from mujun.web.living import decision, evaluation, notice, plans, values
from mujun.web.living import round as begins
from mujun.web.living.office_files import UNITS
from mujun.web.living.people import Log, settle_people
from mujun.web.models import Round


@frozen
class Stage:
    """`live` takes the round there; `at` is when it gets there. `sized`: it wants to know how many manufacturers."""

    id: str
    label: str
    live: Callable[..., object]
    at: datetime
    sized: bool = False

    def reach(self, round_: Round, units: int) -> None:
        if self.sized:
            self.live(round_, units)
        else:
            self.live(round_)


PEOPLE = "people"
"""The stage before the first: everybody has a chair, and there is no round."""
STAGES: tuple[Stage, ...] = (
    Stage("draft", "筹备", lambda round_: None, begins.BEGUN),
    Stage("planned", "方案印发", begins.live_planned, begins.PLANNED),
    Stage("plans", "拟定领域方案", begins.live_tracks_begun, begins.TRACKS_BEGUN),
    Stage("plans_issued", "领域方案印发", plans.live_plans_issued, plans.PLANS_ISSUED),
    Stage("collecting", "归集数据", values.live_collecting, values.COLLECTING, sized=True),
    Stage("collected", "数据收齐", values.live_collected, values.COLLECTED, sized=True),
    Stage("locked", "数据锁定", values.live_locked, values.LOCKED),
    Stage("evaluated", "运行评价", evaluation.live_evaluated, evaluation.EVALUATED),
    Stage("frozen", "评价定版", evaluation.live_frozen, evaluation.FROZEN),
    Stage("submitted", "报送推荐名单", evaluation.live_submitted, evaluation.SUBMITTED),
    Stage("accepted", "接收推荐名单", evaluation.live_accepted, evaluation.ACCEPTED),
    Stage("compiled", "汇总", decision.live_compiled, decision.COMPILED),
    Stage("review", "提请审定", decision.live_review, decision.LAID_BEFORE),
    Stage("decided", "审定", decision.live_decided, decision.DECIDED),
    Stage("notice", "公示", notice.live_notice, notice.OPENED),
    Stage("objected", "受理异议", notice.live_objected, notice.OBJECTED),
    Stage("answered", "异议办结", notice.live_answered, notice.DECIDED),
    Stage("issued", "印发名单", notice.live_issued, notice.ISSUED),
)


def live_to(
    stage: str, password: str, tell: Callable[[str], None] = lambda what: None, units: int = UNITS
) -> list[Log]:
    """A round in an empty database, lived to the stage. The clock of the site is set to when that was."""
    tell("安排人员")
    logs = settle_people(password)
    if stage == PEOPLE:
        move_clock(begins.BEGUN)
        return logs
    round_ = begins.live_begun()
    for one in STAGES:
        tell(one.label)
        one.reach(round_, units)
        round_.refresh_from_db()
        if one.id == stage:
            move_clock(one.at + timedelta(minutes=10))
            return logs
    raise ValueError(f"no stage {stage}")


def live_on(stretch: str) -> None:
    """One stretch of a round that others have lived so far. The clock of the site goes to its end."""
    stage = next(one for one in STAGES if one.id == stretch)
    stage.reach(Round.objects.exclude(state="CANCELLED").latest("year"), UNITS)
    move_clock(stage.at + timedelta(minutes=10))
