"""A desk says by when: the end of the step of the round's calendar, or the day on which an answer is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from mujun.web.models import Objection, Round, Track
from mujun.web.queries.desk import due_of
from mujun.workflow.moment import CHINA
from mujun.workflow.states import RoundState, TrackState

As = Callable[[str, datetime], Client]


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (TrackState.PLAN_DRAFT, date(2019, 3, 31)),
        (TrackState.COLLECTING, date(2019, 6, 30)),
        (TrackState.FROZEN, date(2019, 9, 30)),
        (TrackState.ACCEPTED, None),
    ],
)
def test_a_track_is_due_at_the_end_of_its_quarter(begun: Round, state: TrackState, due: date | None) -> None:
    assert due_of(Track(round=begun, domain="services", state=state)) == due


def test_what_the_notice_left_open_is_not_due(begun: Round) -> None:
    begun.state = RoundState.DECIDED
    assert due_of(begun) is None


def test_an_objection_is_due_when_its_answer_is() -> None:
    assert due_of(Objection(state="ADMITTED", answer_due=date(2019, 10, 28))) == date(2019, 10, 28)


@pytest.mark.parametrize(
    ("day", "said", "lead"),
    [
        (datetime(2019, 3, 31, 17, tzinfo=CHINA), "期限2019年3月31日", "有1件事可以办"),
        (datetime(2019, 4, 1, 9, tzinfo=CHINA), "已逾期，期限2019年3月31日", "有1件事可以办，其中1件已逾期"),
    ],
)
def test_the_desk_tells_what_is_late_from_the_day_after(
    planned: Round, as_: As, day: datetime, said: str, lead: str
) -> None:
    text = as_("d-services", day).get("/desk/").content.decode()
    assert (f">{said}</span></h2>" in text, f"{lead}。" in text) == (True, True)
