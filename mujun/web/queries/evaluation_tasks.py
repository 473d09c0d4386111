"""What waits on a desk in evaluation beside the steps of the machine: marks to give, runs that failed or still run."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from mujun.web.doer import Doer
from mujun.web.models import PublicNotice, Rating, Run, RunUnit, Track
from mujun.web.permissions import allowed
from mujun.web.queries.desk import Task, tasks_from
from mujun.web.queries.facts.values import target_of
from mujun.web.queries.ratings import Judged, judged_of, units_to_rate
from mujun.workflow import Access, Target
from mujun.workflow.states import TrackState

_RATED_IN = (TrackState.PLAN_ISSUED, TrackState.COLLECTING)


@tasks_from
def evaluation_tasks(doer: Doer, now: datetime) -> list[Task]:
    tasks = [one for grant in doer.grants_of("E") for one in _own_scores(grant.unit)]
    if not doer.holds("A", "C"):
        return tasks
    for track in Track.objects.filter(left_out="").exclude(state=TrackState.ACCEPTED).select_related("round"):
        if allowed(doer, "run_evaluation", Target(domain=track.domain), now, Access.DO).allowed:
            tasks += _marks_to_give(track, doer, now)
            tasks += _runs(track)
    return tasks


def _own_scores(unit: str) -> list[Task]:
    """A unit's own page, from the public notice on."""
    noticed = PublicNotice.objects.filter(opened_at__isnull=False).values("round")
    rows = RunUnit.objects.filter(
        key=unit, run__frozen_at__isnull=False, run__voided_at=None, run__track__round__in=noticed
    ).select_related("run__track__round")
    return [
        Task(
            f"看本单位得分和计算过程（{one.run.track}）",
            reverse("own_score", args=[one.run.track.round.year, one.run.track.domain, unit]),
        )
        for one in rows
    ]


def _marks_to_give(track: Track, doer: Doer, now: datetime) -> list[Task]:
    judged = judged_of(track)
    if judged is None or track.state not in _RATED_IN:
        return []
    left = _left_to_rate(track, judged, doer, now)
    link = reverse("ratings", args=[track.round.year, track.domain])
    return [Task(f"{track}：{judged.label}", link, count=left)] if left else []


def _left_to_rate(track: Track, judged: Judged, doer: Doer, now: datetime) -> int:
    """Units that still want a mark, and may have his."""
    own = Q(rater=doer.somebody)
    rows = Rating.objects.filter(track=track, variable=judged.id).values_list("unit")
    counted = rows.annotate(marks=Count("pk"), mine=Count("pk", filter=own))
    marks = {unit: (count, mine) for unit, count, mine in counted}
    return sum(
        marks.get(one.unit, (0, 0))[0] < len(judged.variables)
        and not marks.get(one.unit, (0, 0))[1]
        and allowed(doer, "rate_item", target_of(one), now, Access.DO).allowed
        for one in units_to_rate(track)
    )


def _runs(track: Track) -> list[Task]:
    last = track.runs.order_by("-number").first()
    link = reverse("runs", args=[track.round.year, track.domain])
    if last is None or last.progress == Run.Progress.DONE:
        return []
    if last.progress == Run.Progress.FAILED:
        return [Task(f"{track}：第{last.number}次评价未完成", link, blocked=last.problem)]
    return [Task(f"{track}：第{last.number}次评价正在计算", link, blocked=f"{last.step}（{last.percent}%）")]
