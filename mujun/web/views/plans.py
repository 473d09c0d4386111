"""Plans to read: the one in force for everybody, drafts and void ones for those who draft and issue."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mujun.web.models import Plan, Track
from mujun.web.permissions import PUBLIC, allowed
from mujun.web.queries import plan_desk as _plan_desk  # noqa: F401 - brings tasks to the desk
from mujun.web.queries.plan_effect import effect_of
from mujun.web.queries.plan_page import rule_sets
from mujun.web.queries.rules import draft_plan, standing_plan
from mujun.web.views.base import Request, page, the_track
from mujun.workflow import Access, Target

READS_DRAFT = ("draft_plan", "issue_plan")


@page(PUBLIC, "issue_plan", login=False)
def plan(request: Request, year: int, domain: str) -> HttpResponse:
    """The plan in force, for anybody."""
    track = the_track(year, domain)
    found = standing_plan(track)
    if found is None:
        draft = draft_plan(track)
        if draft is not None and reads_draft(request, track):
            return redirect("plan_version", year, domain, draft.number)
        raise Http404
    return _show(request, track, found)


@page(PUBLIC, *READS_DRAFT, login=False)
def version(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    """One version: an issued one for anybody, void or not; a draft for those who work on it."""
    track = the_track(year, domain)
    found = get_object_or_404(Plan.objects.select_related("track__round"), track=track, number=number)
    if not found.is_issued and not reads_draft(request, track):
        raise Http404
    return _show(request, track, found)


def reads_draft(request: Request, track: Track) -> bool:
    if request.doer.person is None:
        return False
    target = Target(domain=track.domain)
    return any(allowed(request.doer, one, target, request.now, Access.READ).allowed for one in READS_DRAFT)


def drafts(request: Request, track: Track) -> bool:
    return allowed(request.doer, "draft_plan", Target(domain=track.domain), request.now, Access.DO).allowed


def _show(request: Request, track: Track, found: Plan) -> HttpResponse:
    before = track.plans.filter(issued_at__isnull=False, number__lt=found.number).order_by("-number").first()
    inside = reads_draft(request, track)
    draft = draft_plan(track)
    said = {
        "plan": found,
        "track": track,
        "round": track.round,
        "before": before,
        "rule_sets": rule_sets(found, before),
        "others": [one for one in track.plans.all() if one.pk != found.pk and (one.is_issued or inside)],
        "inside": inside,
        "may_draft": drafts(request, track),
        "draft": draft,
    }
    return render(request, "mujun/plans/plan.html", said)


@page(*READS_DRAFT)
def effect(request: Request, year: int, domain: str, scheme: str) -> HttpResponse:
    """What the draft would have done to last round's list. Asked for by a button: large data take seconds."""
    track = the_track(year, domain)
    found = draft_plan(track) or standing_plan(track)
    if found is None or scheme not in found.schemes or not reads_draft(request, track):
        raise Http404
    said = {"track": track, "plan": found, "scheme": scheme, "effect": effect_of(track, found, scheme)}
    return render(request, f"mujun/plans/effect{'_body' if request.htmx else ''}.html", said)
