"""Every request knows what time it is and who asks. Refusals become pages that say why, and entries of the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused
from mujun.web.clock import read_clock
from mujun.web.doer import NOBODY, doer_of

REAUTHENTICATED = "reauthenticated_at"
_METHODS = ("GET", "HEAD", "POST")
BEGAN, SEEN = "began", "seen"
"""When the session began and when somebody was last seen in it (to the minute), in seconds."""


class ActorMiddleware:
    """Sets `request.now` and `request.doer`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _METHODS:
            return HttpResponseNotAllowed(_METHODS)
        request.now = now = read_clock()  # type: ignore[attr-defined]
        request.doer = NOBODY  # type: ignore[attr-defined]
        if request.user.is_authenticated and _outlived(request):
            logout(request)
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


def _outlived(request: HttpRequest) -> bool:
    """Left alone too long, or begun too long ago: by the machine's clock, which no demo moves."""
    at, session = int(timezone.now().timestamp()), request.session
    if BEGAN not in session:
        session[BEGAN] = session[SEEN] = at
    if at - session[BEGAN] > settings.SESSION_COOKIE_AGE or at - session[SEEN] > settings.SESSION_IDLE_AGE:
        return True
    if at - session[SEEN] >= 60:
        session[SEEN] = at
    return False


def is_demo() -> bool:
    return bool(settings.DEMO)
