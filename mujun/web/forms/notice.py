"""Forms of the public notice and of issuing."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms

from mujun.findings import Finding
from mujun.law import Clause
from mujun.web.forms.base import ActForm, ReasonForm, form_for
from mujun.web.forms.rounds import DayInput
from mujun.web.models import Meeting, Publication, PublishedItem, Round
from mujun.web.programme import workdays, workflow
from mujun.web.queries.compiled import item_key, list_hash, standing_items
from mujun.web.queries.documents.senders import usual_recipients
from mujun.web.queries.issued import extended_form
from mujun.web.queries.publishing.notice_rules import notice_rules
from mujun.workflow.moment import CHINA
from mujun.workflow.notice import end_of_notice

_WAYS = "以真实姓名（单位加盖公章）在本页面提出，或书面送交、邮寄到下列地址；须写明对谁、对什么有异议和理由，附证据。"
_BASIS = "《2019年浙江省“亩均效益”领跑者行动工作方案》（浙亩均办〔2019〕4号）三（四）；领导小组会议纪要。"


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


@form_for("R7", "R8")
class OpenNotice(ActForm):
    """The list and its hash are not typed: they are what was decided. What it says is published becomes clauses."""

    template = "mujun/notice/act_open.html"
    answers = frozenset(
        {"no_notice", "notice_incomplete", "notice_short", "no_content", "names_not_in_notice", "notice_of_other_list"}
    )
    opens_at = forms.DateTimeField(label="公示开始", widget=MomentInput)
    ends_at = forms.DateTimeField(label="公示截止", widget=MomentInput)
    contact = forms.CharField(label="联系人、电话、地址", max_length=200)
    ways = forms.CharField(label="提出异议的途径", widget=forms.Textarea(attrs={"rows": 3}), initial=_WAYS)
    basis = forms.CharField(label="公示依据", widget=forms.Textarea(attrs={"rows": 2}), initial=_BASIS)

    def prepare(self) -> None:
        round_ = self._round()
        self.earliest = self._earliest(self.now)
        self.fields["ends_at"].help_text = (
            str(self.earliest) if isinstance(self.earliest, Finding) else "从次日起算满规定的工作日，只能更晚"
        )
        self.initial["opens_at"] = self.now.astimezone(CHINA)
        if isinstance(self.earliest, datetime):
            self.initial["ends_at"] = self.earliest
        last = round_.notices.order_by("-number").first()
        if last is not None:
            self.initial.update({"contact": last.contact, "ways": last.ways, "basis": last.basis})
            if last.ends_at > self.now:
                self.initial["ends_at"] = max(last.ends_at, self.initial.get("ends_at", last.ends_at))
        before = last.scope if last is not None else {}
        for track in round_.tracks.filter(left_out=""):
            named = track.domain in _NAMED
            told = before.get(track.domain, {})
            self.fields[f"publish:{track.domain}"] = forms.BooleanField(
                label=f"印发{track.label}名单", required=False, initial=told.get("publish", True)
            )
            self.fields[f"why:{track.domain}"] = forms.CharField(
                label=f"公布{track.label}名单的依据",
                max_length=200,
                initial=told.get("why") or ("通知三（四）" if named else ""),
                help_text="" if named else "通知三（四）没有点名这一类名单，公布或不公布都须写明依据",
            )

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What the first notice writes of the rules of publication, with the answers given so far."""
        round_ = self._round()
        if round_.notices.filter(opened_at__isnull=False).exists():
            return ()
        domains = [track.domain for track in round_.tracks.filter(left_out="")]
        scope = {name: {"publish": self._asked(f"publish:{name}", True), "why": self._asked(f"why:{name}", "")}
                 for name in domains}  # fmt: skip
        return notice_rules(round_, 1, scope, self.now.astimezone(CHINA).date()).clauses

    def _asked(self, name: str, otherwise: Any) -> Any:
        if self.is_bound:
            return self.data.get(name, "" if isinstance(otherwise, str) else False)
        return self.fields[name].initial if name in self.fields else otherwise

    def content(self) -> dict[str, Any]:
        items = standing_items(self._round())
        told = self.cleaned_data
        noticed = {name for one in self._round().notices.all() for name in one.names}
        keys = [item_key(one) for one in items]
        fresh = [key for key in keys if key not in noticed]
        return {
            "opens_at": told["opens_at"].isoformat(),
            "ends_at": told["ends_at"].isoformat(),
            "contact": told["contact"],
            "ways": told["ways"],
            "basis": told["basis"],
            "list_hash": list_hash(items),
            "names": fresh or keys,
            "scope": {
                name.partition(":")[2]: {"publish": value, "why": told[f"why:{name.partition(':')[2]}"]}
                for name, value in told.items()
                if name.startswith("publish:")
            },
        }

    def _round(self) -> Round:
        assert isinstance(self.row, Round)
        return self.row

    def _earliest(self, opens: datetime) -> datetime | Finding:
        settings = workflow().settings
        return end_of_notice(opens, settings.notice_workdays, settings.notice_closes_at, workdays())


