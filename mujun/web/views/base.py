"""What views have in common: who asks, when, and where a thing is shown. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from mujun.web.doer import Doer
from mujun.web.models import Account, Objection, Round, Track, ValueSet
from mujun.web.models.rounds import Machine
from mujun.web.permissions import OWN, PUBLIC, row

MACHINES: dict[str, type[Machine]] = {"round": Round, "track": Track, "values": ValueSet, "objection": Objection}


class Request(HttpRequest):
    """A request after `ActorMiddleware`. `htmx` is django-htmx's."""

    account: Account
    doer: Doer
    now: datetime
    htmx: Any


View = Callable[..., HttpResponse]


def page(*rows: str, login: bool = True) -> Callable[[View], View]:
    """A page that serves these rows of the matrix; it asks for a log-in unless it is for everybody."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if login and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **more)

        return cast(View, row(*rows)(inner))

    return wrap


def public_page(view: View) -> View:
    """A page for everybody."""
    return page(PUBLIC, login=False)(view)


def own_page(view: View) -> View:
    """A page about oneself: any person with a log-in has it."""
    return page(OWN)(view)


def the_round(year: int) -> Round:
    found = Round.objects.filter(year=year).exclude(state="CANCELLED").first() or Round.objects.filter(year=year).last()
    if found is None:
        raise Http404
    return found


def the_track(year: int, domain: str) -> Track:
    return get_object_or_404(Track.objects.select_related("round"), round=the_round(year), domain=domain)


def the_row(machine: str, pk: int) -> Machine:
    if machine not in MACHINES:
        raise Http404
    return get_object_or_404(MACHINES[machine], pk=pk)


def link_to(thing: Machine) -> str:
    """Where people see it."""
    if isinstance(thing, Round):
        return reverse("round", args=[thing.year])
    if isinstance(thing, Track):
        return reverse("track", args=[thing.round.year, thing.domain])
    if isinstance(thing, ValueSet):
        return reverse("statement", args=[thing.track.round.year, thing.track.domain, thing.unit])
    if isinstance(thing, Objection):
        return reverse("objection", args=[thing.receipt])
    raise TypeError(type(thing).__name__)
