"""Forms of collection: files, reasons, a few values by hand, doubts about values, lock exceptions, activation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from mujun.web.forms.base import ActForm, ReasonForm, ScanField, form_for, without_page
from mujun.web.models import ValueSet
from mujun.web.programme import workflow
from mujun.web.queries.values.statements import statement_of
from mujun.workflow.moment import CHINA

without_page("V1", "V1e", "V1p", "V2", "V2e", "V2p", "V6", "V7")

MOST_BYTES = 50 << 20
SUFFIXES = (".xlsx", ".xls", ".csv", ".parquet")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class FileForm(forms.Form):
    file = forms.FileField(
        label="文件",
        help_text="用本页的模板填，或部门自己系统导出的 .xlsx、.xls、.csv；不超过50MB",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("文件超过50MB，请分成几个文件。")
        if not str(file.name).lower().endswith(SUFFIXES):
            raise forms.ValidationError("请传 .xlsx、.xls、.csv 或 .parquet 文件。")
        return file


class RegisterForm(FileForm):
    scheme = forms.ChoiceField(label="哪一类单位")

    def __init__(self, *args: Any, schemes: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["scheme"] = forms.ChoiceField(label="哪一类单位", choices=schemes)
        self.fields["file"].help_text = "三列：代码、名称、县（市、区）；.xlsx 或 .csv"


@form_for("V10", "V11", "V11u", "V12")
class ReturnSet(ReasonForm):
    """Back to the offices, with what is to be mended."""


@form_for("V3k")
class ConfirmFor(ActForm):
    answers = frozenset({"no_signed_scan"})
    signed_scan = ScanField(label="评价对象签字盖章的扫描件")


@form_for("V5", "V5c")
class DisputeForm(ActForm):
    """A value and a reason for each cell that is doubted; the others stay empty."""

    answers = frozenset({"nothing_disputed"})
    template = "mujun/values/dispute.html"

    def prepare(self) -> None:
        assert isinstance(self.row, ValueSet)
        self.shown = statement_of(self.row, self.now)
        for line in self.shown.lines:
            name = line.variable.id
            self.fields[f"claim-{name}"] = forms.CharField(label="应为", max_length=60, required=False)
            self.fields[f"why-{name}"] = forms.CharField(label="理由", max_length=500, required=False)

    def offices(self) -> list[tuple[str, list[tuple[Any, Any, Any]]]]:
        """For the page: each line with its two fields."""
        return [
            (office, [(one, self[f"claim-{one.variable.id}"], self[f"why-{one.variable.id}"]) for one in lines])
            for office, lines in self.shown.offices
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for line in self.shown.lines:
            claim, why = data.get(f"claim-{line.variable.id}"), data.get(f"why-{line.variable.id}")
            if claim and not why:
                self.add_error(f"why-{line.variable.id}", "请写明理由。")
        return data

    def content(self) -> dict[str, Any]:
        cells = [
            {
                "variable": line.variable.id,
                "label": line.variable.label,
                "agency": line.variable.source,
                "stands": line.item.value,
                "claimed": self.cleaned_data[f"claim-{line.variable.id}"],
                "reason": self.cleaned_data[f"why-{line.variable.id}"],
            }
            for line in self.shown.lines
            if self.cleaned_data[f"why-{line.variable.id}"]
        ]
        return {"disputed": [one["label"] for one in cells], "cells": cells}


@form_for("T13", "T14", "T14x")
class UnlockForm(ActForm):
    answers = frozenset({"no_time_box", "bad_time_box", "no_reason"})
    unlock_until = forms.DateTimeField(label="解锁到", widget=MomentInput)
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 4}), help_text="记入审计记录")

    def prepare(self) -> None:
        hours = workflow().settings.unlock_hours
        latest = (self.now + timedelta(hours=hours)).astimezone(CHINA)
        self.fields["unlock_until"].help_text = f"从现在起最长{hours}小时"
        self.initial.setdefault("unlock_until", latest.replace(second=0, microsecond=0, tzinfo=None))

    def clean_unlock_until(self) -> Any:
        value = self.cleaned_data["unlock_until"]
        return value if timezone.is_aware(value) else timezone.make_aware(value, CHINA)


class AnswerForm(forms.Form):
    """What an office says to a doubt: a value, or none and why it stays."""

    value = forms.CharField(label="更正为", max_length=60, required=False, help_text="不改的，空着")
    corrected = forms.BooleanField(label="改正的明细已经报上来（由明细算出的数）", required=False)
    answer = forms.CharField(label="答复", widget=forms.Textarea(attrs={"rows": 3}))


class ActivationForm(forms.Form):
    unit = forms.CharField(label="单位代码", max_length=60, help_text="统一社会信用代码，印在一企一单上")
    code = forms.CharField(label="激活码", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    contact = forms.CharField(label="联系人姓名", max_length=40)
    password = forms.CharField(
        label="设一个密码",
        help_text="不少于12个字，不要用常见的密码。",
        strip=False,
        min_length=12,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
