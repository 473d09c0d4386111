"""A unit makes its own account with the code on its paper. A wrong code is not told from a wrong unit."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from mujun.web.actions.values.activation import activate as make_account
from mujun.web.forms.values import ActivationForm
from mujun.web.views.base import Request, public_page
from mujun.web.views.limits import limited


@limited("activate")
@public_page
def activate(request: Request) -> HttpResponse:
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _fit(form):
        account = make_account(**form.cleaned_data, by=request.doer, now=request.now)
        if account is not None:
            messages.success(request, f"账号已建立，用户名是 {account.username}。请登录后核对一企一单。")
            return redirect("login")
        form.add_error("code", "单位代码或激活码不对，或已用过、已过期。请核对；仍不行的，请向县亩均办重新领取。")
    return render(request, "mujun/values/activate.html", {"form": form}, status=422 if form.errors else 200)


def _fit(form: ActivationForm) -> bool:
    try:
        validate_password(form.cleaned_data["password"])
    except ValidationError as error:
        form.add_error("password", error)
        return False
    return True
