"""What is typed for evaluation and lists: which run is frozen, why a list goes back, a mark, a document's names."""

from __future__ import annotations

from typing import Any

from django import forms

from mujun.web.forms.base import ActForm, ReasonForm, ScanField, form_for
from mujun.web.forms.rounds import DayInput
from mujun.web.models import Run, Track
from mujun.web.queries.adoption import told_document
from mujun.web.queries.quotas import standing_list


@form_for("T6")
class FreezeRun(ActForm):
    template = "mujun/evaluation/freeze.html"
    run = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        runs = Run.objects.filter(track=self.row.pk, progress=Run.Progress.DONE, voided_at=None)
        self.last = runs.order_by("-number").first()
        self.initial["run"] = self.last.pk if self.last is not None else None


@form_for("T7", "T12")
class DrawList(ActForm):
    """Drawn up on a page of its own, where ties are settled: nothing is typed here."""

    answers = frozenset({"tie_without_rule"})


@form_for("T8", "T8a", "T9", "T10")
class SeeList(ActForm):
    """Nothing is typed: whoever signs, hands in or accepts has the list before him."""

    template = "mujun/evaluation/sign.html"

    def prepare(self) -> None:
        assert isinstance(self.row, Track)
        self.nomination = standing_list(self.row)


@form_for("T7a")
class AdoptList(ActForm):
    """The document as it is recorded; it is confirmed to the letter."""

    answers = frozenset({"no_content"})
    title = forms.CharField(label="文件名称", required=False, widget=forms.HiddenInput)
    document_number = forms.CharField(label="文号", required=False, widget=forms.HiddenInput)
    dated = forms.CharField(label="日期", required=False, widget=forms.HiddenInput)
    scan = forms.CharField(label="扫描件指纹", required=False, widget=forms.HiddenInput)
    names = forms.CharField(label="名单", required=False, widget=forms.HiddenInput)
    differences = forms.CharField(label="与综合评议的差异", required=False, widget=forms.HiddenInput)

    def content(self) -> dict[str, Any]:
        assert isinstance(self.row, Track)
        return told_document(self.row)


@form_for("T11")
class ReturnList(ReasonForm):
    data_must_change = forms.ChoiceField(
        label="数据要不要改",
        choices=[("", "只改名单，数据不动"), ("1", "数据要改：原评价作废，重新归集")],
        widget=forms.RadioSelect,
        required=False,
    )


class MarkForm(forms.Form):
    """One unit, one rater."""

    unit = forms.CharField(widget=forms.HiddenInput)
    mark = forms.DecimalField(label="得分", max_digits=6, decimal_places=2)
    why = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}))


class DocumentForm(forms.Form):
    """The document of domain ①, and whom it names: pasted, or chosen."""

    title = forms.CharField(label="文件名称", max_length=200)
    document_number = forms.CharField(label="文号", max_length=60)
    dated = forms.DateField(label="日期", widget=DayInput)
    scan = ScanField(label="扫描件", required=False)
    pasted = forms.CharField(
        label="名单",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="把文件里的名单粘贴在这里，用顿号、逗号或换行分开；也可以在下面逐个勾选。",
    )
    keys = forms.MultipleChoiceField(label="逐个勾选", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""
        field = self.fields["keys"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = units
