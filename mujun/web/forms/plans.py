"""Forms over the rules of a plan, made from the entries of a scheme; and the forms of issuing and revising it."""

from __future__ import annotations

from typing import Any

from django import forms

from mujun.scheme.amend import Entry
from mujun.web.forms.base import ActForm, ReasonForm, form_for
from mujun.web.models import Track
from mujun.web.queries.clauses import clauses_of
from mujun.web.queries.plan_page import changes_of
from mujun.web.queries.rules import draft_plan, standing_plan

FIXED = "fixed"


class LevelWidget(forms.MultiWidget):
    """A statistic to choose, or a fixed number."""

    template_name = "mujun/plans/level.html"

    def __init__(self, choices: tuple[tuple[str, str], ...]) -> None:
        self.statistics = dict(choices)
        number = forms.TextInput(attrs={"inputmode": "decimal", "aria-label": "固定数"})
        super().__init__([forms.Select(choices=[*choices, (FIXED, "固定数")]), number])

    def decompress(self, value: Any) -> list[str]:
        text = str(value or "")
        return [text, ""] if text in self.statistics else [FIXED, text]


class LevelField(forms.MultiValueField):
    def __init__(self, choices: tuple[tuple[str, str], ...], **more: Any) -> None:
        fields = (forms.ChoiceField(choices=[*choices, (FIXED, "固定数")]), forms.CharField(required=False))
        super().__init__(fields, widget=LevelWidget(choices), require_all_fields=False, **more)

    def compress(self, data_list: list[str]) -> str:
        if not data_list:
            return ""
        return data_list[1] if data_list[0] == FIXED else data_list[0]


class RulesForm(forms.Form):
    """The entries of one section. `base` is the hash of the rules it was opened with."""

    base = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, entries: list[Entry], base: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""
        self.initial["base"] = base
        self.entries = entries
        for entry in entries:
            self.fields[entry.name] = _field(entry)

    def values(self) -> dict[str, str]:
        """What was typed, by entry; what was not sent is left as it is."""
        return {one.name: str(self.cleaned_data[one.name]) for one in self.entries if one.name in self.cleaned_data}

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by what they are about, in order."""
        found: dict[str, list[forms.BoundField]] = {}
        for entry in self.entries:
            found.setdefault(entry.subject, []).append(self[entry.name])
        return list(found.items())

    def table(self) -> tuple[list[str], list[tuple[str, list[forms.BoundField | None]]], list[forms.BoundField]]:
        """Weights as a table: classes across, indicators down; the reasons, and full marks, under it."""
        cells = [one for one in self.entries if one.kind == "number" and "/weight/" in one.name]
        columns = list(dict.fromkeys(one.what for one in cells))
        rows = {one.subject: one.name.partition("/weight/")[0] for one in cells}
        by_place = {(one.subject, one.what): one.name for one in cells}
        table = [
            (subject, [self[by_place[subject, what]] if (subject, what) in by_place else None for what in columns])
            for subject in rows
        ]
        rest = [self[one.name] for one in self.entries if one not in cells]
        heads = [what.removeprefix("权重").strip("（）") or "其余" for what in columns]
        return (heads if len(heads) > 1 else ["权重"]), table, rest


def _field(entry: Entry) -> forms.Field:
    label = entry.what
    if entry.kind == "choice":
        return forms.ChoiceField(label=label, choices=entry.choices, initial=entry.value)
    if entry.kind == "level":
        return LevelField(entry.choices, label=label, initial=entry.value)
    if entry.kind == "long":
        rows = {"rows": 2}
        return forms.CharField(label=label, initial=entry.value, required=False, widget=forms.Textarea(attrs=rows))
    attrs = {} if entry.kind == "text" else {"inputmode": "decimal", "class": "short"}
    attrs["aria-label"] = f"{entry.subject} {entry.what}"
    return forms.CharField(label=label, initial=entry.value, required=False, widget=forms.TextInput(attrs=attrs))


class ConfirmationForm(forms.Form):
    """How units confirm their values."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    silence_confirms = forms.BooleanField(
        label="逾期视为无异议", required=False, help_text="不选的，逾期没有确认的单位须逐个催办，不能视同确认。"
    )
    confirm_workdays = forms.IntegerField(label="核对期限（工作日）", min_value=1, max_value=30)
    note = forms.CharField(label="方案的说明", required=False, widget=forms.Textarea(attrs={"rows": 4}))


class PlanNumber(ActForm):
    """The number, and which version of the draft it was typed for."""

    answers = frozenset({"no_document_number", "no_reason"})
    template = "mujun/plans/act_issue.html"
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    document_number = forms.CharField(
        label="文号", max_length=40, help_text="本部门的发文字号，例如 浙经信亩均〔2019〕3号。年份用六角括号〔〕。"
    )

    def prepare(self) -> None:
        assert isinstance(self.row, Track)
        self.draft = draft_plan(self.row)
        if self.draft is not None:
            self.initial["revision"] = self.draft.revision

    def clauses(self) -> list[dict[str, Any]]:
        """What issuing will write."""
        return [] if self.draft is None else clauses_of(self.draft)

    def changes(self) -> list[str]:
        """What differs from the plan in force, or from the programme's own rules."""
        if self.draft is None:
            return []
        before = standing_plan(self.draft.track)
        return [str(one) for name in self.draft.schemes for one in changes_of(self.draft, name, before)]


@form_for("T2")
class IssuePlan(PlanNumber):
    pass


@form_for("T15")
class RevisePlan(PlanNumber, ReasonForm):
    answers = frozenset({"no_document_number", "no_reason"})
