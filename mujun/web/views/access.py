"""Logging in and out, and a new password. A log-in is by password alone and proves nothing for a grave act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mujun.web.actions.access import record_failed_login, record_login, set_password
from mujun.web.actions.throttle import Try, count_tries, forget_tries, login_tries, seconds_to_wait
from mujun.web.forms.access import FirstPasswordForm, LoginForm, PasswordForm
from mujun.web.permissions import OWN, PUBLIC, row
from mujun.web.queries.second_factor import needs_it
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
        record_login(account, now=self.request.now)
        remember_device(answer, account)
        return answer

    def _tries(self) -> list[Try]:
        username = self.request.POST.get("username", "")
        return login_tries(username, source_of(self.request), device_of(self.request, username))


login = row(PUBLIC)(Login.as_view())
logout = row(OWN)(LogoutView.as_view())


@own_page
def password(request: Request) -> HttpResponse:
    account, first = request.account, request.account.must_change_password
    form = (FirstPasswordForm if first else PasswordForm)(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_password(account, form.cleaned_data["new_password1"], by=request.doer, now=request.now)
        update_session_auth_hash(request, account)
        if not first:
            messages.success(request, "密码已更改，在别处打开的页面已失效。")
            return redirect("account")
        wants = needs_it(request.doer) and not request.doer.actor.second_factor
        return redirect("second_factor" if wants else "desk")
    form.label_suffix = ""
    return render(request, "mujun/password.html", {"form": form, "first": first})
