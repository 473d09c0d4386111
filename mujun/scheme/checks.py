"""Checks across a whole scheme: full marks, names used twice, weights that cover every class, quotas that name
real groups.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from mujun.findings import Finding, Severity
from mujun.rounding import shortest_exact
from mujun.scheme.model import Classify, Node, Scheme

_MOST_COMBINATIONS = 4096


def check_whole(scheme: Scheme) -> list[Finding]:
    """Everything that shows only when the parts are put together."""
    found = [*_names(scheme), *_weights(scheme), *_quotas(scheme), *_tiers(scheme)]
    return [
        Finding(
            Severity.WARNING if code in _ONLY_WARNINGS else Severity.ERROR,
            code,
            message,
            mend,
            file=scheme.file,
            line=line,
        )
        for line, code, message, mend in found
    ]


Mistake = tuple[int, str, str, str]
"""Line, code, what is wrong, how to mend it."""

_ONLY_WARNINGS = {"unknown_group"}


def full_marks(node: Node, classes: Mapping[str, str | None]) -> Fraction:
    """Full marks of a node for units with these values in the columns that weights go by."""
    if node.is_indicator or node.normalise:
        return Fraction(1) if node.of is None else node.of
    if node.aggregate == "geometric_mean":
        return Fraction(1) if node.of is None else node.of
    return full_marks_of_children(node, classes)


def full_marks_of_children(node: Node, classes: Mapping[str, str | None]) -> Fraction:
    """Σ w·f of a sum, Σ w·f / Σ w of a mean."""
    weights = [weight_of(child, classes) for child in node.children]
    total = sum(
        (weight * full_marks(child, classes) for weight, child in zip(weights, node.children, strict=True)), Fraction(0)
    )
    if node.aggregate == "sum":
        return total
    return total / sum(weights) if sum(weights) else Fraction(0)


def weight_of(node: Node, classes: Mapping[str, str | None]) -> Fraction:
    value = classes.get(node.weight.by.name) if node.weight.by else None
    return node.weight.of(value) or Fraction(0)


def weight_combinations(node: Node) -> list[dict[str, str | None]]:
    """Every combination of values that the weights below a node tell apart; None stands for any other value."""
    named: dict[str, list[str | None]] = {}
    for inner in node.walk():
        if inner.weight.by is not None:
            values = named.setdefault(inner.weight.by.name, [] if inner.weight.default is None else [None])
            if inner.weight.default is not None and None not in values:
                values.append(None)
            values += [value for value in inner.weight.values if value not in values]
    size = 1
    for values in named.values():
        size *= len(values)
    if size > _MOST_COMBINATIONS:
        return [dict.fromkeys(named)]
    return [dict(zip(named, combination, strict=True)) for combination in product(*named.values())]


def _names(scheme: Scheme) -> Iterator[Mistake]:
    taken = dict.fromkeys([*scheme.variables, *(column.id for column in scheme.derived)], "数据项")
    for node in scheme.nodes():
        for name, what in [(node.id, "指标"), *((also.id, "also") for also in node.also)]:
            if name in taken:
                yield (node.line, "duplicate_name", f"“{name}”已用作{taken[name]}的名字。", "请换一个 id。")
            elif not name.isidentifier() or keyword.iskeyword(name):
                yield (node.line, "bad_name", f"“{name}”不能作 id。", "请用字母、汉字、数字和下划线，不以数字开头。")
            taken[name] = what
    for rules, what in (
        (scheme.eligibility, "参评条件"),
        (scheme.exemptions, "豁免"),
        (scheme.vetoes, "一票否决"),
        (scheme.adjustments, "加减分"),
    ):
        ids = [rule.id for rule in rules]
        for rule_id in sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1}):
            yield (1, "duplicate_name", f"{what}里有两条叫“{rule_id}”。", "请换一个 id。")


def _weights(scheme: Scheme) -> Iterator[Mistake]:
    classified = {column.id: column for column in scheme.derived if isinstance(column, Classify)}
    for node in scheme.nodes():
        weight = node.weight
        if weight.by is not None and weight.default is None:
            column = classified.get(weight.by.name)
            wanted = {*column.classes, *([column.otherwise] if column.otherwise else [])} if column else set()
            lacking = wanted - set(weight.values)
            if column is None or lacking:
                names = f"（{'、'.join(sorted(lacking))}）" if lacking else ""
                yield (
                    node.line,
                    "no_weight",
                    f"“{node.label}”的权重没有包括所有的类{names}。",
                    "请补上，或写 default。",
                )
        if node.is_indicator or node.of is None or node.normalise or node.aggregate == "geometric_mean":
            continue
        for classes in weight_combinations(node):
            total = full_marks_of_children(node, classes)
            if total != node.of:
                which = "、".join(str(value) for value in classes.values() if value is not None)
                yield (
                    node.line,
                    "weights",
                    f"“{node.label}”{f'（{which}）' if which else ''}权重合计为{shortest_exact(total)}，"
                    f"应为{shortest_exact(node.of)}。",
                    "请核对方案里各项的权重。",
                )


def _quotas(scheme: Scheme) -> Iterator[Mistake]:
    quota = scheme.selection.quota if scheme.selection else None
    if quota is None or not quota.by_group:
        return
    classified = {column.id: column for column in scheme.derived if isinstance(column, Classify)}
    if len(scheme.group_by) == 1 and scheme.group_by[0] in classified:
        column = classified[scheme.group_by[0]]
        for group in quota.by_group:
            if group not in column.classes and group != column.otherwise:
                yield (1, "unknown_group", f"名额里的“{group}”不是分组。", f"分组有{'、'.join(column.classes)}。")
    for group in quota.by_group:
        if len(group.split("/")) != max(len(scheme.group_by), 1):
            yield (1, "unknown_group", f"名额里的“{group}”与 group_by 的列数不符。", "几列之间用 / 连接。")


def _tiers(scheme: Scheme) -> Iterator[Mistake]:
    if scheme.tiers is None:
        if any(veto.effect == "lowest_tier" for veto in scheme.vetoes):
            yield (
                1,
                "no_tiers",
                "一票否决要降到最低档，而方案没有 tiers。",
                "请写 tiers，或改为 effect: not_selected。",
            )
        return
