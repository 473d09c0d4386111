"""Forms of objections: the public's, and the desk's."""

from __future__ import annotations

from typing import Any

from django import forms

from mujun.web.forms.base import ActForm, ScanField, form_for
from mujun.web.forms.rounds import DayInput
from mujun.web.models import Item, NominationItem, Objection, Track
from mujun.web.queries.quotas import standing_list
from mujun.workflow.objection_facts import Refusal

_NEXT_DOOR = "可以向省信访局反映；认为侵犯其合法权益的，可以自知道之日起六十日内申请行政复议。"


class ObjectionForm(forms.Form):
    """Up to three grounds: each is answered on its own."""

    item = forms.ChoiceField(label="对谁有异议")
    ground1 = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 4}), help_text="一条写一个理由")
    ground2 = forms.CharField(label="理由二", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    ground3 = forms.CharField(label="理由三", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = ScanField(label="证据", required=False)
    name = forms.CharField(label="您的姓名或单位名称", max_length=80, help_text="须实名，只有受理、复核的人看得到")
    phone = forms.CharField(label="联系方式", max_length=80)
    may_disclose = forms.BooleanField(label="同意向被异议的一方公开我的身份", required=False)
    once = forms.CharField(widget=forms.HiddenInput, required=False)

    def grounds(self) -> list[str]:
        return [self.cleaned_data[f"ground{number}"] for number in (1, 2, 3)]


class PaperForm(ObjectionForm):
    scan = ScanField(label="书面异议的扫描件")


@form_for("O2")
class AdmitForm(ActForm):
    forwarded_to = forms.CharField(
        label="转送名单原公布单位", required=False, max_length=120, help_text="对县（市、区）采用名单的异议须转送"
    )


@form_for("O3")
class RefuseForm(ActForm):
    answers = frozenset({"no_refusal_ground", "no_next_door"})
    refusal = forms.ChoiceField(label="不予受理的理由", choices=[(one.value, one.value) for one in Refusal])
    duplicate_of = forms.CharField(label="与哪一件重复", required=False, max_length=30)
    other_matter = forms.BooleanField(label="所提的不是本次公示的事项", required=False)
    next_door = forms.CharField(label="还可以找谁", initial=_NEXT_DOOR, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        assert isinstance(self.row, Objection)
        if self.row.late:
            self.initial["refusal"] = Refusal.LATE.value

    def content(self) -> dict[str, Any]:
        told = super().content()
        return {**told, "concerns_notice": not told.pop("other_matter")}


@form_for("O4u", "O4p", "O4r")
class DecideObjection(ActForm):
    answers = frozenset({"ground_unanswered", "change_unknown"})

    def prepare(self) -> None:
        assert isinstance(self.row, Objection)
        for number, ground in enumerate(self.row.grounds.all(), 1):
            self.fields[f"answer:{ground.pk}"] = forms.CharField(
                label=f"对理由{number}的认定", help_text=ground.text, widget=forms.Textarea(attrs={"rows": 3})
            )
        self.fields["changes_list"] = forms.TypedChoiceField(
            label="名单要不要变更",
            choices=[("", "请选"), ("no", "不变更"), ("remove", "把它移出名单"), ("replace", "移出，并由备选递补")],
        )
        reserves = self._reserves()
        self.fields["replacement"] = forms.ChoiceField(
            label="递补", required=False, choices=[("", "—"), *((one.key, one.name) for one in reserves)]
        )
        self.fields["next_door"] = forms.CharField(
            label="不服的还可以找谁", initial=_NEXT_DOOR, widget=forms.Textarea(attrs={"rows": 2})
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("changes_list") == "replace" and not told.get("replacement"):
            self.add_error("replacement", "请选由谁递补；没有备选的，选“把它移出名单”。")
        return told

    def content(self) -> dict[str, Any]:
        assert isinstance(self.row, Objection)
        told = self.cleaned_data
        change: dict[str, Any] = {}
        if told["changes_list"] in ("remove", "replace"):
            change["remove"] = self.row.key
        if told["changes_list"] == "replace":
            change["add"] = next(
                {name: getattr(one, name) for name in ("key", "name", "county", "city", "group", "strengths")}
                for one in self._reserves()
                if one.key == told["replacement"]
            )
        return {
            "answers": {name.partition(":")[2]: value for name, value in told.items() if name.startswith("answer:")},
            "changes_list": bool(change),
            "change": change,
            "next_door": told["next_door"],
        }

    def _reserves(self) -> list[NominationItem]:
        assert isinstance(self.row, Objection)
        track = Track.objects.filter(round=self.row.round, domain=self.row.domain).first()
        nomination = standing_list(track) if track is not None else None
        item = Item.objects.filter(round=self.row.round, domain=self.row.domain, key=self.row.key).first()
        if nomination is None or item is None:
            return []
        return list(nomination.items.filter(kind=NominationItem.Kind.RESERVE, group=item.group))


@form_for("O5")
class RemedyForm(ActForm):
    answers = frozenset({"no_remedy"})
    remedy = forms.CharField(label="怎样纠正的", widget=forms.Textarea(attrs={"rows": 3}))


class QuestionForm(forms.Form):
    to = forms.ChoiceField(label="问谁", choices=[("objector", "异议人"), ("party", "被异议的一方")])
    text = forms.CharField(label="问题", widget=forms.Textarea(attrs={"rows": 3}))
    due = forms.DateField(label="期限", widget=DayInput)


class LookUpForm(forms.Form):
    receipt = forms.CharField(label="受理号", max_length=30)
    code = forms.CharField(label="查询码", max_length=20)


class RevealForm(forms.Form):
    why = forms.CharField(label="为什么要看异议人是谁", widget=forms.Textarea(attrs={"rows": 2}))
