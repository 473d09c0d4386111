"""Forms of logging in. The answer to a wrong name and to a wrong password is the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "用户名或密码不对。忘了密码，请找安全管理员当面重设；企业、园区、小镇请找县亩均办。",
        "inactive": "用户名或密码不对。忘了密码，请找安全管理员当面重设；企业、园区、小镇请找县亩均办。",
    }
    username = forms.CharField(
        label="用户名", widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def confirm_login_allowed(self, user: Any) -> None:
        """A password that was handed out works once, for a while; after that it is as wrong as any other."""
        super().confirm_login_allowed(user)
        until, now = user.initial_until, self.request.now  # type: ignore[union-attr]
        if user.must_change_password and (until is None or until <= now):
            raise self.get_invalid_login_error()


class OwnPasswordForm(forms.Form):
    """Before something of one's own account is changed."""

    password = forms.CharField(
        label="密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""


class ReauthenticateForm(OwnPasswordForm):
    code = forms.CharField(
        label="动态口令",
        max_length=40,
        help_text="手机上的六位数，每30秒换一个，一个只能用一次。手机不在身边的，填一个恢复码。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "class": "code"}),
    )


class FirstCodeForm(forms.Form):
    """The phone's answer to the picture. No recovery code is there yet."""

    code = forms.CharField(
        label="手机上显示的六位数",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """After a password that was handed out, which is not to be kept."""

    new_password1 = forms.CharField(
        label="新密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    new_password2 = forms.CharField(
        label="再写一遍", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError("不能与现在的密码相同。")
        return password


class PasswordForm(FirstPasswordForm):
    """One's own, by somebody who knows it."""

    old_password = forms.CharField(
        label="现在的密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def clean_old_password(self) -> str:
        password: str = self.cleaned_data["old_password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("现在的密码不对。")
        return password