_NAMED = ("county", "economic_zone", "hightech_zone", "manufacturing", "services")
"""Domains whose lists clause 3.4 names: 领跑县、开发区、高新区、企业."""


@form_for("R9")
class LayBeforeAnew(ReasonForm):
    """Upheld objections say what changes; here is only why it goes to the leading group now."""


class _Issue(ActForm):
    document_number = forms.CharField(label="文号", max_length=40, help_text="例如 浙亩均办〔2019〕12号")
    dated = forms.DateField(label="成文日期", widget=DayInput)
    printed_on = forms.DateField(label="印发日期", widget=DayInput, help_text="付印之日，不早于成文日期")

    def prepare(self) -> None:
        self.initial.setdefault("dated", self.now.astimezone(CHINA).date())
        self.initial.setdefault("printed_on", self.now.astimezone(CHINA).date())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("dated") and told.get("printed_on") and told["printed_on"] < told["dated"]:
            self.add_error("printed_on", "印发日期早于成文日期，请核对是否填反。")
        return told


@form_for("R10")
class IssueList(_Issue):
    """主送 and 抄送 are those of the notice that began the year, unless others are typed."""

    answers = frozenset({"no_document_number", "bad_document_number"})
    to = forms.CharField(label="主送", max_length=500, required=False, help_text="用顿号隔开，不填按年度方案的主送")
    copies = forms.CharField(label="抄送", max_length=800, required=False, help_text="用顿号隔开")

    def prepare(self) -> None:
        super().prepare()
        assert isinstance(self.row, Round)
        to, copies = usual_recipients(self.row.programme)
        self.initial.setdefault("to", "、".join(to))
        self.initial.setdefault("copies", "、".join(copies))

    def content(self) -> dict[str, Any]:
        told = super().content()
        return {**told, "to": _names(told["to"]), "copies": _names(told["copies"])}


def _names(text: str) -> list[str]:
    return [part.strip() for part in re.split("[、，,；;\n]", text) if part.strip()]


@form_for("RX1")
class CorrectSlip(_Issue):
    answers = frozenset({"no_document_number", "bad_document_number", "nothing_corrected", "no_reason", "no_content"})
    item = forms.ModelChoiceField(PublishedItem.objects.none(), label="更正哪一项")
    name = forms.CharField(label="正确的名称", max_length=160, required=False)
    county = forms.CharField(label="正确的县（市、区）", max_length=60, required=False)
    reason = forms.CharField(label="更正说明", widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        super().prepare()
        rows = PublishedItem.objects.filter(publication__round_id=self.row.pk, struck=False)
        self.fields["item"].queryset = rows  # type: ignore[attr-defined]
        self.fields["item"].label_from_instance = lambda one: f"{one.name}（{one.county}）"  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        item: PublishedItem = self.cleaned_data["item"]
        told = {name: value for name, value in super().content().items() if name != "item"}
        return {**told, "corrects": item.publication_id, "domain": item.domain, "key": item.key}


@form_for("RX2")
class ChangeTitle(_Issue):
    answers = frozenset(
        {"no_document_number", "bad_document_number", "nothing_corrected", "no_reason", "no_content", "no_minutes"}
    )
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="会议纪要", empty_label=None)
    item = forms.ModelChoiceField(PublishedItem.objects.none(), label="撤销哪一项称号")
    reason = forms.CharField(label="撤销的原因", widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        super().prepare()
        rows = PublishedItem.objects.filter(publication__round_id=self.row.pk, struck=False)
        self.fields["item"].queryset = rows  # type: ignore[attr-defined]
        self.fields["item"].label_from_instance = lambda one: f"{one.name}（{one.county}）"  # type: ignore[attr-defined]
        meetings = Meeting.objects.filter(round_id=self.row.pk, confirmed_at=None)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["meeting"].label_from_instance = lambda one: f"第{one.number}次会议"  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        item: PublishedItem = self.cleaned_data["item"]
        told = {name: value for name, value in super().content().items() if name not in ("item", "meeting")}
        withdrawn = {"corrects": item.publication_id, "withdraw": f"{item.domain}:{item.key}"}
        return {**told, **withdrawn, "meeting": self.cleaned_data["meeting"].pk}


@form_for("R7e")
class ExtendNotice(ReasonForm):
    """Only the end is typed; everything else of the notice stays as it is."""

    answers = frozenset({"no_reason", "no_notice", "notice_not_longer"})
    ends_at = forms.DateTimeField(label="延长到", widget=MomentInput)

    def content(self) -> dict[str, Any]:
        assert isinstance(self.row, Round)
        return extended_form(self.row, self.cleaned_data["ends_at"], self.cleaned_data["reason"])


__all__ = ["ChangeTitle", "CorrectSlip", "ExtendNotice", "IssueList", "LayBeforeAnew", "OpenNotice", "Publication"]
