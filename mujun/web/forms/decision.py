"""Forms of compiling and of the leading group's decision."""

from __future__ import annotations

from typing import Any

from django import forms

from mujun.web.forms.base import ActForm, ScanField, form_for
from mujun.web.forms.rounds import DayInput
from mujun.web.models import Item, Meeting, Round, Track
from mujun.web.queries.compiled import item_key
from mujun.web.queries.facts.round import members_of
from mujun.workflow.round_facts import Outcome


class MinutesForm(forms.Form):
    """The minutes, with one line for every item; 同意 stands there already, since most are agreed to. No line without
    items: at other times than the review a meeting only cancels the round or changes a title.
    """

    held_on = forms.DateField(label="会议日期", widget=DayInput)
    scan = ScanField(label="签字的纪要扫描件", required=False)
    present = forms.TypedMultipleChoiceField(label="到会成员", coerce=int, widget=forms.CheckboxSelectMultiple)
    tracks = forms.MultipleChoiceField(label="退回的领域", required=False, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label="退回的原因", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, round_: Round, items: list[Item], **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""
        self.items = items
        self.fields["present"].choices = [(one.pk, one.name) for one in members_of()]  # type: ignore[attr-defined]
        tracks = Track.objects.filter(round=round_, left_out="")
        self.fields["tracks"].choices = [(one.domain, one.label) for one in tracks]  # type: ignore[attr-defined]
        if not items:
            del self.fields["tracks"]
            self.fields["reason"].label = "会议决定了什么，为什么"
        for item in items:
            self.fields[f"outcome:{item_key(item)}"] = forms.ChoiceField(
                label=item.name,
                choices=[(one.value, one.value) for one in Outcome],
                initial=item.outcome or Outcome.AGREED.value,
            )

    def outcomes(self) -> dict[str, str]:
        return {item_key(item): self.cleaned_data[f"outcome:{item_key(item)}"] for item in self.items}

    def rows(self) -> list[tuple[Item, forms.BoundField]]:
        return [(item, self[f"outcome:{item_key(item)}"]) for item in self.items]


class DuplicateForm(forms.Form):
    keep_in = forms.CharField(label="保留在", required=False)
    resolution = forms.CharField(label="处理意见", widget=forms.Textarea(attrs={"rows": 2}))


class ConflictForm(forms.Form):
    item = forms.ChoiceField(label="哪一项")
    why = forms.CharField(label="利害关系", widget=forms.Textarea(attrs={"rows": 2}))


@form_for("R6")
class DecideForm(ActForm):
    """Which meeting's minutes; they are recorded on a page of their own before."""

    answers = frozenset({"no_minutes", "items_open", "no_tracks_named", "no_reason", "no_content"})
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="会议", empty_label=None)
    reason = forms.CharField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        meetings = Meeting.objects.filter(round_id=self.row.pk, confirmed_at=None)
        field = self.fields["meeting"]
        field.queryset = meetings  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"第{one.number}次会议（{one.held_on}）"  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        meeting: Meeting = self.cleaned_data["meeting"]
        return {"meeting": meeting.pk, "reason": meeting.reason}


@form_for("R6r")
class SendBackForm(DecideForm):
    """The minutes say which domains; here is whether their data change, or only their lists."""

    data_must_change = forms.BooleanField(label="要改数据（不选就只改名单）", required=False)

    def content(self) -> dict[str, Any]:
        return {**super().content(), "data_must_change": self.cleaned_data["data_must_change"]}
