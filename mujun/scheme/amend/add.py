"""Add an indicator to the rules of a scheme. Its numbers are assumptions, with the reasons that were typed."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.scheme.amend.bands import NUMBER, read_bands
from mujun.scheme.amend.new_indicator import (
    BANDS,
    GOALPOSTS,
    RATIO_BANDS,
    NewIndicator,
    dimensions_of,
    variables_of,
)
from mujun.scheme.amend.parsed import parsed
from mujun.scheme.amend.places import at, like_others, nodes_of, plain, weight_column
from mujun.scheme.amend.splice import Inserted, Path, amend
from mujun.scheme.amend.words import MISSING, NEW, STATISTICS


def add_indicator(text: str, new: NewIndicator) -> str:
    """The text with the indicator as the last of its dimension, everything else as it was.

    Raises CannotGoOn with a finding for each thing that cannot be written; `Finding.variable` names what was typed.
    """
    adding = _Adding(parsed(text), new)
    changes = adding.changes()
    if adding.findings:
        raise CannotGoOn(adding.findings)
    return amend(text, changes)


class _Adding:
    def __init__(self, data: Any, new: NewIndicator) -> None:
        self.data, self.new = data, new
        self.findings: list[Finding] = []
        self.taken = set(_names(data))

    def changes(self) -> dict[Path, Any]:
        new, found = self.new, dict[Path, Any]()
        label = self.text("label", new.label, "名称")
        if any(one.get("label") == label for _, one in nodes_of(self.data)):
            self.wrong("label", f"的名称“{label}”已经有一项用了。", "请另起名称。")
        place = self.place()
        node: dict[str, Any] = {"id": self.name(label, "指标"), "label": label}
        if NEW in (new.above, new.below) and not new.formula.strip():
            key, variable = self.variable()
            found["variables", key] = variable
        else:
            key = ""
        node["formula"] = self.formula(key)
        unit = new.unit.strip() or self.unit()
        node |= {"unit": unit} if unit else {}
        node |= {"direction": "lower"} if new.direction == "lower" else {}
        node["weight"] = self.weight()
        node["normalise"] = self.scoring()
        if new.missing not in dict(MISSING):
            self.wrong("missing", "没有选缺数时怎么办。", "请从所列的里面选。")
        node["missing"] = new.missing
        node["basis"] = {"assumption": self.text("why", new.why, "理由")}
        for part in ("weight", "scoring", "missing"):
            if why := _one_line(getattr(new, f"why_{part}")):
                node[f"{'normalise' if part == 'scoring' else part}_basis"] = {"assumption": why}
        children = (*place, "children")
        found[(*children, len(at(self.data, children)))] = Inserted([node])
        return found

    def place(self) -> Path:
        dimensions = dimensions_of(self.data)
        if self.new.under not in dimensions:
            self.wrong("under", "没有选放在哪一项下面。", "请从所列的里面选。")
            return ("score",)
        return dimensions[self.new.under][1]

    def wrong(self, name: str, message: str, mend: str = "请填写。") -> None:
        told = f"新指标{message}"
        self.findings.append(Finding(Severity.ERROR, "cannot_write", told, mend, variable=name))

    def text(self, name: str, typed: str, what: str) -> str:
        said = _one_line(typed)
        if not said:
            self.wrong(name, f"的“{what}”空着。")
        return said

    def number(self, name: str, typed: str, what: str, optional: bool = False) -> Decimal | None:
        value = _number(typed)
        if not value and optional:
            return None
        if not NUMBER.fullmatch(value):
            told = f"的“{what}”“{typed.strip()}”不是数。" if value else f"的“{what}”空着。"
            self.wrong(name, told, "请只填数字，例如 30 或 12.5。")
            return None
        return Decimal(value)

    def name(self, label: str, otherwise: str) -> str:
        """Rules call a thing by its name, as far as formulas can read it; a name is given once."""
        said = "".join(one for one in unicodedata.normalize("NFKC", label) if f"a{one}".isidentifier())
        if not said.isidentifier() or keyword.iskeyword(said):
            said = f"{otherwise}{said}"
        number, free = 1, said
        while free in self.taken:
            number += 1
            free = f"{said}{number}"
        self.taken.add(free)
        return free

    def variable(self) -> tuple[str, dict[str, Any]]:
        new = self.new.variable
        label = self.text("new_label", new.label, "新数据项的名称")
        unit, source = new.unit.strip(), self.text("new_source", new.source, "新数据项由谁报送")
        return self.name(label, "数据"), {"label": label, **({"unit": unit} if unit else {}), "source": source}

    def formula(self, added: str) -> str:
        """Of the two that were chosen, or as typed, where labels stand for names."""
        typed = _one_line(self.new.formula)
        if typed:
            for name, (label, _) in sorted(variables_of(self.data).items(), key=lambda one: -len(one[1][0])):
                typed = typed.replace(label, name)
            return unicodedata.normalize("NFKC", typed).translate(_SIGNS)
        above, below = (added if one == NEW else one for one in (self.new.above, self.new.below))
        known = {*variables_of(self.data), added}
        if not above or above not in known or (below and below not in known):
            self.wrong("above", "没有选用哪个数来算。", "请选分子；不除以别的数的，分母不选。")
        if above and above == below:
            self.wrong("below", "的分子和分母是同一个数。", "请另选一个。")
        return f"{above} / {below}" if below else above

    def unit(self) -> str:
        """As the two numbers make it; a ratio of like to like is a percentage."""
        if self.new.formula.strip():
            return ""
        known = {name: unit for name, (_, unit) in variables_of(self.data).items()}
        known[NEW] = self.new.variable.unit.strip()
        above, below = known.get(self.new.above, ""), known.get(self.new.below, "")
        if not self.new.below:
            return above
        return "%" if above == below else f"{above or '1'}/{below}" if below else above

    def weight(self) -> Any:
        column, typed = weight_column(self.data), self.new.weights
        rest = self.number("weight", typed.get("", ""), "权重")
        classes = {
            name: self.number(f"weight/{name}", value, f"权重（{name}）")
            for name, value in typed.items()
            if name and value.strip()
        }
        return {"by": column, **classes, "default": rest} if classes and column else rest

    def scoring(self) -> Any:
        new = self.new
        if new.scoring == GOALPOSTS:
            low, high = (self.number(name, getattr(new, name), what) for name, what in _GOALPOSTS)
            return {"method": "min_max", "low": low, "high": high, "clip": True}
        steps = self.steps() if new.scoring in (BANDS, RATIO_BANDS) else {}
        if new.scoring == BANDS:
            return steps
        ratio: dict[str, Any] = {"method": "benchmark_ratio", "benchmark": self.benchmark()}
        if new.scoring == RATIO_BANDS:
            return [ratio, steps]
        for name, what in (("floor", "保底倍数"), ("cap", "封顶倍数")):
            value = self.number(name, getattr(new, name), what, optional=True)
            ratio |= {name: value} if value is not None else {}
        return ratio

    def steps(self) -> dict[str, Any]:
        bands, wrong = read_bands(self.new.steps)
        for message, mend in wrong:
            self.wrong("steps", f"的分档{message}", mend)
        return {"method": "bands", "steps": bands, "below": 0}

    def benchmark(self) -> Any:
        if self.new.benchmark in dict(STATISTICS):
            return {**like_others(self.data), "statistic": self.new.benchmark}
        return self.number("benchmark", self.new.benchmark, "基准值")


_SIGNS = str.maketrans("×÷", "*/")
_GOALPOSTS = (("low", "零分线"), ("high", "满分线"))


def _one_line(typed: str) -> str:
    return " ".join(typed.split())


def _number(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip()


def _names(data: Any) -> Iterator[str]:
    for kind in ("variables", "derive", "constants"):
        yield from (str(key) for key in data.get(kind) or ())
    for _, node in nodes_of(data):
        yield str(node.get("id"))
        yield from (plain(one.get("id")) for one in node.get("also") or ())
