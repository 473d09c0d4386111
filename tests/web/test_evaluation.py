"""A run is asked for, computed on what was locked and issued, frozen by another, and replays to its hash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError

from mujun.web.actions.evaluate import ask_for_run, carry_out_run, give_up_run
from mujun.web.actions.refused import Refused
from mujun.web.actions.runs import replay_run, void_results
from mujun.web.actions.step import take
from mujun.web.doer import Doer
from mujun.web.living.evaluation import EVALUATED, FROZEN
from mujun.web.models import AuditEvent, RoleGrant, Round, Run, RunUnit, Track
from mujun.web.queries.datasets import sealed_data
from mujun.web.queries.results import run_folder
from tests.web.located import lock_tracks
from tests.web.shortcuts import jump

DoerAt = Callable[[str, datetime], Doer]


@pytest.fixture
def hightech(planned: Round, province: Path) -> Track:
    """The high-tech zones' data are locked."""
    lock_tracks(planned, province, "hightech_zone")
    return Track.objects.select_related("round").get(domain="hightech_zone")


def evaluated(track: Track, doer: DoerAt, login: str = "c-hightech-zone", at: datetime = EVALUATED) -> Run:
    run = carry_out_run(ask_for_run(track=track, by=doer(login, at), now=at), lambda: at)
    track.refresh_from_db()
    return run


def test_the_job_takes_the_step_for_the_person_who_asked(hightech: Track, doer: DoerAt) -> None:
    run = evaluated(hightech, doer)

    assert (run.progress, run.percent, run.problem) == ("done", 100, "")
    assert hightech.state == "EVALUATED"
    assert [(event.act, event.who) for event in AuditEvent.objects.order_by("-seq")[:2]] == [
        ("T5", "崔晓（示例）"),
        ("ask_for_run", "崔晓（示例）"),
    ]
    counts = run.summary["hightech_zone"]["counts"]
    units = RunUnit.objects.filter(run=run)
    assert units.count() == counts["units"]
    assert units.filter(selected="selected").count() == counts["selected"]
    assert units.exclude(rank=None).count() == counts["ranked"]
    assert (run_folder(run) / "hightech_zone" / "evaluation.xlsx").exists()
    assert (run_folder(run) / "report.html").exists()


def test_w03_an_old_run_replays_to_the_same_hash(hightech: Track, doer: DoerAt) -> None:
    first, second = evaluated(hightech, doer), evaluated(hightech, doer)
    later = EVALUATED + timedelta(days=400)
    Track.objects.filter(pk=hightech.pk).update(sealed={})  # the data were unlocked since

    replayed = replay_run(run=Run.objects.get(pk=first.pk), by=doer("d-hightech-zone", later), now=later)

    assert first.result_hash == second.result_hash
    assert (replayed.same, replayed.result_hash, replayed.changed) == (True, first.result_hash, ())


def test_w03_a_replay_says_what_came_out_otherwise(hightech: Track, doer: DoerAt) -> None:
    run = evaluated(hightech, doer)
    run.result_hash = "0" * 64
    run.summary["hightech_zone"]["results"]["units.csv"]["sha256"] = "0" * 64

    replayed = replay_run(run=run, by=doer("d-hightech-zone", EVALUATED), now=EVALUATED)

    assert (replayed.same, replayed.changed) == (False, ("hightech_zone/units.csv",))


def test_a_run_on_data_that_are_not_those_locked_fails_and_says_why(hightech: Track, doer: DoerAt) -> None:
    data = sealed_data(hightech, "hightech_zone")
    data.write_bytes(data.read_bytes() + b"x")

    run = evaluated(hightech, doer)

    assert run.progress == "failed"
    assert run.problem == "“高新区“亩均效益”领跑者”锁定的数据与锁定时的指纹不符。请从备份恢复，或解锁后重新锁定。"
    assert (hightech.state, RunUnit.objects.count()) == ("LOCKED", 0)


