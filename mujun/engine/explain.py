"""One unit's walk: raw value → indicator → benchmark → normalised → points → total → rank → tier → why selected or not.

A walk is facts and sentences in order; whoever shows it decides how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl
from attrs import frozen

from mujun.engine.impute import BEFORE_IMPUTE, BEFORE_TREAT
from mujun.engine.missing import Status
from mujun.engine.prepare import wanted_scopes
from mujun.engine.result import Result
from mujun.engine.scopes import EVERYONE, NOBODY, Scope
from mujun.engine.spans import spans
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import Basis, Law
from mujun.rounding import fixed, half_up, shortest, shortest_exact
from mujun.scheme.expression import column_names
from mujun.scheme.model import (
    Bands,
    BenchmarkRatio,
    Clip,
    FormulaStep,
    MinMax,
    Node,
    PercentileRank,
    Rank,
    Scheme,
    Step,
    Weight,
    Winsorise,
    ZScore,
)

_STATISTICS = {
    "ratio_of_sums": "合计之比",
    "mean": "平均值",
    "median": "中位数",
    "quantile": "分位数",
    "min": "最小值",
    "max": "最大值",
    "standard_deviation": "标准差",
    "count": "单位数",
    "constant": "固定值",
    "mean_score": "平均得分",
    "impute_mean": "插补用的平均值",
    "impute_median": "插补用的中位数",
    "winsorise_lower": "缩尾下限",
    "winsorise_upper": "缩尾上限",
}
_STATUS = {
    Status.FILLED: "赋分",
    Status.SKIPPED: "缺数，跳过，分值由其余各项分担",
    Status.NOT_APPLICABLE: "不适用于本单位，分值由其余各项分担",
    Status.ERROR: "缺数，算不出得分",
    Status.EXCLUDED: "缺数，不定等级",
    Status.BLOCKED: "下级指标缺数，算不出得分",
}


@frozen
class Line:
    """One line of the walk: what, its value as printed, how it came about, and on what basis."""

    depth: int
    what: str
    value: str = ""
    how: str = ""
    basis: str = ""


@frozen
class Walk:
    """A unit's walk. `parts` and `remainder` add up to `total` exactly, as printed."""

    key: str
    name: str
    title: str
    lines: tuple[Line, ...]
    parts: tuple[tuple[str, Fraction], ...]
    remainder: Fraction
    total: Fraction | None


def explain(result: Result, key: str, law: Law) -> Walk:
    """The walk of one unit. Raises CannotGoOn when there is no such unit, naming near ones."""
    found = result.units.filter((pl.col("key") == key) | (pl.col("name") == key))
    if found.height != 1:
        raise CannotGoOn([_not_found(result, key, found)])
    unit = found.row(0, named=True)
    detail = result.details.filter(pl.col("key") == unit["key"]).row(0, named=True)
    return _Explainer(result, unit, detail, law).walk()


def _not_found(result: Result, key: str, found: pl.DataFrame) -> Finding:
    if found.height > 1:
        message = f"叫“{key}”的有{found.height}个单位。"
        return Finding(Severity.ERROR, "many_units", message, f"请改用代码：{'、'.join(found['key'][:10])}。")
    near = result.units.filter(
        pl.col("name").str.contains(key, literal=True) | pl.col("key").str.contains(key, literal=True)
    )
    names = "、".join(f"{row['key']}（{row['name']}）" for row in near.head(5).iter_rows(named=True))
    mend = f"是不是{names}？" if names else "请核对单位代码或名称。"
    return Finding(Severity.ERROR, "no_such_unit", f"没有单位“{key}”。", mend)


def shown(value: object) -> str:
    """Any value as people read it."""
    if value is None:
        return "（缺）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return shortest(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _label(value: object) -> str:
    """As the engine writes the names of scopes."""
    if value is None:
        return NOBODY
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sentence(*parts: str) -> str:
    return "；".join(part for part in parts if part)


