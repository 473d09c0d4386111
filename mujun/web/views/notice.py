"""The public notice as everybody reads it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mujun.web.models import Round
from mujun.web.queries.compiled import item_key, standing_items
from mujun.web.queries.issued import running_notice
from mujun.web.queries.public.front import workdays_left
from mujun.web.queries.public.record import entry_of
from mujun.web.queries.public.shown import shown_of
from mujun.web.queries.slugs import slug_of
from mujun.web.views.base import Request, public_page


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
