"""The public notice as everybody reads it, and its extension."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from mujun.web.actions.notice import confirm_extension, propose_extension
from mujun.web.forms.notice import ExtendForm
from mujun.web.models import Proposal, Round
from mujun.web.queries.compiled import item_key, standing_items
from mujun.web.queries.issued import running_notice
from mujun.web.queries.public.front import workdays_left
from mujun.web.queries.public.record import entry_of
from mujun.web.queries.public.shown import shown_of
from mujun.web.queries.slugs import slug_of
from mujun.web.views.base import Request, page, public_page, the_round


@public_page
def notice(request: Request) -> HttpResponse:
    """What is decided and not yet issued: names, places, strengths; until when; how to object."""
    round_ = Round.objects.exclude(state="CANCELLED").order_by("-year").first()
    found = running_notice(round_) if round_ is not None else None
    if round_ is None or found is None or request.now < found.opens_at:
        return render(request, "mujun/notice/none.html", {"round": round_})
    shown = shown_of(found)
    tracks = {track.domain: track for track in round_.tracks.all()}
    fresh = set(found.names) if found.number > 1 else set()
    items = [one for one in standing_items(round_) if item_key(one) in fresh]
    return render(
        request,
        "mujun/notice/notice.html",
        {
            "round": round_,
            "notice": found,
            "over": request.now > found.ends_at,
            "days": workdays_left(request.now, found.ends_at),
            "domains": [(tracks[domain], shown.lists[domain], rows) for domain, rows in shown.rows.items()],
            "count": shown.count,
            "fresh": {slug_of(round_.year, one.domain, one.name, one.county) for one in items},
            "entry": entry_of(found),
        },
    )


@page("open_notice")
def extend(request: Request, year: int) -> HttpResponse:
    """First A, then B. What cannot be, the act says."""
    round_ = the_round(year)
    found = running_notice(round_)
    if found is None:
        raise Http404
    proposal = Proposal.objects.filter(subject=f"notice:{found.pk}", closed_at=None).select_related("person").first()
    form = ExtendForm(request.POST if request.method == "POST" and "confirm" not in request.POST else None)
    if request.method == "POST" and "confirm" in request.POST:
        confirm_extension(notice=found, by=request.doer, now=request.now)
        messages.success(request, "公示已延长。")
        return redirect("round", year)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        propose_extension(
            notice=found, ends_at=told["ends_at"], reason_=told["reason"], by=request.doer, now=request.now
        )
        messages.success(request, "已提请延长公示，等待负责人确认。")
        return redirect("round", year)
    if not request.doer.holds("A", "B"):
        raise Http404
    said = {"round": round_, "notice": found, "form": form, "proposal": proposal}
    return render(request, "mujun/notice/extend.html", said)
