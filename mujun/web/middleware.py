"""Every request knows what time it is and who asks. Refusals become pages that say why, and entries of the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused
from mujun.web.clock import read_clock
from mujun.web.doer import NOBODY, doer_of

REAUTHENTICATED = "reauthenticated_at"


class ActorMiddleware:
    """Sets `request.now` and `request.doer`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = now = read_clock()  # type: ignore[attr-defined]
        request.doer = NOBODY  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.account = request.user  # type: ignore[attr-defined]
            said = request.session.get(REAUTHENTICATED)
            request.doer = doer_of(request.user, now, datetime.fromisoformat(said) if said else None)  # type: ignore
            if request.user.must_change_password and request.path not in ("/password/", "/logout/"):
                return redirect("password")
        response = self.get_response(request)
        response.headers.setdefault(
            "Cache-Control", "private, no-store" if request.user.is_authenticated else "no-cache"
        )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            record_refusal(exception, by=request.doer, now=request.now)  # type: ignore[attr-defined]
            if exception.hidden:
                return render(request, "mujun/404.html", status=404)
            return render(request, "mujun/refused.html", {"refused": exception}, status=403)
        if isinstance(exception, Http404):
            return None
        return None


def is_demo() -> bool:
    return bool(settings.DEMO)
