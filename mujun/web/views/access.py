"""Logging in and out, a new password, and showing once more who one is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from mujun.web.actions.access import record_failed_login, record_login, record_reauthentication, set_password
from mujun.web.actions.throttle import Try, count_tries, forget_tries, login_tries, seconds_to_wait
from mujun.web.forms.access import FirstPasswordForm, LoginForm, PasswordForm, ReauthenticateForm
from mujun.web.middleware import REAUTHENTICATED
from mujun.web.permissions import OWN, PUBLIC, row
from mujun.web.views.base import Request, own_page
from mujun.web.views.limits import device_of, remember_device, source_of, too_many


class Login(LoginView):
    """Tries are counted by what was typed, so that a name nobody has is answered as any other."""

    template_name = "mujun/login.html"
    authentication_form = LoginForm

    request: Request

    def post(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if wait := seconds_to_wait(self._tries(), timezone.now()):
            return too_many(request, wait)
        return super().post(request, *args, **more)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        username = self.request.POST.get("username", "")
        if username and self.request.POST.get("password"):
            count_tries(self._tries(), now=timezone.now())
            record_failed_login(username, now=self.request.now)
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        forget_tries([one for one in self._tries() if one.kind in ("login_pair", "login_device")])
        account = form.get_user()
        answer = super().form_valid(form)
        self.request.session[REAUTHENTICATED] = self.request.now.isoformat()
        record_login(account, now=self.request.now)
        remember_device(answer, account)
        return answer

    def _tries(self) -> list[Try]:
        username = self.request.POST.get("username", "")
        return login_tries(username, source_of(self.request), device_of(self.request, username))


login = row(PUBLIC)(Login.as_view())
logout = row(OWN)(LogoutView.as_view())


@own_page
def reauthenticate(request: Request) -> HttpResponse:
    """Before an act that cannot be undone: the password once more."""
    form = ReauthenticateForm(request.POST or None)
    tries = [Try("reauthenticate", str(request.account.pk))]
    if request.method == "POST" and (wait := seconds_to_wait(tries, timezone.now())):
        return too_many(request, wait)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, username=request.account.username, password=form.cleaned_data["password"])
        if account is not None:
            forget_tries(tries)
            request.session[REAUTHENTICATED] = request.now.isoformat()
            record_reauthentication(by=request.doer, now=request.now)
            where = request.POST.get("next", "")
            safe = url_has_allowed_host_and_scheme(where, {request.get_host()})
            return redirect(where if safe else "desk")
        count_tries(tries, now=timezone.now())
        form.add_error("password", "密码不对。")
    return render(request, "mujun/reauthenticate.html", {"form": form, "next": request.GET.get("next", "")})


@own_page
def password(request: Request) -> HttpResponse:
    account = request.account
    kind = FirstPasswordForm if account.must_change_password else PasswordForm
    form = kind(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_password(account, form.cleaned_data["new_password1"], by=request.doer, now=request.now)
        update_session_auth_hash(request, account)
        return redirect("desk")
    return render(request, "mujun/password.html", {"form": form})
