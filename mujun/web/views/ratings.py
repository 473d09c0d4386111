"""Judged items: the rubric, the units, one's own marks; another's only once one's own is in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mujun.web.actions.ratings import rate_unit
from mujun.web.actions.refused import Refused
from mujun.web.forms.evaluation import MarkForm
from mujun.web.models import Track, ValueSet
from mujun.web.permissions import allowed
from mujun.web.queries.facts.values import target_of
from mujun.web.queries.ratings import judged_of, rated_units, ratings_as_form
from mujun.web.views.base import Request, page, the_track
from mujun.web.views.limits import limited
from mujun.workflow import Access, Target
from mujun.workflow.states import TrackState


def _rated_track(request: Request, year: int, domain: str) -> Track:
    track = the_track(year, domain)
    decision = allowed(request.doer, "rate_item", Target(domain=track.domain), request.now)
    if not decision.allowed:
        raise Refused("rate_item", "评审打分", decision, track.subject, str(track))
    if judged_of(track) is None:
        raise Http404
    return track


@page("rate_item")
def show(request: Request, year: int, domain: str) -> HttpResponse:
    track = _rated_track(request, year, domain)
    judged = judged_of(track)
    assert judged is not None
    person = request.doer.somebody.pk
    rows = [
        (one, allowed(request.doer, "rate_item", target_of(one.unit), request.now, Access.DO).allowed)
        for one in rated_units(track, judged, person)
    ]
    return render(
        request,
        "mujun/evaluation/ratings.html",
        {
            "track": track,
            "round": track.round,
            "judged": judged,
            "rows": rows,
            "open": track.state in (TrackState.PLAN_ISSUED, TrackState.COLLECTING),
            "own": sum(one.own is not None for one, _ in rows),
            "full": sum(one.full for one, _ in rows),
            "far": sum(one.far for one, _ in rows),
        },
    )


@page("rate_item")
def rate(request: Request, year: int, domain: str, unit: str) -> HttpResponse:
    track = _rated_track(request, year, domain)
    judged = judged_of(track)
    assert judged is not None
    found = get_object_or_404(ValueSet.objects.select_related("track__round"), track=track, unit=unit, excluded="")
    seen = next(one for one in rated_units(track, judged, request.doer.somebody.pk) if one.unit.pk == found.pk)
    first = {"unit": unit} | ({"mark": seen.own.mark, "why": seen.own.why} if seen.own is not None else {})
    form = MarkForm(request.POST or None, initial=first, label_suffix="")
    if request.method == "POST" and form.is_valid():
        rate_unit(
            track=track, unit=found, mark=form.cleaned_data["mark"], why=form.cleaned_data["why"],
            by=request.doer, now=request.now,
        )  # fmt: skip
        messages.success(request, f"已给{found.name}打分。")
        return redirect("ratings", year, domain)
    return render(
        request,
        "mujun/evaluation/rate.html",
        {"track": track, "round": track.round, "judged": judged, "rated": seen, "unit": found, "form": form},
    )


@limited("export", "GET")
@page("rate_item")
def form(request: Request, year: int, domain: str) -> HttpResponse:
    """The complete marks as the office's form: where they are complete, nobody is still to give his."""
    track = _rated_track(request, year, domain)
    answer = HttpResponse(ratings_as_form(track), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{year}-{domain}-ratings.csv"'
    return answer
