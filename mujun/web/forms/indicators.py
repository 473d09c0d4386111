"""The form of a new indicator: what the scheme language wants of one, offered as plain choices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from mujun.findings import Finding
from mujun.scheme.amend import NewIndicator, NewVariable
from mujun.scheme.amend.new_indicator import dimensions_of, variables_of
from mujun.scheme.amend.parsed import parsed
from mujun.scheme.amend.places import classes_of, nodes_of, plain, weight_column
from mujun.scheme.amend.words import DIRECTIONS, MISSING, NEW, SCORINGS, STATISTICS
from mujun.scheme.units import KNOWN_UNITS
from mujun.web.forms.levels import BandsWidget, LevelField

_PICK = ("", "请选")
_WHY = (
    ("why", "为什么设这一项"),
    ("why_weight", "权重的理由"),
    ("why_scoring", "基准值和折算的理由"),
    ("why_missing", "缺数时这样办的理由"),
)


class IndicatorForm(forms.Form):
    """`text`: the rules it goes into. What is left open the rules themselves tell, all at once."""

    base = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)
    label = forms.CharField(label="名称", max_length=60, required=False)
    under = forms.ChoiceField(label="放在哪一项下面", required=False)
    direction = forms.ChoiceField(label="方向", choices=DIRECTIONS, required=False)
    above = forms.ChoiceField(label="用哪个数（分子）", required=False)
    below = forms.ChoiceField(label="除以哪个数（分母）", required=False)
    formula = forms.CharField(
        label="公式", max_length=400, required=False,
        help_text="不是一个数除以另一个数的才写，写了就不用上面选的。数照上面列的名称写，例如（甲 + 乙）/ 丙。",
    )  # fmt: skip
    unit = forms.CharField(
        label="单位", max_length=30, required=False, help_text="不填的，按所选的两个数得出；写公式的请填。"
    )
    new_label = forms.CharField(label="新数据项的名称", max_length=60, required=False)
    new_unit = forms.ChoiceField(label="计量单位", required=False)
    new_source = forms.ChoiceField(label="由谁报送", required=False)
    scoring = forms.ChoiceField(label="怎样折成得分", choices=SCORINGS, required=False)
    benchmark = LevelField(STATISTICS, label="基准值", required=False)
    floor = forms.CharField(label="保底倍数", required=False)
    cap = forms.CharField(label="封顶倍数", required=False)
    low = forms.CharField(label="零分线", required=False)
    high = forms.CharField(label="满分线", required=False)
    steps = forms.CharField(
        label="分档", required=False, widget=BandsWidget(("达到（先除以基准值的，是几倍）", "得分（1为本项满分）"), 5)
    )
    missing = forms.ChoiceField(label="缺数时怎么办", choices=(_PICK, *MISSING), required=False)

    def __init__(self, *args: Any, text: str, base: str, senders: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""
        self.initial["base"] = base
        data = parsed(text)
        self.initial.update(_as_the_others(data))
        numbers = [(name, f"{label}（{unit or '无单位'}）") for name, (label, unit) in variables_of(data).items()]
        new = (NEW, "还没有收过的数……")
        self._offer("under", [(name, label) for name, (label, _) in dimensions_of(data).items()])
        self._offer("above", [_PICK, *numbers, new])
        self._offer("below", [("", "不除，就用分子"), *numbers, new])
        self._offer("new_unit", [("", "无单位"), *((one, one) for one in KNOWN_UNITS if one != "1")])
        self._offer("new_source", [_PICK, *((one, one) for one in senders)])
        column = weight_column(data)
        classes = classes_of(data, column) if column else ()
        self.weights = ["weight", *(f"weight/{one}" for one in classes)]
        for name in self.weights:
            _, _, one = name.partition("/")
            what = one or ("其余" if classes else "权重")
            self.fields[name] = forms.CharField(
                label=what, required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "aria-label": f"权重 {what}"}),
            )  # fmt: skip
        for name, what in _WHY:
            area = forms.Textarea(attrs={"rows": 2})
            self.fields[name] = forms.CharField(label=what, required=False, max_length=1000, widget=area)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def new(self) -> NewIndicator:
        """What was typed."""
        typed = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        variable = NewVariable(label=typed["new_label"], unit=typed["new_unit"], source=typed["new_source"])
        plainly = {
            name: typed[name]
            for name in ("label", "under", "above", "below", "formula", "unit", "direction", "scoring", "benchmark",
                         "floor", "cap", "low", "high", "steps", "missing", "why", "why_weight", "why_scoring",
                         "why_missing")
        }  # fmt: skip
        weights = {name.partition("/")[2]: typed[name] for name in self.weights}
        return NewIndicator(**plainly, weights=weights, variable=variable)

    def mark(self, findings: tuple[Finding, ...]) -> list[Finding]:
        """Say what is wrong where it was typed. Returns what was typed nowhere."""
        for one in findings:
            if one.variable in self.fields:
                self.add_error(one.variable, f"{one.message.removeprefix('新指标').removeprefix('的')}{one.mend}")
        return [one for one in findings if one.variable not in self.fields]

    def weight_fields(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.weights)

    def reasons(self) -> Iterator[forms.BoundField]:
        return (self[name] for name, _ in _WHY)


def _as_the_others(data: Any) -> dict[str, str]:
    """How the first indicator of these rules that is divided by a benchmark does it."""
    for _, node in nodes_of(data):
        step = node.get("normalise")
        if isinstance(step, dict) and step.get("method") == "benchmark_ratio":
            level = step.get("benchmark")
            statistic = level.get("statistic") if isinstance(level, dict) else "ratio_of_sums"
            return {"benchmark": str(statistic), "floor": plain(step.get("floor")), "cap": plain(step.get("cap"))}
    return {"benchmark": "ratio_of_sums"}
