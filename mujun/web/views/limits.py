"""Who asks too often is told to wait: from where a request comes, which browser it is, and the page that says so."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any, cast

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mujun.web.actions.throttle import Try, count_tries, seconds_to_wait
from mujun.web.models import Account
from mujun.web.views.base import View

_DEVICE = "mujun.device"
_DEVICE_AGE = 180 * 24 * 3600


def limited(kind: str, method: str = "POST") -> Callable[[View], View]:
    """So many of these requests by one person or from one source (`settings.LIMITS`); then 429 until it is time.

    What is sent is counted in the database. What is only read is counted in the memory of each process, since reading
    writes nothing; a site of two processes lets up to twice as many through.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if ("GET" if request.method == "HEAD" else request.method) != method:
                return view(request, *args, **more)
            user = request.user
            tried = Try(kind, f"account {user.pk}" if user.is_authenticated else f"source {source_of(request)}")
            wait = _wait_to_read(tried) if method == "GET" else _wait_to_send(tried)
            return too_many(request, wait) if wait else view(request, *args, **more)

        inner.limited = kind  # type: ignore[attr-defined]
        return cast(View, inner)

    return wrap


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    minutes = -(-wait // 60)
    answer = render(request, "mujun/too_many.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(wait)
    return answer


def source_of(request: HttpRequest) -> str:
    """The address that asks (of IPv6 its network: one household has all of it). Only our own proxies are believed."""
    said = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES and said:
        address = said[-min(settings.PROXIES, len(said))]
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    return str(known) if known.version == 4 else str(ip_network((known, 64), strict=False))


def device_of(request: HttpRequest, username: str) -> str:
    """The name of the browser, if this account has logged in with it before; else empty."""
    account = Account.objects.filter(username=username).first()
    try:
        said = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=_DEVICE, max_age=_DEVICE_AGE)
    except signing.BadSignature:
        return ""
    return str(said["device"]) if account is not None and said["account"] == account.pk else ""


def remember_device(answer: HttpResponse, account: Account) -> None:
    told = signing.dumps({"account": account.pk, "device": secrets.token_hex(8)}, salt=_DEVICE)
    answer.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        told,
        max_age=_DEVICE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _wait_to_send(tried: Try) -> int:
    now = timezone.now()
    if wait := seconds_to_wait([tried], now):
        return wait
    count_tries([tried], now=now)
    return 0


def _wait_to_read(tried: Try) -> int:
    cache.add(tried.key, 0, tried.seconds)
    try:
        count = cache.incr(tried.key)
    except ValueError:  # it ran out in between
        return 0
    return tried.seconds if count > tried.most else 0
