"""The runs of a domain: asked for, watched, replayed, given up; and their files."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mujun.findings import CannotGoOn
from mujun.web.actions.evaluate import ask_for_run, give_up_run
from mujun.web.actions.evaluation_job import evaluate_run
from mujun.web.actions.refused import Refused
from mujun.web.actions.runs import replay_run
from mujun.web.forms.base import ROOM_ANSWERS, ROOMS
from mujun.web.models import Run, Track
from mujun.web.permissions import allowed
from mujun.web.queries import evaluation_tasks as _tasks  # noqa: F401 - tells the desk
from mujun.web.queries.results import REPORT, WORKBOOK, run_folder, schemes_of, under_way
from mujun.web.views.base import Request, page, the_track
from mujun.web.views.limits import limited
from mujun.web.views.options import options
from mujun.workflow import Target
from mujun.workflow.states import RoundState, TrackState

ROOMS["T5"] = "runs"
ROOM_ANSWERS["T5"] = frozenset({"run_on_other_data", "run_on_other_scheme"})
_FILES = {WORKBOOK: "xlsx", "units.csv": "csv", "benchmarks.csv": "csv", "evaluation.json": "json", REPORT: "html"}


def seen_track(request: Request, year: int, domain: str) -> Track:
    """The track, if this person may see scores in it now; else 404 and an entry of the record, or 403 with reasons."""
    track = the_track(year, domain)
    target = Target(domain=track.domain, round_state=RoundState(track.round.state))
    decision = allowed(request.doer, "see_scores", target, request.now)
    if not decision.allowed:
        raise Refused("see_scores", "查看得分", decision, track.subject, str(track))
    return track


def seen_run(request: Request, year: int, domain: str, number: int) -> Run:
    track = seen_track(request, year, domain)
    return get_object_or_404(
        Run.objects.select_related("track__round", "run_by", "frozen_by"), track=track, number=number
    )


@page("see_scores")
def runs(request: Request, year: int, domain: str) -> HttpResponse:
    track = seen_track(request, year, domain)
    some = list(track.runs.select_related("run_by", "frozen_by").order_by("-number"))
    mine = {one.edge.id: one for one in options(track, request.doer, request.now)}
    may_ask = allowed(request.doer, "run_evaluation", Target(domain=track.domain), request.now)
    can_ask = may_ask.allowed and track.state in (TrackState.LOCKED, TrackState.EVALUATED)
    others = Run.objects.filter(track__domain=domain, progress=Run.Progress.DONE).exclude(track=track)
    return render(
        request,
        "mujun/evaluation/runs.html",
        {
            "track": track,
            "round": track.round,
            "runs": some,
            "under_way": next((one for one in some if under_way(one)), None),
            "can_ask": can_ask,
            "freeze": mine.get("T6"),
            "sealed": track.sealed,
            "others": others.select_related("track__round"),
        },
    )


@require_POST
@page("run_evaluation")
def ask(request: Request, year: int, domain: str) -> HttpResponse:
    """In one transaction with the queue, so that nothing is asked for that no worker will find."""
    from django.db import transaction

    with transaction.atomic():
        run = ask_for_run(track=the_track(year, domain), by=request.doer, now=request.now)
        evaluate_run.enqueue(run.pk)
    messages.success(request, f"第{run.number}次评价已排队，算完自动办“运行评价”这一步。")
    return redirect("runs", year, domain)


@page("see_scores")
def progress(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    """A few lines that replace themselves; when it is done, the page is read anew."""
    run = seen_run(request, year, domain, number)
    if not request.htmx:
        return redirect("runs", year, domain)
    answer = render(
        request, "mujun/evaluation/progress.html", {"run": run, "track": run.track, "round": run.track.round}
    )
    if not under_way(run):
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@page("run_evaluation")
def give_up(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    run = seen_run(request, year, domain, number)
    give_up_run(run=run, by=request.doer, now=request.now)
    messages.success(request, f"第{number}次评价已作罢。")
    return redirect("runs", year, domain)


@require_POST
@page("see_scores")
def replay(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    run = seen_run(request, year, domain, number)
    try:
        replayed = replay_run(run=run, by=request.doer, now=request.now)
    except CannotGoOn as stopped:
        messages.error(request, "没有重算成：" + "；".join(one.message for one in stopped.findings[:3]))
        return redirect("run", year, domain, number)
    if replayed.same:
        messages.success(request, f"重算核对相符：结果指纹仍是 {run.result_hash[:16]}…，一个字节不差。")
    elif not replayed.changed:
        messages.warning(request, "重算后各结果文件逐字节相同，只有评价程序的版本不同，所以总指纹不同。")
    else:
        messages.error(request, f"重算不符，请查明原因：{'、'.join(replayed.changed)}。")
    return redirect("run", year, domain, number)


@limited("export", "GET")
@page("see_scores")
def file(request: Request, year: int, domain: str, number: int, scheme: str, name: str) -> HttpResponse:
    """A file of the results, as an attachment under a name of our own. `-` is the report over all schemes."""
    run = seen_run(request, year, domain, number)
    if name not in _FILES or (scheme not in schemes_of(run) and not (scheme == "-" and name == REPORT)):
        raise Http404
    path = run_folder(run) / name if scheme == "-" else run_folder(run) / scheme / name
    if not run.result_hash or not path.is_file():
        raise Http404
    said = f"{year}-{domain}-run{number}-{'' if scheme == '-' else scheme + '-'}{name}"
    return cast(HttpResponse, FileResponse(path.open("rb"), as_attachment=True, filename=said))
