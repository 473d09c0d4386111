"""The round as the line it is, its tracks, and what the person may do now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mujun.web.actions.refused import Refused
from mujun.web.actions.rounds import begin_track as begin
from mujun.web.actions.rounds import create_round
from mujun.web.forms.rounds import RoundForm
from mujun.web.permissions import allowed, sees
from mujun.web.programme import FIRST, programme_round
from mujun.web.queries.line import round_line, track_line
from mujun.web.queries.round_rooms import rooms_of
from mujun.web.queries.tracks import domains_without_track, track_summary
from mujun.web.views.base import Request, page, the_round, the_track
from mujun.web.views.options import options
from mujun.workflow import Target

READS_ROUND = ("create_round",)
READS_TRACK = (
    "draft_plan", "issue_plan", "lock", "run_evaluation", "see_scores", "build_list", "sign_and_submit",
    "accept_or_return", "adopt_list", "check_county", "approve_city", "enter_own_variables",
)  # fmt: skip


@page("create_round")
def new(request: Request) -> HttpResponse:
    form = RoundForm(
        request.POST or None, initial={"year": int(FIRST), "programme": FIRST, "title": programme_round().title}
    )
    if request.method == "POST" and form.is_valid():
        made = create_round(**form.cleaned_data, by=request.doer, now=request.now)
        messages.success(request, f"已建立：{made.title}。")
        return redirect("round", made.year)
    return render(request, "mujun/round_new.html", {"form": form})


@page("create_round")
def show(request: Request, year: int) -> HttpResponse:
    round_ = the_round(year)
    if not request.doer.actor.grants:
        raise Refused("see_round", "查看年度行动", allowed(request.doer, "create_round", Target(), request.now))
    tracks = [track_summary(one) for one in round_.tracks.select_related("round")]
    return render(
        request,
        "mujun/round.html",
        {
            "round": round_,
            "line": round_line(round_),
            "tracks": tracks,
            "missing": domains_without_track(round_),
            "rooms": rooms_of(round_, request.doer, request.now),
            "options": options(round_, request.doer, request.now),
            "papers": request.doer.holds("A", "B"),
        },
    )


@require_POST
@page("draft_plan")
def begin_track(request: Request, year: int, domain: str) -> HttpResponse:
    made = begin(round_=the_round(year), domain=domain, by=request.doer, now=request.now)
    messages.success(request, f"已建立“{made.label}”，请拟定方案。")
    return redirect("track", year, domain)


@page(*READS_TRACK)
def track(request: Request, year: int, domain: str) -> HttpResponse:
    found = the_track(year, domain)
    target = Target(domain=found.domain)
    if not sees(request.doer, READS_TRACK, target, request.now) and not request.doer.holds("T", "K", "P", "L"):
        raise Refused(
            "see_track", "查看领域", allowed(request.doer, "draft_plan", target, request.now), found.subject, str(found)
        )
    return render(
        request,
        "mujun/track.html",
        {
            "track": found,
            "round": found.round,
            "line": track_line(found),
            "summary": track_summary(found),
            "options": options(found, request.doer, request.now),
        },
    )
