"""What the steps of a run do besides moving: evaluated, frozen, void. And whether an old run replays to its hash."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import frozen
from django.db import transaction

from mujun.web.actions.compute import evaluate_into
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import carries_out
from mujun.web.doer import Doer
from mujun.web.models import Nomination, Run, Track
from mujun.web.permissions import allowed
from mujun.web.programme import edge
from mujun.workflow import Access, Decision, Target
from mujun.workflow.decision import judged, reason


@carries_out("T5")
def _evaluated(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    """Only the job that computed a run may say so, in the name of who asked for it."""
    run = Run.objects.filter(track=row, pk=form.get("run", 0)).first()
    if run is None or run.run_by_id != by.somebody.pk or run.finished_at != now:
        why = reason("run_not_asked", "评价由系统计算完成后才算办过。", "请在本领域的“评价”页上运行评价。")
        raise Refused("T5", edge("T5").label, judged([why]), row.subject, str(row))


@carries_out("T6")
def _freeze(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    runs = Run.objects.filter(track=row, progress=Run.Progress.DONE, voided_at=None).order_by("-number")
    run = runs.filter(pk=form["run"]).first() if form.get("run") else runs.first()
    if run is None or run != runs.first():
        why = reason("not_the_last_run", "定版的只能是最近一次评价。", "请打开最近一次评价，看过再定版。")
        raise Refused("T6", edge("T6").label, judged([why]), row.subject, str(row))
    run.frozen_by, run.frozen_at = by.person, now
    run.save(update_fields=["frozen_by", "frozen_at"])


def void_results(track: Track, *, reason: str, now: datetime) -> None:
    """What rested on data or rules that no longer hold: it stays, visibly void. Part of T13, T14 and T15."""
    track.runs.filter(voided_at=None).update(voided_at=now, void_reason=reason)
    void_list(track, reason=reason, now=now)


def void_list(track: Track, *, reason: str, now: datetime) -> None:
    Nomination.objects.filter(track=track, voided_at=None).update(voided_at=now, void_reason=reason)


@frozen
class Replayed:
    """`changed`: the files that came out otherwise."""

    same: bool
    result_hash: str
    changed: tuple[str, ...] = ()


def replay_run(*, run: Run, by: Doer, now: datetime) -> Replayed:
    """Compute an old run anew, by the plan and the data it had, and compare the hash. Leaves the run as it is."""
    decision = allowed(by, "see_scores", Target(domain=run.track.domain, round_state=None), now, Access.READ)
    if not decision.allowed:
        raise Refused("replay_run", "重算核对", decision, run.track.subject, str(run.track))
    with tempfile.TemporaryDirectory() as folder:
        computed = evaluate_into(run, Path(folder), lambda step, percent: None)
        changed = tuple(
            f"{name}/{file}"
            for name, summary in computed.summary.items()
            for file, digest in summary["results"].items()
            if run.summary.get(name, {}).get("results", {}).get(file) != digest
        )
    replayed = Replayed(computed.result_hash == run.result_hash, computed.result_hash, changed)
    with transaction.atomic():
        record_event(
            "replay_run", "重算核对", by=by, now=now, subject=run.track.subject,
            about=f"{run.track} 第{run.number}次",
            facts={"run": run.pk, "same": replayed.same, "before": run.result_hash, "now": replayed.result_hash},
        )  # fmt: skip
    return replayed
