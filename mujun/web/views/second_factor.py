"""One's own account: what it is, its second factor, and showing both factors before a grave act.

Codes are held against the machine's clock: a phone follows no demo's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from mujun.web.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    drop_second_factor,
    record_refused_proof,
    show_second_factor,
)
from mujun.web.actions.throttle import Try, count_tries, forget_tries, seconds_to_wait
from mujun.web.forms.access import FirstCodeForm, OwnPasswordForm, ReauthenticateForm
from mujun.web.middleware import REAUTHENTICATED
from mujun.web.queries.people import role_label, within
from mujun.web.queries.second_factor import codes_left, demo_code, factor_of, handed, needs_it, pending_of
from mujun.web.views.base import Request, own_page
from mujun.web.views.limits import too_many

_WRONG = "动态口令不对，或已经用过。请等手机上换了下一个再填。"


@own_page
def account(request: Request) -> HttpResponse:
    """我的账号."""
    said = {
        "account": request.account,
        "roles": [(role_label(one.role.value), within(_bounds(one))) for one in request.doer.actor.grants],
        "factor": factor_of(request.account),
        "left": codes_left(request.account),
        "needs": needs_it(request.doer),
    }
    return render(request, "mujun/account/account.html", said)


@own_page
def reauthenticate(request: Request) -> HttpResponse:
    """Before an act that cannot be undone: the password once more, and a code. Without a phone set up: how to."""
    where, at = _where(request), timezone.now()
    if not request.doer.actor.second_factor:
        status = 409 if request.method == "POST" else 200
        return render(request, "mujun/account/not_set.html", {"next": where}, status=status)
    form = ReauthenticateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := _count(request):
            return too_many(request, wait)
        if _shown_both(request, form, show_second_factor, at):
            request.session.cycle_key()
            request.session[REAUTHENTICATED] = request.now.isoformat()
            return redirect(where or "desk")
    said = {"form": form, "next": where, "demo_code": demo_code(request.account, at)}
    return render(request, "mujun/account/reauthenticate.html", said)


@own_page
def begin(request: Request) -> HttpResponse:
    """Why, with what, and the password; then the picture."""
    if request.doer.actor.second_factor:
        return redirect("account")
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := _count(request):
            return too_many(request, wait)
        if _knows_password(request, form):
            forget_tries(_tries(request))
            begin_second_factor(request.account, by=request.doer, now=request.now, at=timezone.now())
            where = _where(request)
            return redirect(_with_next("/account/second-factor/confirm/", where))
    return render(
        request,
        "mujun/account/begin.html",
        {"form": form, "next": _where(request), "needs": needs_it(request.doer)},
    )


@own_page
def confirm(request: Request) -> HttpResponse:
    """The picture, until the phone has answered; then the recovery codes, once."""
    at = timezone.now()
    waiting = pending_of(request.account, at)
    if waiting is None:
        return redirect("account" if request.doer.actor.second_factor else "second_factor")
    form = FirstCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := _count(request):
            return too_many(request, wait)
        codes = confirm_second_factor(
            request.account, form.cleaned_data["code"], by=request.doer, now=request.now, at=at
        )
        if codes:
            forget_tries(_tries(request))
            update_session_auth_hash(request, request.account)
            return render(request, "mujun/account/codes.html", {"codes": codes, "next": _where(request)})
        form.add_error("code", "六位数不对。请等手机上换了下一个再填；总是不对的，请核对手机的时间。")
    said = {"form": form, "next": _where(request), "handed": handed(waiting)}
    said["demo_code"] = demo_code(request.account, at)
    return render(request, "mujun/account/confirm.html", said)


@own_page
def stop(request: Request) -> HttpResponse:
    """Given up by its owner, with both of them: for a new phone, or because he needs it no more."""
    if not request.doer.actor.second_factor:
        return redirect("account")
    at = timezone.now()
    form = ReauthenticateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := _count(request):
            return too_many(request, wait)
        if _shown_both(request, form, drop_second_factor, at):
            request.session.pop(REAUTHENTICATED, None)
            update_session_auth_hash(request, request.account)
            messages.success(request, "已停用动态口令。")
            return redirect("account")
    said = {"form": form, "needs": needs_it(request.doer), "demo_code": demo_code(request.account, at)}
    return render(request, "mujun/account/stop.html", said)


def _shown_both(request: Request, form: Form, accepts: Callable[..., bool], at: datetime) -> bool:
    """Whether the password is right, and the code is accepted; the form says which is not."""
    if not _knows_password(request, form):
        return False
    if not accepts(request.account, form.cleaned_data["code"], by=request.doer, now=request.now, at=at):
        form.add_error("code", _WRONG)
        return False
    forget_tries(_tries(request))
    return True


def _knows_password(request: Request, form: Form) -> bool:
    name = request.account.username
    if authenticate(request, username=name, password=form.cleaned_data["password"]) is not None:
        return True
    record_refused_proof(request.account, "密码不对", by=request.doer, now=request.now)
    form.add_error("password", "密码不对。")
    return False


def _count(request: Request) -> int:
    """How long to wait. A try counts before it is looked at, so that many at once gain nothing."""
    tries, now = _tries(request), timezone.now()
    if wait := seconds_to_wait(tries, now):
        return wait
    count_tries(tries, now=now)
    return 0


def _tries(request: Request) -> list[Try]:
    return [Try("reauthenticate", str(request.account.pk))]


def _where(request: Request) -> str:
    """Where he was going, if it is a page of ours."""
    where = request.POST.get("next") or request.GET.get("next", "")
    return where if url_has_allowed_host_and_scheme(where, {request.get_host()}, request.is_secure()) else ""


def _with_next(path: str, where: str) -> str:
    return f"{path}?{urlencode({'next': where})}" if where else path


def _bounds(grant: object) -> dict[str, str]:
    return {name: getattr(grant, name) for name in ("domain", "region", "agency", "unit")}
