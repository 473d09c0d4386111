"""The pages for what is not there or went wrong. The front page is in `views.public`."""

from __future__ import annotations

import logging
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "mujun/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Says no more than a number by which the operator finds it in the log."""
    number = uuid.uuid4().hex[:12]
    logging.getLogger("mujun.web").error("500 %s %s", number, request.path)
    return render(request, "mujun/500.html", {"number": number}, status=500)
