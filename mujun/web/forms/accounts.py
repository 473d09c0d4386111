"""Forms of accounts and roles. They have no field for somebody's password, since nobody chooses another's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from mujun.web.programme import matrix, programme_round
from mujun.web.queries.people import bounds_of, role_label
from mujun.web.queries.regions import city_of_county
from mujun.workflow import Role
from mujun.workflow.conditions import SCOPES
from mujun.workflow.moment import CHINA

_MORE = "几个之间用顿号隔开；没有的留空。"


class AccountForm(forms.Form):
    username = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$",
        label="用户名",
        help_text="字母、数字、点和横线，2到40个。",
        error_messages={"invalid": "只能用字母、数字、点和横线，2到40个。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label="姓名", max_length=60)
    office = forms.CharField(label="单位", max_length=120)
    post = forms.CharField(label="职务", max_length=60, required=False)
    phone = forms.CharField(label="电话", max_length=40, required=False)
    unit = forms.CharField(
        label="评价对象代码",
        max_length=60,
        required=False,
        help_text="企业、园区、小镇自己的账号才填：统一社会信用代码等。",
    )

    def __init__(self, *args: Any, for_unit: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""
        self.fields["unit"].required = for_unit
        if for_unit:
            self.fields["unit"].help_text = "统一社会信用代码等；须是名录里本县的单位。"
            self.order_fields(["unit"])


class WhyForm(forms.Form):
    why = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class PlacesForm(forms.Form):
    """Where recusal begins: an empty field says that there is none, which is not the same as unknown."""

    places = forms.CharField(label="来自哪些县（市、区）、园区", required=False, help_text=_MORE)
    desks = forms.CharField(label="所在处室、窗口", required=False, help_text=_MORE)

    def lists(self) -> tuple[list[str], list[str]]:
        return _names(self.cleaned_data["places"]), _names(self.cleaned_data["desks"])


class GrantForm(forms.Form):
    role = forms.ChoiceField(label="角色")
    domain = forms.ChoiceField(label="领域", required=False)
    region = forms.ChoiceField(label="地区", required=False)
    agency = forms.CharField(label="部门", max_length=60, required=False)
    unit = forms.CharField(label="评价对象代码", max_length=60, required=False)
    since = forms.DateField(label="从哪天起", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(
        label="到哪天止",
        required=False,
        help_text="含当天；不定期的留空。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    why = forms.CharField(
        label="理由", help_text="任职文件、来函等。", widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""
        counties = city_of_county()
        choices: dict[str, list[tuple[str, str]]] = {
            "role": [("", "请选择"), *((one.value, _told(one)) for one in matrix().house.roles if one is not Role.Z)],
            "domain": [("", "不限定"), *((one.id, one.label) for one in programme_round().domains)],
            "region": [(one, one or "不限定") for one in ("", "浙江省", *dict.fromkeys(counties.values()), *counties)],
        }
        for name, some in choices.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]

    def bounds(self) -> dict[str, str]:
        return {name: self.cleaned_data[name].strip() for name in sorted(SCOPES)}

    def since_until(self) -> tuple[datetime, datetime | None]:
        """From the beginning of the first day to the end of the last."""
        until: date | None = self.cleaned_data["until"]
        return _at(self.cleaned_data["since"]), None if until is None else _at(until + timedelta(days=1))


def _told(role: Role) -> str:
    words = {"domain": "领域", "region": "地区", "unit": "评价对象", "agency": "部门"}
    bounds = "、".join(words[one] for one in bounds_of(role.value))
    return f"{role_label(role.value)}（须写明{bounds}）" if bounds else role_label(role.value)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _names(text: str) -> list[str]:
    for mark in "，,；;\n":
        text = text.replace(mark, "、")
    return [one.strip() for one in text.split("、") if one.strip()]
