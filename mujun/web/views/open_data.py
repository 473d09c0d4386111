"""Open data: every public file under an address that never changes, how to use them, and a feed of what is new."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render

from mujun.findings import CannotGoOn
from mujun.web.queries.public.downloads import public_file
from mujun.web.queries.public.record import all_entries, source_of
from mujun.web.views.base import Request, public_page, the_round
from mujun.web.views.feed import PublicFeed
from mujun.web.views.limits import limited
from mujun.web.views.public import unchanged

_FOR_EVER = "public, max-age=31536000, immutable"


@public_page
@unchanged
def data(request: Request) -> HttpResponse:
    return render(request, "mujun/public/data.html", {"rounds": all_entries(request.now)})


@limited("download", "GET")
@public_page
def file(request: Request, year: int, folder: str, path: str) -> HttpResponse:
    """The bytes that went out. The same address gives the same bytes for ever, so any server may keep them."""
    source = source_of(the_round(year), folder, request.now)
    try:
        found = public_file(source, path) if source is not None else None
    except CannotGoOn as problem:
        return HttpResponse(str(problem.findings[0]), status=503, content_type="text/plain; charset=utf-8")
    if found is None:
        raise Http404
    etag = f'"{found.version}"'
    if request.headers.get("If-None-Match") == etag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(found.data, content_type=found.kind)
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{year}-{folder}-{found.name}')}"
    answer["ETag"] = etag
    answer["Cache-Control"] = _FOR_EVER
    return answer


@public_page
def feed(request: Request) -> HttpResponse:
    """Notices and publications as Atom."""
    return PublicFeed()(request)
