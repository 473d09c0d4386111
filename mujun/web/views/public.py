"""The public site: the year's frontrunners, one of them, what was ever published, search. Nobody logs in here."""

from __future__ import annotations

from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import condition

from mujun.web.models import Publication, PublicNotice, Round
from mujun.web.queries.documents.offer import ENDINGS
from mujun.web.queries.documents.plans import action_plan_facts
from mujun.web.queries.line import round_line
from mujun.web.queries.public.front import (
    domain_lines,
    domain_shown,
    inline,
    opened_domain,
    place_figure,
    workdays_left,
)
from mujun.web.queries.public.methods import methods_of, publication_clauses
from mujun.web.queries.public.record import all_entries, corrections, entry_of, search, source_of
from mujun.web.queries.public.shown import Shown, latest, public_rounds, shown, shown_of
from mujun.web.queries.public.state import public_state
from mujun.web.queries.public.winner import measures_of, struck_row
from mujun.web.views.base import Request, View, public_page, the_round
from mujun.web.views.limits import limited

_A_PAGE = 50


def unchanged(view: View) -> View:
    """Whoever is not logged in and has the page already is told that nothing changed."""
    checked = condition(etag_func=_etag)(view)

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        answer = view if request.user.is_authenticated else checked
        return answer(request, *args, **more)

    return inner


def _etag(request: HttpRequest, *args: Any, **more: Any) -> str:
    return f'"{public_state(cast(Request, request).now)}"'


@public_page
@unchanged
def home(request: Request) -> HttpResponse:
    """The front page: the last round of which something is public; before that, how far the year is."""
    found = latest(request.now)
    if found is not None:
        return _list(request, found, "")
    round_ = Round.objects.exclude(state="CANCELLED").order_by("-year").first()
    line = round_line(round_) if round_ is not None and round_.state != "DRAFT" else ()
    return render(request, "mujun/public/nothing_yet.html", {"round": round_, "line": line})


@public_page
@unchanged
def lists(request: Request, year: int, domain: str = "") -> HttpResponse:
    """One year, one domain opened."""
    return _list(request, _shown(year, request.now), domain)


def _list(request: Request, found: Shown, wanted: str) -> HttpResponse:
    domain = opened_domain(found, wanted)
    if not domain:
        raise Http404
    opened = domain_shown(found, domain)
    figure = place_figure(opened)
    notice = found.source if isinstance(found.source, PublicNotice) else None
    entry = entry_of(found.source)
    return render(
        request,
        "mujun/public/lists.html",
        {
            "found": found,
            "round": found.round,
            "entry": entry,
            "map_link": entry.file(f"figures/{domain}.png"),
            "notice": notice,
            "over": notice is not None and request.now > notice.ends_at,
            "days": workdays_left(request.now, notice.ends_at) if notice is not None else 0,
            "line": round_line(found.round),
            "domains": domain_lines(found, domain),
            "opened": opened,
            "domain": domain,
            "figure": figure,
            "map": inline(figure),
            "corrections": corrections(found.round),
            "rounds": public_rounds(request.now),
        },
    )


@public_page
@unchanged
def winner(request: Request, year: int, domain: str, slug: str) -> HttpResponse:
    """One row of the list in force; or one that was struck, with what took its place."""
    found = _shown(year, request.now)
    row = found.row(domain, slug)
    struck = struck_row(found.round, domain, slug) if row is None else None
    if row is None and struck is None:
        raise Http404
    said = {
        "found": found,
        "round": found.round,
        "track": found.round.tracks.get(domain=domain),
        "entry": entry_of(found.source),
        "row": row,
        "struck": struck,
        "measures": measures_of(found, row) if row is not None else (),
    }
    return render(request, "mujun/public/winner.html", said)


@public_page
@unchanged
def published(request: Request, year: int, folder: str) -> HttpResponse:
    """A notice or a publication as it went out; rows that were taken back later are struck through."""
    source = source_of(the_round(year), folder, request.now)
    if source is None:
        raise Http404
    found = shown_of(source)
    now_shown = shown(source.round, request.now)
    standing = {row.slug for rows in now_shown.rows.values() for row in rows} if now_shown is not None else set()
    gone = {row.slug for rows in found.rows.values() for row in rows if row.slug not in standing}
    tracks = {track.domain: track for track in source.round.tracks.all()}
    said = {
        "found": found,
        "round": source.round,
        "entry": entry_of(source),
        "domains": [(tracks[domain], found.lists[domain], rows) for domain, rows in found.rows.items()],
        "gone": gone if isinstance(source, Publication) else set(),
    }
    return render(request, "mujun/public/published.html", said)


@public_page
@unchanged
def record(request: Request) -> HttpResponse:
    """Everything that was made public, past rounds too."""
    return render(request, "mujun/public/record.html", {"rounds": all_entries(request.now)})


@public_page
@unchanged
def methods(request: Request) -> HttpResponse:
    """How the evaluation works: the seven domains in short, each with the way to its plan."""
    round_ = Round.objects.exclude(state__in=["CANCELLED", "DRAFT"]).order_by("-year").first()
    if round_ is None:
        return render(request, "mujun/public/methods.html", {"round": None})
    links = [reverse("public_document", args=[round_.year, "action-plan", "all", ending]) for ending in ENDINGS]
    said = {
        "round": round_,
        "methods": methods_of(round_),
        "clauses": publication_clauses(round_, request.now),
        "plan_links": links if action_plan_facts(round_) is not None else (),
    }
    return render(request, "mujun/public/methods.html", said)


@limited("search", "GET")
@public_page
def find(request: Request) -> HttpResponse:
    """By a name, the initials of its pinyin, or a county."""
    text = request.GET.get("q", "")[:40]
    page = Paginator(search(text, request.now), _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "mujun/public/search.html", {"q": text, "page": page})


def _shown(year: int, now: datetime) -> Shown:
    found = shown(the_round(year), now)
    if found is None or found.round.state == "CANCELLED":
        raise Http404
    return found
