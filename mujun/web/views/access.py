"""Logging in and out, a new password, and showing once more who one is."""

from __future__ import annotations

from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from mujun.web.actions.access import record_login, record_reauthentication, set_password
from mujun.web.forms.access import LoginForm, PasswordForm, ReauthenticateForm
from mujun.web.middleware import REAUTHENTICATED
from mujun.web.permissions import OWN, PUBLIC, row
from mujun.web.views.base import Request, own_page


class Login(LoginView):
    template_name = "mujun/login.html"
    authentication_form = LoginForm

    request: Request

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        self.request.session[REAUTHENTICATED] = self.request.now.isoformat()
        record_login(form.get_user(), now=self.request.now)
        return answer


login = row(PUBLIC)(Login.as_view())
logout = row(OWN)(LogoutView.as_view())


@own_page
def reauthenticate(request: Request) -> HttpResponse:
    """Before an act that cannot be undone: the password once more."""
    form = ReauthenticateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, username=request.account.username, password=form.cleaned_data["password"])
        if account is not None:
            request.session[REAUTHENTICATED] = request.now.isoformat()
            record_reauthentication(by=request.doer, now=request.now)
            where = request.POST.get("next", "")
            safe = url_has_allowed_host_and_scheme(where, {request.get_host()})
            return redirect(where if safe else "desk")
        form.add_error("password", "密码不对。")
    return render(request, "mujun/reauthenticate.html", {"form": form, "next": request.GET.get("next", "")})


@own_page
def password(request: Request) -> HttpResponse:
    account = request.account
    form = PasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_password(account, form.cleaned_data["new_password1"], by=request.doer, now=request.now)
        update_session_auth_hash(request, account)
        return redirect("desk")
    return render(request, "mujun/password.html", {"form": form})
