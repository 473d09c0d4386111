"""Several at once on one database file: one of them is first, the others are told so, and nothing is done twice.

Eight threads begin together; the long run (X05) does so a hundred times over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection

from mujun.web.actions.decision import fix_pack, resolve_duplicate
from mujun.web.actions.numbers import take_number
from mujun.web.actions.objections import file_objection
from mujun.web.actions.refused import Refused, Stale
from mujun.web.actions.step import propose, take
from mujun.web.living.decision import COMPILED, LAID_BEFORE, live_decided
from mujun.web.living.evaluation import DRAWN, SIGNED
from mujun.web.living.notice import ENDS, ISSUED, OBJECTED, OPENED, notice_form
from mujun.web.living.people import demo_doer, give_second_factor, settle_people
from mujun.web.living.round import live_begun, live_planned, live_tracks_begun
from mujun.web.models import (
    Account,
    DocumentNumber,
    DuplicateResolved,
    Nomination,
    NominationItem,
    Objection,
    Person,
    Proposal,
    Publication,
    PublicNotice,
    RoleGrant,
    Round,
    Track,
)
from mujun.web.queries.audit import CHECKPOINT, verify_record
from mujun.web.queries.issued import extended_form
from mujun.web.queries.quotas import quotas_of
from tests.web.located import freeze_tracks
from tests.web.shortcuts import accept_lists, plans_in_force
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
    third = Person.objects.create(name="第三位负责人（示例）")
    give_second_factor(Account.objects.create(username="b3", person=third, password="!"))
    RoleGrant.objects.create(person=third, role="B", since=COMPILED - timedelta(days=300))
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


def first_of(answers: list[str], then: str) -> bool:
    """One was first; all others were told why not."""
    return Counter(answers) == Counter({DONE: 1, then: len(answers) - 1})


@pytest.fixture(params=[0, *(pytest.param(again, marks=pytest.mark.acceptance) for again in range(1, 20))])
def again(request: pytest.FixtureRequest) -> int:
    """Once in the suite, twenty times in the long run."""
    return int(request.param)


def test_x05_from_compiling_to_issuing_eight_hands_reach_for_every_step(round_: Round, again: int) -> None:
    accept_lists(round_, LISTS, COMPILED)
    take("R4", round_, by=demo_doer("a", COMPILED), now=COMPILED)
    clerk = demo_doer("a", COMPILED)

    def keep(domain: str) -> Callable[[], object]:
        told = {"round_": mine(round_), "key": "M2", "resolution": f"保留在{domain}"}
        return lambda: resolve_duplicate(**told, keep_in=domain, by=clerk, now=COMPILED)  # type: ignore[arg-type]

    assert first_of(at_once(*[keep("manufacturing"), keep("services")] * 4), "no_duplicate")
    assert DuplicateResolved.objects.count() == round_.items.filter(key="M2", standing="proposed").count() == 1

    live_review_up_to_confirming(round_)
    assert first_of(confirmed(round_, "R5", LAID_BEFORE, "b", "b2"), "not_proposed")
    round_.refresh_from_db()
    live_decided(round_)
    plans_in_force(round_, COMPILED)

    one, other = notice_form(round_), {**notice_form(round_), "contact": "另一个电话"}
    assert at_once(*[proposed(round_, "R7", one), proposed(round_, "R7", other)] * 4) == [DONE] * HANDS
    assert first_of(confirmed(round_, "R7", OPENED, "b", "b2"), "not_proposed")
    notice = PublicNotice.objects.get()
    last = Proposal.objects.filter(edge="R7").latest("pk")
    assert (notice.contact, last.confirmed_by) == (last.form["contact"], notice.opened_by)

    assert at_once(*[objected(round_)] * HANDS) == [DONE] * HANDS
    assert Objection.objects.values("receipt").distinct().count() == HANDS
    Objection.objects.update(state="WITHDRAWN", version=1)

    propose("R7e", round_, extended_form(round_, ENDS + timedelta(days=1), "台风"), by=clerk, now=OBJECTED)
    answers = confirmed(round_, "R7e", OBJECTED, "b", "b2")
    assert first_of(answers, "not_proposed")
    assert notice.extensions.count() == 1

    answers = at_once(*[issued(round_)] * HANDS)
    assert first_of(answers, "wrong_state")
    assert Publication.objects.count() == DocumentNumber.objects.filter(number="浙亩均办〔2019〕12号").count() == 1


def live_review_up_to_confirming(round_: Round) -> None:
    fix_pack(round_=round_, by=demo_doer("a", LAID_BEFORE), now=LAID_BEFORE)
    round_.refresh_from_db()
    propose("R5", round_, by=demo_doer("a", LAID_BEFORE), now=LAID_BEFORE)


def proposed(round_: Round, edge: str, form: dict[str, object]) -> Callable[[], object]:
    own = mine(round_)
    return lambda: propose(edge, own, form, by=demo_doer("a", OPENED), now=OPENED)


def objected(round_: Round) -> Callable[[], object]:
    told = {"domain": "manufacturing", "key": "M1", "grounds": ["不符"], "name": "王实名", "phone": "电话"}
    return lambda: file_objection(round_=mine(round_), **told, now=OBJECTED)  # type: ignore[arg-type]


def confirmed(round_: Round, edge: str, now: datetime, *officials: str) -> list[str]:
    """What eight clicks of two officials were answered."""

    def click(login: str) -> Callable[[], object]:
        own, by = mine(round_), demo_doer(login, now)
        return lambda: take(edge, own, by=by, now=now)

    return at_once(*[click(login) for login in officials * (HANDS // len(officials))])


def issued(round_: Round) -> Callable[[], object]:
    form = {"document_number": "浙亩均办〔2019〕12号", "dated": "2019-10-14", "printed_on": "2019-10-15"}
    return lambda: take("R10", mine(round_), form, by=demo_doer("b3", ISSUED), now=ISSUED)


def test_x05_seven_departments_reach_for_one_document_number(round_: Round, again: int) -> None:
    def issue(track: Track) -> Callable[[], object]:
        login = "b" if track.adopted else f"d-{track.domain.replace('_', '-')}"
        return lambda: take(
            "T2", track, {"document_number": "示例〔2019〕8号"}, by=demo_doer(login, OPENED), now=OPENED
        )

    answers = at_once(*[issue(track) for track in round_.tracks.select_related("round")])

    assert first_of(answers, "document_number_taken")
    assert DocumentNumber.objects.filter(number="示例〔2019〕8号").count() == 1
    assert sorted(round_.tracks.values_list("state", flat=True)) == ["PLAN_DRAFT"] * 6 + ["PLAN_ISSUED"]


def test_x05_at_the_quotas_edge_one_list_is_drawn_up_and_one_signed(round_: Round, province: Path, again: int) -> None:
    """Some draw it up with the fifth of a full group left out, some with the fourth; some sign while others redraw."""
    freeze_tracks(round_, province, "manufacturing")
    track = Track.objects.get(domain="manufacturing")
    group = full_group(track)
    forms = [{"left_out": [{"key": ranked(track, group, rank)[0], "reason": "迁出"}]} for rank in (4, 5)]

    def act(edge: str, login: str, form: dict[str, object], now: datetime) -> Callable[[], object]:
        own, by = Track.objects.select_related("round").get(pk=track.pk), demo_doer(login, now)
        return lambda: take(edge, own, form, by=by, now=now)

    drawing = [act("T7", "c-manufacturing", form, DRAWN) for form in forms * (HANDS // 2)]
    assert first_of(at_once(*drawing), "wrong_state")
    redrawing = [act("T12", "c-manufacturing", form, SIGNED) for form in forms * 2]
    signing = [act("T8", "d-manufacturing", {}, SIGNED) for _ in range(HANDS // 2)]
    answers = at_once(*redrawing, *signing)
    assert set(answers) <= {DONE, "wrong_state"}
    assert answers[HANDS // 2 :].count(DONE) == 1

    standing = Nomination.objects.get(voided_at=None)
    track.refresh_from_db()
    assert (track.state, standing.signed_hash) == ("SIGNED", standing.content_hash)
    quotas = {one.label: one for one in quotas_of(track)}
    assert all(one.places is None or one.listed <= one.places for one in quotas.values())
    assert NominationItem.objects.filter(nomination=standing, group=group, kind="listed").count() == 10


def test_x05_a_number_is_taken_once_whatever_the_guards_saw(round_: Round, again: int) -> None:
    by = demo_doer("a", OPENED)
    answers = at_once(*[lambda: take_number("示例〔2019〕9号", for_="x", by=by, now=OPENED)] * HANDS)

    assert answers.count(DONE) == DocumentNumber.objects.filter(number="示例〔2019〕9号").count() == 1
    assert all("UNIQUE" in one for one in answers if one != DONE)