class _Explainer:
    def __init__(self, result: Result, unit: dict[str, Any], detail: dict[str, Any], law: Law) -> None:
        self.result = result
        self.scheme: Scheme = result.scheme
        self.unit = unit
        self.detail = detail
        self.law = law
        self.scopes = self.own_scopes()

    def walk(self) -> Walk:
        scheme, unit = self.scheme, self.unit
        parts: tuple[tuple[str, Fraction], ...] = ()
        remainder, total = Fraction(0), None
        lines = list(self.standing())
        if unit["eligible"]:
            lines += self.node(scheme.root, 0)
            if unit["score"] is not None:
                parts, remainder, total = self.sum()
                lines += self.total(parts, remainder, total)
            lines += self.outcome()
        return Walk(unit["key"], unit["name"], scheme.label, tuple(lines), parts, remainder, total)

    def basis(self, basis: Basis | None) -> str:
        if basis is None:
            return ""
        return self.law.cite(basis.clause) if basis.clause else f"假设：{basis.assumption}"

    def column(self, name: str) -> object:
        return self.detail.get(f"column:{name}")

    def standing(self) -> Iterator[Line]:
        """Group and eligibility."""
        for name in self.scheme.group_by:
            label = self.scheme.column_labels.get(name, name)
            yield Line(0, label, shown(self.unit[name]))
        for rule in self.scheme.eligibility:
            held = self.detail[f"eligibility:{rule.id}"]
            used = _sentence(self.inputs(column_names(rule.when)), *spans(rule.when, self.column))
            yield Line(0, f"参评条件：{rule.label}", "符合" if held else "不符合", used, self.basis(rule.basis))
        if not self.unit["eligible"]:
            yield Line(0, "结论", "不参评", self.unit["excluded_because"])

    def inputs(self, names: set[str]) -> str:
        """The raw values that a formula or condition uses."""
        parts = []
        for name in sorted(
            names,
            key=lambda one: list(self.scheme.column_labels).index(one) if one in self.scheme.column_labels else 999,
        ):
            variable = self.scheme.variables.get(name)
            unit = f" {variable.unit_text}" if variable and variable.unit_text and self.column(name) is not None else ""
            parts.append(f"{self.scheme.column_labels.get(name, name)} {shown(self.column(name))}{unit}")
        return "，".join(parts)

    def node(self, node: Node, depth: int) -> Iterator[Line]:
        """A node and all below it: a dimension after its children's lines."""
        status = Status(self.detail[f"status:{node.id}"])
        weight = self.weight(node)
        if status is Status.NOT_APPLICABLE:
            yield Line(depth, node.label, "", _STATUS[status], self.basis(node.basis))
            return
        if node.is_indicator:
            yield from self.indicator(node, depth)
        else:
            yield from self.steps(node, depth + 1)
        score = self.unit[f"score:{node.id}"]
        how = _STATUS.get(status, "")
        if status is Status.FILLED:
            yield self.fill(node, depth + 1)
        label = f"{node.label}得分" if node.is_indicator else node.label
        if node is not self.scheme.root:
            points = self.unit.get(f"points:{node.id}")
            worth = f"权重 {weight}" if points is None else f"权重 {weight}，得 {shown(points)} 分"
            how = _sentence(how, worth)
            basis = self.basis(node.weight_basis or node.basis)
            yield Line(depth + (1 if node.is_indicator else 0), label, shown(score), how, basis)
        elif status is not Status.OWN:
            yield Line(depth, label, shown(score), how, self.basis(node.basis))
        for child in node.children:
            yield from self.node(child, depth + 1)

    def weight(self, node: Node) -> str:
        weight: Weight = node.weight
        value = str(self.column(weight.by.name)) if weight.by is not None else None
        number = weight.of(value)
        which = f"（{value}）" if weight.by is not None and value in weight.values else ""
        return "" if number is None else f"{shortest_exact(number)}{which}"

    def indicator(self, node: Node, depth: int) -> Iterator[Line]:
        value = self.unit[f"value:{node.id}"]
        unit = f" {node.unit_text}" if node.unit_text and value is not None else ""
        assert node.expression is not None
        how = f"{self.inputs(column_names(node.expression))}；公式 {node.formula}"
        yield Line(depth, node.label, shown(value) + unit, how, self.basis(node.basis))
        if self.detail.get(f"imputed:{node.id}"):
            value, taken = self.used(node, BEFORE_IMPUTE)
            yield Line(depth + 1, "插补", value, _sentence("原值缺，先补后算", taken))
        if node.treat is not None:
            yield Line(depth + 1, "极端值处理", *self.treatment(node, node.treat), self.basis(node.basis))
        yield from self.steps(node, depth + 1)

    def treatment(self, node: Node, rule: Clip | Winsorise) -> tuple[str, str]:
        """The bounds that a value was kept within."""
        if isinstance(rule, Winsorise):
            value, taken = self.used(node, BEFORE_TREAT)
            return value, _sentence(taken, "两端之外的按两端计")
        low = "" if rule.low is None else f"低于{shortest_exact(rule.low)}的按{shortest_exact(rule.low)}计"
        high = "" if rule.high is None else f"高于{shortest_exact(rule.high)}的按{shortest_exact(rule.high)}计"
        return "", _sentence(low, high)

    def steps(self, node: Node, depth: int) -> Iterator[Line]:
        for position, step in enumerate(node.normalise):
            yield Line(depth, *self.step(node, position, step), self.basis(node.normalise_basis or node.basis))

    def step(self, node: Node, position: int, step: Step) -> tuple[str, str, str]:
        """What a step is called, the statistic it used, and how it works."""
        value, taken = self.used(node, position)
        match step:
            case BenchmarkRatio(floor=floor, cap=cap):
                way = "基准值÷指标值" if node.direction == "lower" else "指标值÷基准值"
                lowest = "" if floor is None else f"最低按{shortest_exact(floor)}"
                highest = "" if cap is None else f"最高按{shortest_exact(cap)}"
                return "基准值", value, _sentence(taken, "，".join(part for part in (way, lowest, highest) if part))
            case MinMax():
                return "上下限", value, _sentence(taken, "在上下限之间的位置")
            case ZScore():
                return "平均值和标准差", value, _sentence(taken, "（指标值－平均值）÷标准差")
            case PercentileRank():
                return "单位数", value, _sentence(taken, "不如本单位的单位数÷（单位数－1）")
            case Rank():
                return "单位数", value, _sentence(taken, "换成名次，1为最好")
            case Bands():
                return "分档", "", "；".join(f"达到{shortest_exact(a)}得{shortest_exact(b)}" for a, b in step.steps)
            case FormulaStep():
                return "换算", value, step.text
        return "", "", ""

    def used(self, node: Node, position: int) -> tuple[str, str]:
        """The statistics used at a step for this unit's own scope: their values, and what they were taken from."""
        values, sources = [], []
        for row in self.result.benchmarks:
            if row["node"] == node.id and int(row["step"]) == position and row["scope"] in self.scopes:
                values.append(row["value"])
                name = _STATISTICS[row["statistic"].removeprefix("previous:")]
                last = "上一轮" if row["statistic"].startswith("previous:") else ""
                if row["statistic"] == "count":  # the line is called 单位数
                    sources.append(self.scopes[row["scope"]])
                else:
                    where = f"{self.scopes[row['scope']]}{row['n']}个单位的" if row["n"] else ""
                    sources.append(f"{last}{where}{name}")
        return "、".join(values), "，".join(filter(None, dict.fromkeys(sources)))

    def own_scopes(self) -> dict[str, str]:
        """Every scope the unit is in, as benchmarks.csv writes it, and in words. Labels may hold any sign."""
        found = {EVERYONE: ""}
        for over in wanted_scopes(self.scheme):
            if over:
                labels = [self.column(name) for name in over]
                texts = tuple(map(_label, labels))
                found[Scope(over, "", (texts,)).shown(0)] = "、".join(texts)
        return found

    def fill(self, node: Node, depth: int) -> Line:
        """What stands in for a missing score, and by which rule."""
        basis = self.basis(node.missing_basis or node.basis)
        if node.missing.rule == "zero":
            return Line(depth, "赋分", "0", "缺数，记0分", basis)
        value, taken = self.used(node, len(node.normalise))
        return Line(depth, "赋分", value, f"缺数，取{taken}", basis)

    def sum(self) -> tuple[tuple[tuple[str, Fraction], ...], Fraction, Fraction]:
        """The parts as printed, and what rounding leaves, so that they add up to the total exactly."""
        scheme, places = self.scheme, self.scheme.precision
        total = half_up(Fraction(self.unit["score"]), places)
        parts: list[tuple[str, Fraction]] = []
        for child in scheme.root.children:
            points = self.unit[f"points:{child.id}"]
            if points is not None:
                parts.append((child.label, half_up(Fraction(points), places)))
        if not parts or scheme.root.normalise:  # then the children's points do not add up to it
            parts.clear()
            root = self.unit[f"score:{scheme.root.id}"]
            parts.append((scheme.root.label, half_up(Fraction(root), places)))
        if scheme.adjustments:
            parts.append(("加减分", half_up(Fraction(self.unit["adjustment"]), places)))
        return tuple(parts), total - sum((value for _, value in parts), Fraction(0)), total

    def total(self, parts: tuple[tuple[str, Fraction], ...], remainder: Fraction, total: Fraction) -> Iterator[Line]:
        places = self.scheme.precision
        for label, value in parts:
            yield Line(0, f"＋ {label}", fixed(value, places))
            if label == "加减分":
                yield from self.adjustments()
        if remainder:
            yield Line(0, "＋ 四舍五入的尾差", fixed(remainder, places), "各项显示时四舍五入，合计用未舍入的数")
        yield Line(
            0,
            "＝ 总分",
            fixed(total, places),
            f"四舍五入到{places}位小数，按它排名",
            self.basis(self.scheme.root.basis),
        )

    def adjustments(self) -> Iterator[Line]:
        for rule in self.scheme.adjustments:
            if self.detail[f"adjustment:{rule.id}"]:
                points = self.detail[f"points:adjustment:{rule.id}"]
                used = self.inputs(column_names(rule.when) | column_names(rule.points))
                yield Line(1, rule.label, shown(points), used, self.basis(rule.basis))
        between = self.scheme.adjustments_between
        if between is not None:
            yield Line(1, "上下限", f"{shortest_exact(between[0])} 至 {shortest_exact(between[1])}")

    def outcome(self) -> Iterator[Line]:
        """Rank, tier, and why selected or not."""
        scheme, unit = self.scheme, self.unit
        exempt = [rule for rule in scheme.exemptions if self.detail[f"exemption:{rule.id}"]]
        vetoed = [rule for rule in scheme.vetoes if self.detail[f"veto:{rule.id}"]]
        for rule in exempt:
            yield Line(
                0, f"豁免：{rule.label}", "不定等级", self.inputs(column_names(rule.when)), self.basis(rule.basis)
            )
        if unit["rank"] is not None:
            yield Line(0, "名次", f"第{unit['rank']}名", f"本组{unit['group_size']}个单位排名")
        elif not exempt:
            yield Line(0, "名次", "没有名次", "没有总分")
        for veto in vetoed:
            effect = "列最低档，不得入选" if veto.effect == "lowest_tier" else "不得入选，名额顺延"
            yield Line(
                0, f"一票否决：{veto.label}", effect, self.inputs(column_names(veto.when)), self.basis(veto.basis)
            )
        if scheme.tiers is not None and unit["rank"] is not None:
            how = "与别的单位并列在档次线上" if "档次线并列" in unit["flags"] else ""
            yield Line(0, "档次", shown(unit["tier"]), how, self.basis(scheme.tiers.basis))
        if scheme.selection is not None:
            verdict, why = self.selection(bool(exempt), bool(vetoed))
            yield Line(0, "结论", verdict, why, self.basis(scheme.selection.basis))

    def selection(self, exempt: bool, vetoed: bool) -> tuple[str, str]:
        unit, selection = self.unit, self.scheme.selection
        assert selection is not None
        if selection.adopt_from:
            return (
                "在参照名单上" if unit["selected"] else "不在参照名单上"
            ), f"名单参照“{selection.adopt_from}”，不由本方案计算"
        if unit["selected"]:
            return "入选", "在名额之内"
        reserve = f"列备选第{unit['reserve']}位" if unit["reserve"] is not None else "未入选"
        if "入选线并列" in unit["flags"]:
            return reserve, "与别的单位并列在最后一个名额上，须由推荐环节裁定"
        if exempt or unit["rank"] is None:
            return reserve, "没有名次"
        if vetoed:
            return reserve, "有一票否决情形"
        if selection.from_tiers and unit["tier"] not in selection.from_tiers:
            return reserve, f"只从{'、'.join(selection.from_tiers)}档中选"
        if selection.minimum_score is not None and Fraction(unit["score"]) < selection.minimum_score:
            return reserve, f"总分低于{shortest_exact(selection.minimum_score)}分"
        return reserve, "名额已满"
