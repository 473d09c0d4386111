"""Two runs side by side, of this round or of an earlier one."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from mujun.web.models import Run
from mujun.web.queries.comparison import compare_runs
from mujun.web.views.base import Request, page
from mujun.web.views.evaluation import seen_run, seen_track


@page("see_scores")
def against(request: Request, year: int, domain: str, number: int, before: int, other: int) -> HttpResponse:
    """Run `number` of this year beside run `other` of the year `before`. Both must be his to see."""
    after = seen_run(request, year, domain, number)
    earlier = get_object_or_404(
        Run.objects.select_related("track__round"), track=seen_track(request, before, domain), number=other
    )
    if {after.progress, earlier.progress} != {Run.Progress.DONE.value}:
        raise Http404
    return render(
        request,
        "mujun/evaluation/comparison.html",
        {"track": after.track, "round": after.track.round, "told": compare_runs(earlier, after)},
    )
