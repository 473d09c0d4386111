"""The pages for what is not there or went wrong. The front page is in `views.public`."""

from __future__ import annotations

import logging
import sys
import uuid
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request

from mujun.web.actions.access import record_forged
from mujun.web.actions.busy import is_busy
from mujun.web.doer import NOBODY
from mujun.web.views.base import Request


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "mujun/404.html", status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Sent from a page too old, or by another's page in his name. Of strangers nothing is recorded: there are many."""
    doer = getattr(request, "doer", NOBODY)
    if doer.person is not None:
        record_forged(request.path, by=doer, now=cast(Request, request).now)
    return render(request, "mujun/forged.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Says no more than a number by which the operator finds it in the log; or that one has to wait for the others."""
    if is_busy(sys.exc_info()[1]):
        return busy(request)
    number = uuid.uuid4().hex[:12]
    logging.getLogger("mujun.web").error("500 %s %s", number, request.path)
    return render(request, "mujun/500.html", {"number": number}, status=500)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    return busy(request) if is_busy(exception) else bad_request(request, exception)


def busy(request: HttpRequest) -> HttpResponse:
    """The database was not to be had for as long as one waits for it."""
    answer = render(request, "mujun/busy.html", status=503)
    answer["Retry-After"] = "30"
    return answer