def test_a_run_whose_data_are_unlocked_meanwhile_does_not_count(hightech: Track, doer: DoerAt) -> None:
    run = ask_for_run(track=hightech, by=doer("c-hightech-zone", EVALUATED), now=EVALUATED)
    Track.objects.filter(pk=hightech.pk).update(sealed={"hightech_zone": {"seal": "other", "sha256": "", "units": 0}})

    run = carry_out_run(run, lambda: EVALUATED)

    assert (run.progress, run.problem) == ("failed", "这次评价用的不是锁定的数据。")
    assert Track.objects.get(pk=hightech.pk).state == "LOCKED"


def test_one_run_at_a_time_and_one_that_does_not_move_is_given_up(hightech: Track, doer: DoerAt) -> None:
    clerk = doer("c-hightech-zone", EVALUATED)
    run = ask_for_run(track=hightech, by=clerk, now=EVALUATED)

    with pytest.raises(Refused) as refused:
        ask_for_run(track=hightech, by=clerk, now=EVALUATED)
    given_up = give_up_run(run=run, by=clerk, now=EVALUATED)

    assert [one.code for one in refused.value.reasons] == ["run_under_way"]
    assert (given_up.progress, given_up.problem) == ("failed", "崔晓（示例）作罢")
    assert carry_out_run(given_up, lambda: EVALUATED).progress == "failed"


def test_who_ran_it_does_not_freeze_it(hightech: Track, doer: DoerAt) -> None:
    clerk = doer("c-hightech-zone", EVALUATED)
    RoleGrant.objects.create(person=clerk.person, role="D", since=EVALUATED, domain="hightech_zone")
    run = evaluated(hightech, doer)

    with pytest.raises(Refused) as refused:
        take("T6", hightech, by=doer("c-hightech-zone", FROZEN), now=FROZEN)
    with pytest.raises(IntegrityError, match="frozen_by_another"):
        Run.objects.filter(pk=run.pk).update(frozen_by=clerk.person)

    assert [one.code for one in refused.value.reasons] == ["second_person"]


def test_nobody_can_take_over_a_run_by_posting_the_step(hightech: Track, doer: DoerAt) -> None:
    run = evaluated(hightech, doer)

    with pytest.raises(Refused) as refused:
        take("T5", hightech, {"run": run.pk}, by=doer("c-hightech-zone", FROZEN), now=FROZEN)

    assert [one.code for one in refused.value.reasons] == ["run_not_asked"]


def test_a_frozen_run_is_the_last_one_and_a_void_one_stays(hightech: Track, doer: DoerAt) -> None:
    first, second = evaluated(hightech, doer), evaluated(hightech, doer)
    head = doer("d-hightech-zone", FROZEN)

    with pytest.raises(Refused) as refused:
        take("T6", hightech, {"run": first.pk}, by=head, now=FROZEN)
    take("T6", hightech, {"run": second.pk}, by=head, now=FROZEN)
    void_results(hightech, reason="解锁改数据", now=FROZEN)

    assert [one.code for one in refused.value.reasons] == ["not_the_last_run"]
    assert [(one.number, one.frozen_at is not None, one.void_reason) for one in hightech.runs.all()] == [
        (1, False, "解锁改数据"),
        (2, True, "解锁改数据"),
    ]


def test_whoever_may_not_run_it_is_refused(hightech: Track, doer: DoerAt) -> None:
    with pytest.raises(Refused) as other_domain:
        ask_for_run(track=hightech, by=doer("c-services", EVALUATED), now=EVALUATED)
    jump(hightech, "EVALUATED", "FROZEN")
    with pytest.raises(Refused) as too_late:
        ask_for_run(track=hightech, by=doer("c-hightech-zone", EVALUATED), now=EVALUATED)

    assert other_domain.value.hidden
    assert [one.code for one in too_late.value.reasons] == ["wrong_state"]
