"""The public notice as everybody reads it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mujun.web.models import Round
from mujun.web.queries.compiled import item_key, standing_items
from mujun.web.queries.issued import published_scope, running_notice
from mujun.web.views.base import Request, public_page


@public_page
def notice(request: Request) -> HttpResponse:
    """What is decided and not yet issued: names, places, strengths; until when; how to object."""
    round_ = Round.objects.exclude(state="CANCELLED").order_by("-year").first()
    found = running_notice(round_) if round_ is not None else None
    if round_ is None or found is None or request.now < found.opens_at:
        return render(request, "mujun/notice/none.html", {"round": round_})
    scope = published_scope(round_)
    items = [one for one in standing_items(round_) if scope.get(one.domain, True)]
    domains = [
        (track, [one for one in items if one.domain == track.domain])
        for track in round_.tracks.all()
        if scope.get(track.domain, True)
    ]
    fresh = set(found.names) if found.number > 1 else set()
    return render(
        request,
        "mujun/notice/notice.html",
        {
            "round": round_,
            "notice": found,
            "over": request.now > found.ends_at,
            "domains": [(track, rows) for track, rows in domains if rows],
            "count": len(items),
            "fresh": {item_key(one) for one in items if item_key(one) in fresh},
        },
    )
