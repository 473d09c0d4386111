"""The first stretch: the round is begun, its plan issued, the seven tracks begun."""

from __future__ import annotations

from datetime import datetime

from mujun.web.actions import plans as _plans  # noqa: F401 - carries out the beginning of a plan
from mujun.web.actions.rounds import begin_track, create_round
from mujun.web.actions.step import take
from mujun.web.living.people import demo_doer
from mujun.web.models import Round
from mujun.web.programme import programme_round
from mujun.workflow.moment import CHINA

BEGUN = datetime(2019, 3, 11, 9, 30, tzinfo=CHINA)
PLANNED = datetime(2019, 4, 9, 10, 0, tzinfo=CHINA)
TRACKS_BEGUN = datetime(2019, 4, 15, 9, 0, tzinfo=CHINA)


def live_begun() -> Round:
    return create_round(year=2019, programme="2019", title=programme_round().title, by=demo_doer("a", BEGUN), now=BEGUN)


def live_planned(round_: Round) -> None:
    form = {"document_number": "浙亩均办〔2019〕4号", "issued_on": "2019-04-09"}
    take("R2", round_, form, by=demo_doer("b", PLANNED), now=PLANNED)


def live_tracks_begun(round_: Round) -> None:
    for domain in programme_round().domains:
        login = "a" if domain.id == "county" else f"c-{domain.id.replace('_', '-')}"
        begin_track(round_=round_, domain=domain.id, by=demo_doer(login, TRACKS_BEGUN), now=TRACKS_BEGUN)
