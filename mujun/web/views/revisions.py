"""Begin the revision of the plan in force, or give its draft up."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mujun.findings import Finding
from mujun.web.actions.plans import Overtaken
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused
from mujun.web.actions.revisions import begin_revision, withdraw_revision
from mujun.web.queries.plan_page import changes_of
from mujun.web.queries.rules import draft_plan, standing_plan
from mujun.web.views.base import Request, page, the_track
from mujun.web.views.plan_forms import track_to_draft


@require_POST
@page("draft_plan")
def revise(request: Request, year: int, domain: str) -> HttpResponse:
    track = the_track(year, domain)
    begin_revision(track=track, by=request.doer, now=request.now)
    messages.success(request, "已拟修订稿。它与现行方案相同，改好以后由负责人另取文号印发；在此以前现行方案照常有效。")
    return redirect("edit_plan_start", year, domain)


@page("draft_plan")
def withdraw(request: Request, year: int, domain: str) -> HttpResponse:
    """What would be given up; then, given up."""
    track = track_to_draft(request, year, domain)
    found, standing = draft_plan(track), standing_plan(track)
    status, overtaken = 200, False
    against: tuple[Finding, ...] = ()
    if request.method == "POST":
        try:
            given_up = withdraw_revision(
                track=track, number=_seen(request, "number"), revision=_seen(request, "revision"), by=request.doer,
                now=request.now,
            )  # fmt: skip
            messages.success(request, f"已放弃第{given_up.number}稿，现行方案没有变动。")
            return redirect("plan", year, domain)
        except Overtaken:
            status, overtaken = 409, True
        except Refused as refused:
            if refused.hidden:
                raise
            record_refusal(refused, by=request.doer, now=request.now)
            status, against = 409, refused.reasons
    if (found is None or standing is None) and not against:
        raise Http404
    said = {
        "track": track,
        "round": track.round,
        "draft": found,
        "standing": standing,
        "changes": []
        if found is None
        else [one for name in found.schemes for one in changes_of(found, name, standing)],
        "overtaken": overtaken,
        "against": against,
    }
    return render(request, "mujun/plans/withdraw.html", said, status=status)


def _seen(request: Request, name: str) -> int:
    """Which draft he saw; none at all, if that was not sent."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
