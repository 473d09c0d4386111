"""Forms over the rules of a plan, made from the entries of a scheme; and the forms of issuing and revising it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from mujun.scheme.amend import Entry
from mujun.web.forms.base import ActForm, ReasonForm, form_for
from mujun.web.forms.levels import BandsWidget, LevelField
from mujun.web.models import Track
from mujun.web.queries.clauses import clauses_of
from mujun.web.queries.plan_page import changes_of
from mujun.web.queries.rules import draft_plan, standing_plan


class RulesForm(forms.Form):
    """The entries of one section. `base` is the hash of the rules it was opened with; `unasked`: what no form asks."""

    base = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, entries: list[Entry], base: str, unasked: Collection[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.unasked = unasked
        self.label_suffix = ""
        self.initial["base"] = base
        self.entries = entries
        for entry in entries:
            self.fields[entry.name] = _field(entry)

    def values(self) -> dict[str, str]:
        """What was typed, by entry; what was not sent is left as it is."""
        return {one.name: str(self.cleaned_data[one.name]) for one in self.entries if one.name in self.cleaned_data}

    def groups(self) -> list[tuple[str, list[forms.BoundField], str]]:
        """The fields by what they are about, in order; and by which name that can be taken out, if it can."""
        found: dict[str, list[forms.BoundField]] = {}
        names: dict[str, str] = {}
        for entry in self.entries:
            found.setdefault(entry.subject, []).append(self[entry.name])
            node = entry.path[-3:-2] == ("children",)
            if entry.path[-1] == "label" and (node or entry.path[:2] in [("variables", one) for one in self.unasked]):
                names[entry.subject] = entry.name.split("/")[-2]
        return [(subject, fields, names.get(subject, "")) for subject, fields in found.items()]

    def table(self) -> tuple[list[str], list[tuple[str, int, list[forms.BoundField | None]]], list[forms.BoundField]]:
        """Weights as a table: classes across, indicators down, each as deep as it stands; the rest under it."""
        cells = [one for one in self.entries if one.kind == "number" and "/weight/" in one.name]
        columns = list(dict.fromkeys(one.what for one in cells))
        rows = {one.subject: one.path.count("children") - 1 for one in cells}
        by_place = {(one.subject, one.what): one.name for one in cells}
        table = [
            (
                subject,
                depth,
                [self[by_place[subject, what]] if (subject, what) in by_place else None for what in columns],
            )
            for subject, depth in rows.items()
        ]
        rest = [self[one.name] for one in self.entries if one not in cells]
        heads = [what.removeprefix("权重（").removesuffix("）") if what != "权重" else "其余" for what in columns]
        return (heads if len(heads) > 1 else ["权重"]), table, rest

    def has_dimensions(self) -> bool:
        return any(one.what == "满分" for one in self.entries)


_LONG = 24
"""Latin characters that a third of the page's width holds; a Chinese one takes the room of two."""


def _field(entry: Entry) -> forms.Field:
    label = entry.what
    if entry.kind == "choice":
        long = {"class": "long"} if max(_room(said) for _, said in entry.choices) > _LONG else {}
        select = forms.Select(attrs=long)
        return forms.ChoiceField(label=label, choices=entry.choices, initial=entry.value, widget=select)
    if entry.kind == "bands":
        return forms.CharField(label=label, initial=entry.value, required=False, widget=BandsWidget(entry.heads))
    if entry.kind == "level":
        return LevelField(entry.choices, label=label, initial=entry.value)
    if entry.kind == "long":
        rows = {"rows": 2}
        return forms.CharField(label=label, initial=entry.value, required=False, widget=forms.Textarea(attrs=rows))
    attrs = {"inputmode": "decimal", "class": "short"}
    if entry.kind == "text":
        attrs = {"class": "long"} if _room(entry.value) > _LONG else {}
    attrs["aria-label"] = f"{entry.subject} {entry.what}"
    said = f"即：{entry.gloss}" if entry.gloss else ""
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, initial=entry.value, required=False, widget=widget, help_text=said)


def _room(text: str) -> int:
    return sum(1 if one.isascii() else 2 for one in text)


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
