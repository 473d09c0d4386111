"""The second stretch: each of the seven domains issues its plan, drafted by one person and issued by another."""

from __future__ import annotations

from datetime import datetime

from mujun.web.actions import issue as _issue  # noqa: F401 - carries out the edges
from mujun.web.actions.step import take
from mujun.web.living.people import demo_doer
from mujun.web.models import Round
from mujun.web.queries.rules import draft_plan
from mujun.workflow.moment import CHINA


def _day(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2019, 4, day, hour, minute, tzinfo=CHINA)


ISSUED = {
    "county": ("浙亩均办〔2019〕5号", _day(22, 10)),
    "manufacturing": ("浙经信亩均〔2019〕3号", _day(23, 9, 30)),
    "micro_park": ("浙经信亩均〔2019〕4号", _day(23, 9, 50)),
    "economic_zone": ("浙商务亩均〔2019〕1号", _day(24, 14)),
    "hightech_zone": ("浙科亩均〔2019〕2号", _day(24, 16, 20)),
    "characteristic_town": ("浙发改亩均〔2019〕6号", _day(25, 10, 15)),
    "services": ("浙发改亩均〔2019〕7号", _day(26, 15)),
}
PLANS_ISSUED = _day(26, 15)


def live_plans_issued(round_: Round) -> None:
    """In the order of the days on which they are issued."""
    tracks = {track.domain: track for track in round_.tracks.select_related("round")}
    for domain, (number, at) in sorted(ISSUED.items(), key=lambda one: one[1][1]):
        login = "b" if domain == "county" else f"d-{domain.replace('_', '-')}"
        plan = draft_plan(tracks[domain])
        assert plan is not None, "it was drafted when the track was begun"
        form = {"document_number": number, "revision": plan.revision}
        take("T2", tracks[domain], form, by=demo_doer(login, at), now=at)
