"""Forms of a round's own edges."""

from __future__ import annotations

from django import forms

from mujun.web.forms.base import ActForm, ReasonForm, ScanField, form_for


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoundForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2018, max_value=2099)
    title = forms.CharField(label="名称", max_length=120)
    programme = forms.CharField(widget=forms.HiddenInput)


@form_for("R2")
class IssueRoundPlan(ActForm):
    answers = frozenset({"no_document_number", "bad_document_number"})
    document_number = forms.CharField(label="文号", max_length=40, help_text="例如 浙亩均办〔2019〕4号")
    issued_on = forms.DateField(label="成文日期", widget=DayInput)


@form_for("RC")
class CancelRound(ReasonForm):
    answers = frozenset({"no_reason", "no_minutes", "no_public_statement"})
    meeting = forms.IntegerField(widget=forms.HiddenInput, required=False)
    public_statement = forms.CharField(
        label="向社会的说明", widget=forms.Textarea(attrs={"rows": 4}), required=False, help_text="已经公示过的必须写"
    )


__all__ = ["CancelRound", "DayInput", "IssueRoundPlan", "RoundForm", "ScanField"]
