"""Read the rules around the score: eligibility, exemptions, vetoes, adjustments, ranking, tiers, selection."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from mujun.law import Basis
from mujun.scheme.expression import Expression, Number, Truth
from mujun.scheme.fields import Fields, as_number, one_of
from mujun.scheme.formula import Names
from mujun.scheme.model import Adjustment, Quota, Rule, Selection, TieBreak, TierLevel, Tiers, Veto
from mujun.scheme.read_steps import read_scope

NEVER: Expression = Truth(False)
"""Stands in for a condition that could not be understood; the finding blocks the scheme anyway."""
TIES = ("down", "up")
ROUNDINGS = ("floor", "ceil", "half_up")


def _common(fields: Fields, names: Names, inherited: Basis | None) -> dict[str, Any]:
    rule_id = fields.text("id")
    label = fields.text("label", rule_id)
    fields.what = f"{fields.what}“{label}”"
    if not fields.has("when"):
        fields.error("id", "missing_key", f"{fields.what}缺少 when。", "请写条件。")
    basis = fields.basis("basis", inherited)
    return {
        "id": rule_id,
        "label": label,
        "when": fields.condition("when", names) or NEVER,
        "text": fields.text("when", "") if fields.has("when") else "",
        "basis": basis or Basis(assumption=""),
    }


def read_rules(fields: Fields, key: str, what: str, names: Names, inherited: Basis | None) -> tuple[Rule, ...]:
    rules = []
    for item in fields.items(key, what):
        rules.append(Rule(**_common(item, names, inherited)))
        item.done()
    return tuple(rules)


def read_vetoes(fields: Fields, names: Names, inherited: Basis | None) -> tuple[Veto, ...]:
    vetoes = []
    for item in fields.items("vetoes", "一票否决"):
        common = _common(item, names, inherited)
        vetoes.append(Veto(**common, effect=item.choice("effect", ("not_selected", "lowest_tier"), "not_selected")))
        item.done()
    return tuple(vetoes)


def read_adjustments(fields: Fields, names: Names, inherited: Basis | None) -> tuple[Adjustment, ...]:
    adjustments = []
    for item in fields.items("adjustments", "加减分"):
        if not item.has("when"):
            item.mapping["when"] = True
        common = _common(item, names, inherited)
        if not item.has("points"):
            item.error("id", "missing_key", f"{item.what}缺少 points。", "请写加（正）减（负）多少分。")
        points = item.formula("points", names, None) or Number(Fraction(0))
        adjustments.append(Adjustment(**common, points=points, points_text=item.text("points", "")))
        item.done()
    return tuple(adjustments)


def read_between(fields: Fields) -> tuple[Fraction, Fraction] | None:
    if not fields.has("adjustments_between"):
        fields.raw("adjustments_between")
        return None
    values = [as_number(value) for value, _ in fields.sequence("adjustments_between")]
    if len(values) != 2 or values[0] is None or values[1] is None or values[0] > values[1]:
        fields.error("adjustments_between", "wrong_kind", "adjustments_between 须是从小到大的两个数，例如 [-10, 10]。")
        return None
    return values[0], values[1]


def read_tie_break(fields: Fields, names: Names, nodes: dict[str, Any]) -> tuple[TieBreak, ...]:
    ranking = fields.nested("ranking", "ranking")
    if ranking is None:
        return ()
    ranking.choice("ties", ("min",), "min")
    breaks = []
    for item, line in ranking.sequence("tie_break"):
        name = str(item)
        if name in nodes:
            breaks.append(TieBreak(name, True))
        elif name in names.columns:
            breaks.append(TieBreak(name, False))
        else:
            fields.source.error(line, "unknown_name", f"tie_break 里没有叫“{name}”的指标或数据项。", one_of(nodes))
    ranking.done()
    return tuple(breaks)


def read_tiers(fields: Fields, names: Names, after: Names, inherited: Basis | None) -> Tiers | None:
    """`after` are the names known after scoring: node ids too."""
    inner = fields.nested("tiers", "tiers")
    if inner is None:
        return None
    basis = inner.basis("basis", inherited)
    ties = inner.choice("ties", TIES, "down")
    levels = [_level(item, after, ties) for item in inner.items("levels", "档次")]
    order = inner.texts("order") or tuple(dict.fromkeys(level.tier for level in levels))
    for level in levels:
        if level.tier not in order:
            inner.error("order", "unknown_name", f"档次“{level.tier}”不在 order 里。", "order 须从好到差列出全部档次。")
    if not levels:
        inner.error("levels", "missing_key", "tiers 缺少 levels。")
        order = order or ("",)
    tiers = Tiers(
        over=read_scope(inner, "over", names),
        order=order,
        levels=tuple(levels),
        basis=basis,
    )
    inner.done()
    return tiers


def _level(fields: Fields, names: Names, ties: str) -> TierLevel:
    tier = fields.text("tier")
    fields.what = f"档次“{tier}”"
    level = TierLevel(
        tier=tier,
        share=fields.share("share"),
        up_to=fields.share("up_to"),
        rounding=fields.choice("rounding", ROUNDINGS, "floor"),
        from_bottom=fields.choice("from", ("top", "bottom"), "top") == "bottom",
        when=fields.condition("when", names),
        when_text="" if not fields.has("when") else str(fields.mapping["when"]),
        outside_quota=fields.boolean("outside_quota"),
        ties=fields.choice("ties", TIES, ties),
    )
    fields.text("label", "")
    fields.basis("basis")
    if level.share is not None and level.up_to is not None:
        fields.error("up_to", "wrong_kind", f"{fields.what}的 share 与 up_to 只能写一个。")
    if level.outside_quota and level.when is None:
        fields.error("outside_quota", "missing_key", f"{fields.what}在名额之外，须写 when。")
    if level.outside_quota and (level.share is not None or level.up_to is not None):
        fields.error("outside_quota", "wrong_kind", f"{fields.what}在名额之外，不能再写 share 或 up_to。")
    if level.up_to is not None and level.from_bottom:
        fields.error("from", "wrong_kind", f"{fields.what}的 up_to 从最好的数起，不能 from: bottom。")
    fields.done()
    return level


def read_selection(fields: Fields, tiers: Tiers | None, inherited: Basis | None) -> Selection | None:
    inner = fields.nested("selection", "selection")
    if inner is None:
        return None
    adopt = inner.nested("adopt", "selection.adopt")
    adopt_from = ""
    if adopt is not None:
        adopt_from = adopt.text("from")
        adopt.basis("basis")
        adopt.done()
    quota = _quota(inner)
    if (quota is None) == (adopt is None):
        inner.error("quota", "missing_key", "selection 须写 quota（名额）或 adopt（参照名单）之一。")
    from_tiers = inner.texts("from_tiers")
    for tier in from_tiers:
        if tiers is None or tier not in tiers.order:
            inner.error("from_tiers", "unknown_name", f"from_tiers 里的“{tier}”不是 tiers 里的档次。")
    selection = Selection(
        quota=quota,
        from_tiers=from_tiers,
        minimum_score=inner.number("minimum_score"),
        at_the_cut=inner.choice("at_the_cut", ("stop", "include_ties"), "stop"),
        reserve=inner.whole("reserve", 0) or 0,
        adopt_from=adopt_from,
        basis=inner.basis("basis", inherited),
    )
    inner.done()
    return selection


def _quota(fields: Fields) -> Quota | None:
    value = fields.raw("quota")
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            fields.error("quota", "out_of_range", "名额不能是负数。")
        return Quota(default=max(value, 0))
    inner = Fields.of(fields.source, value, fields.line("quota"), "quota")
    inner.basis("basis")
    if inner.has("share"):
        quota = Quota(share=inner.share("share"), rounding=inner.choice("rounding", ROUNDINGS, "floor"))
        inner.done()
        return quota
    groups = inner.nested("by_group", "quota.by_group")
    if groups is None:
        inner.error("", "missing_key", "quota 须是一个数、{by_group: …} 或 {share: …}。")
        return None
    places = {key: groups.whole(key) for key in groups.mapping}
    default = places.pop("default", None)
    inner.done()
    return Quota(default=default, by_group={key: value for key, value in places.items() if value is not None})
