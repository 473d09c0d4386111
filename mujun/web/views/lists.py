"""A department's list: what the frozen run gives, whom the department leaves out and why, and the list as it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from mujun.web.actions import lists as _carried_out  # noqa: F401 - registers what the steps do
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused, Stale
from mujun.web.actions.step import take
from mujun.web.forms import evaluation as _forms  # noqa: F401 - registers the forms
from mujun.web.forms.base import ROOMS
from mujun.web.models import NominationItem, Track
from mujun.web.queries.drawing import drawn_from
from mujun.web.queries.listing import left_out_of
from mujun.web.queries.quotas import frozen_run, places_by_group, standing_list
from mujun.web.queries.results import main_scheme, plan_of
from mujun.web.queries.rules import scheme_of
from mujun.web.views.base import Request, page
from mujun.web.views.evaluation import seen_track
from mujun.web.views.options import Option, options

ROOMS |= {"T7": "list", "T12": "list"}
Kind = NominationItem.Kind


@page("build_list", "see_scores")
def show(request: Request, year: int, domain: str) -> HttpResponse:
    track = seen_track(request, year, domain)
    if track.adopted:
        return redirect("adoption", year, domain)
    mine = {one.edge.id: one for one in options(track, request.doer, request.now)}
    option = mine.get("T7") or mine.get("T12")
    if request.method == "POST":
        return _draw_up(request, track, option)
    return _page(request, track, option, _standing_left_out(track))


def _draw_up(request: Request, track: Track, option: Option | None) -> HttpResponse:
    left_out = {
        key: request.POST.get(f"why-{key}", "").strip() for key in request.POST.getlist("out") if len(key) <= 60
    }
    if "look" in request.POST:
        return _page(request, track, option, left_out)
    edge = option.edge.id if option is not None else ("T7" if track.state == "FROZEN" else "T12")
    rows = [{"key": key, "reason": why} for key, why in left_out.items()]
    try:
        take(edge, track, {"left_out": rows}, by=request.doer, now=request.now)
    except Refused as refused:
        if refused.hidden:
            raise
        record_refusal(refused, by=request.doer, now=request.now)
        track.refresh_from_db()
        return _page(request, track, option, left_out, refused, status=409)
    except Stale:
        messages.error(request, "别人刚办过这一步，什么也没有改动。请看现在的情况再办。")
        return redirect("list", track.round.year, track.domain)
    messages.success(request, "名单已拟定，等待负责人签发。")
    return redirect("list", track.round.year, track.domain)


def _standing_left_out(track: Track) -> dict[str, str]:
    nomination = standing_list(track)
    return left_out_of(nomination) if nomination is not None else {}


def _page(
    request: Request,
    track: Track,
    option: Option | None,
    left_out: dict[str, str],
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    nomination = standing_list(track)
    said: dict[str, Any] = {
        "track": track,
        "round": track.round,
        "nomination": nomination,
        "items": list(nomination.items.all()) if nomination is not None else [],
        "option": option,
        "refused": refused,
        "others": [
            one for one in options(track, request.doer, request.now) if one.edge.id in ("T8", "T9", "T10", "T11")
        ],
        "older": track.nominations.exclude(voided_at=None).order_by("-number"),
        **(_draft(track, left_out) if option is not None else {}),
    }
    return render(request, "mujun/evaluation/list.html", said, status=status)


def _draft(track: Track, left_out: dict[str, str]) -> dict[str, Any]:
    """What the frozen run gives with these left out, by group, with the places of each."""
    run = frozen_run(track)
    plan = plan_of(run) if run is not None else None
    if run is None or plan is None:
        return {}
    drawn = drawn_from(run, left_out)
    places = places_by_group(scheme_of(plan, main_scheme(run)), run)
    groups: dict[str, dict[str, Any]] = {
        name: {"places": count or 0, "rows": [], "listed": 0} for name, count in sorted(places.items())
    }
    marked = [
        (Kind.LISTED, drawn.listed),
        (Kind.PASSED_OVER, drawn.passed_over),
        ("torn", drawn.torn),
        (Kind.RESERVE, drawn.waiting),
    ]
    for kind, units in marked:
        for unit in units:
            group = groups.setdefault(unit.group, {"places": 0, "rows": [], "listed": 0})
            group["rows"].append((unit, str(kind), left_out.get(unit.key, "")))
            group["listed"] += kind is Kind.LISTED
    for group in groups.values():
        group["rows"].sort(key=lambda row: (row[0].rank, row[0].key))
    return {"run": run, "groups": groups, "drawn": drawn, "left_out": left_out}
