"""Several at once on one database file: one of them is first, the others are told so, and nothing is done twice.

Eight threads begin together; the long run (X05) does so a hundred times over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection

from mujun.web.actions.decision import resolve_duplicate
from mujun.web.actions.numbers import take_number
from mujun.web.actions.objections import file_objection
from mujun.web.actions.refused import Refused, Stale
from mujun.web.actions.step import propose, take
from mujun.web.living import notice as lives
from mujun.web.living.decision import COMPILED, LAID_BEFORE, live_compiled, live_decided, live_review
from mujun.web.living.evaluation import DRAWN, SIGNED
from mujun.web.living.notice import ENDS, ISSUED, OBJECTED, OPENED, notice_form
from mujun.web.living.people import demo_doer, settle_people
from mujun.web.living.round import live_begun, live_planned, live_tracks_begun
from mujun.web.models import (
    ActDone,
    AuditEvent,
    DocumentNumber,
    DuplicateResolved,
    Nomination,
    NominationItem,
    Objection,
    Proposal,
    Publication,
    PublicNotice,
    Round,
    Track,
)
from mujun.web.queries.audit import CHECKPOINT, verify_record
from mujun.web.queries.issued import extended_form
from mujun.web.queries.quotas import quotas_of
from tests.web.located import freeze_tracks
from tests.web.shortcuts import accept_lists
from tests.web.test_decision import LISTS
from tests.web.test_lists import full_group, ranked

DONE = "done"
HANDS = 8


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each of them was answered, when all began together."""
    start, answers = Barrier(len(acts)), [""] * len(acts)

    def one(number: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            answers[number] = DONE
        except Refused as refused:
            answers[number] = refused.reasons[0].code
        except Stale:
            answers[number] = "stale"
        except Exception as broken:
            answers[number] = repr(broken)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def round_(threads: None) -> Iterator[Round]:
    """A round with its tracks; lists are there as each test wants."""
    (Path(settings.HOME) / CHECKPOINT).unlink(missing_ok=True)
    settle_people("shili-mima-2019")
    made = live_begun()
    live_planned(made)
    made.refresh_from_db()
    live_tracks_begun(made)
    yield made
    assert verify_record() == []
    assert not list(Proposal.objects.filter(subject=made.subject, closed_at=None)[1:])
    (Path(settings.HOME) / CHECKPOINT).unlink(missing_ok=True)


def mine(round_: Round) -> Round:
    return Round.objects.get(pk=round_.pk)


def one_round(round_: Round) -> None:
    """From accepted lists to the issued one; at every narrow place eight hands reach for the same thing."""
    accept_lists(round_, LISTS, COMPILED)
    take("R4", round_, by=demo_doer("a", COMPILED), now=COMPILED)
    by = demo_doer("a", COMPILED)
    kept = [("manufacturing", "以主营业务为准"), ("services", "以税收为准")] * (HANDS // 2)
    answers = at_once(
        *(
            lambda keep_in=keep_in, why=why: resolve_duplicate(  # type: ignore[misc]
                round_=mine(round_), key="M2", keep_in=keep_in, resolution=why, by=by, now=COMPILED
            )
            for keep_in, why in kept
        )
    )
    print(answers)
