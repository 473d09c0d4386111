"""Ask for an evaluation, carry it out in the background, and take the step when it is done. Computes nothing itself.

Whoever asks is the one who evaluated (T5): the job takes the step in his name when the results are written. A run that
cannot be carried out stays, and says why.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime
from itertools import islice

import attrs
from django.db import transaction
from django.db.models import Max

from mujun.findings import CannotGoOn
from mujun.web.actions import runs  # noqa: F401 - a worker needs what T5 does
from mujun.web.actions.compute import Computed, compute
from mujun.web.actions.record import REFUSED, record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import lock, take
from mujun.web.doer import Doer, as_doer
from mujun.web.evidence import keep_json
from mujun.web.models import Run, RunUnit, Track
from mujun.web.permissions import allowed
from mujun.web.programme import edge
from mujun.web.queries.facts import facts_of
from mujun.web.queries.facts.track import schemes_hash, sealed_hash
from mujun.web.queries.outcomes import outcome_rows
from mujun.web.queries.places import cities
from mujun.web.queries.results import under_way
from mujun.web.queries.rules import standing_plan
from mujun.workflow import Access, Target, decide
from mujun.workflow.decision import judged, reason

ASK, LABEL = "ask_for_run", "运行评价"
_BATCH = 2_000


@transaction.atomic
def ask_for_run(*, track: Track, by: Doer, now: datetime) -> Run:
    """Put a run in the queue, upon the data and the scheme as they stand now."""
    lock(track)
    data, scheme = sealed_hash(track), schemes_hash(standing_plan(track))
    facts = attrs.evolve(facts_of(track, edge("T5"), {}, now), run_data_hash=data, run_scheme_hash=scheme)  # type: ignore[call-arg]
    decision = decide(edge("T5"), facts, by.actor, now)
    if not decision.allowed:
        raise Refused(ASK, LABEL, decision, track.subject, str(track))
    waiting = next((one for one in track.runs.all() if under_way(one)), None)
    if waiting is not None:
        why = reason(
            "run_under_way", f"第{waiting.number}次评价还没有算完。", "请等它算完；确实不动了的，可以作罢再来。"
        )
        raise Refused(ASK, LABEL, judged([why]), track.subject, str(track))
    keep_json(track.sealed)
    number = (track.runs.aggregate(last=Max("number"))["last"] or 0) + 1
    run = Run.objects.create(
        track=track, number=number, data_hash=data, scheme_hash=scheme, run_by=by.somebody, run_at=now, step="排队"
    )
    record_event(
        ASK, LABEL, by=by, now=now, subject=track.subject, about=f"{track} 第{number}次",
        facts={"run": run.pk, "data": data, "scheme": scheme},
    )  # fmt: skip
    return run


@transaction.atomic
def give_up_run(*, run: Run, by: Doer, now: datetime) -> Run:
    """A run that does not move: it stays as 未完成, so that another can be asked for."""
    decision = allowed(by, "run_evaluation", Target(domain=run.track.domain), now, Access.DO)
    if not decision.allowed:
        raise Refused("give_up_run", "作罢评价", decision, run.track.subject, str(run.track))
    said = f"{by.name}作罢"
    stopped = Run.objects.filter(pk=run.pk, progress__in=[Run.Progress.QUEUED, Run.Progress.RUNNING]).update(
        progress=Run.Progress.FAILED, problem=said, finished_at=now
    )
    if stopped:
        record_event(
            "give_up_run", "作罢评价", by=by, now=now, subject=run.track.subject, about=f"{run.track} 第{run.number}次"
        )
    run.refresh_from_db()
    return run


def carry_out_run(run: Run, clock: Callable[[], datetime]) -> Run:
    """Compute what was asked for, write it, take T5. Safe to call twice: only a queued run is begun."""
    begun = Run.objects.filter(pk=run.pk, progress=Run.Progress.QUEUED).update(
        progress=Run.Progress.RUNNING, step="读取"
    )
    if not begun:
        return run
    run.refresh_from_db()
    try:
        computed = compute(run, tell=lambda step, percent: _tell(run, step, percent))
        _index(run, computed)
        _finish(run, computed, clock())
    except CannotGoOn as stopped:
        said = [f"{one.message}{one.mend}" for one in stopped.findings]
        _fail(run, "\n".join(said[:5] + ([f"还有{len(said) - 5}条。"] if len(said) > 5 else [])), clock())
    except Refused as refused:
        _fail(run, "\n".join(one.message for one in refused.reasons), clock())
    except Exception:
        number = uuid.uuid4().hex[:12]
        logging.getLogger("mujun.web").exception("run %s failed: %s", run.pk, number)
        _fail(run, f"程序出错，没有算完。请把编号 {number} 告诉系统管理员。", clock())
    run.refresh_from_db()
    return run


def _tell(run: Run, step: str, percent: int) -> None:
    Run.objects.filter(pk=run.pk, progress=Run.Progress.RUNNING).update(step=step, percent=percent)


def _index(run: Run, computed: Computed) -> None:
    """Rows for lists and search, some thousand at a time: nobody else waits long. They count once the run is done."""
    _tell(run, "编列单位", 95)
    places = cities(run.track.round.programme)
    for evaluation in computed.evaluations:
        rows = outcome_rows(run, evaluation, places)
        while some := list(islice(rows, _BATCH)):
            RunUnit.objects.bulk_create(some)


@transaction.atomic
def _finish(run: Run, computed: Computed, now: datetime) -> None:
    track = run.track
    lock(track)
    run.refresh_from_db()
    if run.progress != Run.Progress.RUNNING:
        return
    run.result_hash, run.summary = computed.result_hash, computed.summary
    run.progress, run.step, run.percent, run.finished_at = Run.Progress.DONE, "", 100, now
    run.save()
    take("T5", track, {"run": run.pk}, by=as_doer(run.run_by, now), now=now)


@transaction.atomic
def _fail(run: Run, problem: str, now: datetime) -> None:
    stopped = Run.objects.filter(pk=run.pk, progress=Run.Progress.RUNNING).update(
        progress=Run.Progress.FAILED, problem=problem, finished_at=now
    )
    RunUnit.objects.filter(run=run).delete()
    if stopped:
        record_event(
            "run_failed", "评价未完成", by=None, now=now, subject=run.track.subject,
            about=f"{run.track} 第{run.number}次", outcome=REFUSED, facts={"run": run.pk, "problem": problem},
        )  # fmt: skip
