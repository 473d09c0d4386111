"""By which rules: every rule of a scheme in words, beside its clause or the number of its assumption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import evolve, frozen

from mujun.documents.report.in_words import formula, missing, number, scope, step
from mujun.law import Basis, Law
from mujun.scheme.model import Node, Scheme, TierLevel, Weight

_ROUNDING = {"floor": "只舍不入", "ceil": "只入不舍", "half_up": "四舍五入"}


@frozen
class Sentence:
    """`clause` cites where it stands; else `assumption` says which of the scheme's, counted from 1."""

    says: str
    clause: str = ""
    assumption: int | None = None


@frozen
class Ruled:
    """What a scheme says of one condition, indicator or list."""

    kind: str
    what: str
    sentences: tuple[Sentence, ...]


def rules_of(scheme: Scheme, law: Law) -> tuple[Ruled, ...]:
    """In the order in which they are applied. Sentences with the same basis are said together."""
    found: list[Ruled] = []
    for (kind, what), said in groupby(_said(scheme), key=lambda one: one[:2]):
        sentences: list[Sentence] = []
        for _, _, says, basis in said:
            one = _sentence(says, basis, what, scheme, law)
            if sentences and (sentences[-1].clause, sentences[-1].assumption) == (one.clause, one.assumption):
                one = evolve(one, says=f"{sentences.pop().says}；{one.says}")
            sentences.append(one)
        found.append(Ruled(kind, what, tuple(sentences)))
    return tuple(found)


def _sentence(says: str, basis: Basis | None, what: str, scheme: Scheme, law: Law) -> Sentence:
    """Where nothing is said of a rule itself, it stands on what the scheme stands on."""
    place = _place(scheme.assumptions, "", what) if basis is None else None
    if place is None:
        basis = basis or scheme.basis
        if basis.clause:
            return Sentence(says, clause=law.cite(basis.clause))
        place = _place(scheme.assumptions, basis.assumption, what)
    return Sentence(says, assumption=place)


def _place(assumptions: Sequence[str], reason: str, what: str) -> int | None:
    """The assumption of the same reason; of several, or where the reason is not known here, that of this rule."""
    same = [(place, one) for place, one in enumerate(assumptions, 1) if one.endswith(f"：{reason}") or not reason]
    wheres = {place: one.partition("：")[0] for place, one in same}
    named = [place for place, where in wheres.items() if where.startswith(what) or where.endswith(what)]
    others = [place for place, _ in same] if reason else []
    return next(iter([*named, *others]), None)


Said = tuple[str, str, str, Basis | None]


def _said(scheme: Scheme) -> Iterator[Said]:
    labels = scheme.column_labels
    for name in scheme.group_by:
        yield "分组", labels.get(name, name), "基准值、排名、名额都在同一组内", None
    for kind, rules in (("参评条件", scheme.eligibility), ("豁免", scheme.exemptions), ("一票否决", scheme.vetoes)):
        for rule in rules:
            effect = {"not_selected": "不得入选", "lowest_tier": "列最低档，不得入选"}.get(
                getattr(rule, "effect", ""), ""
            )
            says = formula(rule.when, labels) + (f"：{effect}" if effect else "")
            yield kind, rule.label, says, rule.basis
    for node in scheme.nodes():
        yield from _of_node(node, scheme)
    for rule in scheme.adjustments:
        yield "加减分", rule.label, f"{formula(rule.when, labels)}，加{formula(rule.points, labels)}分", rule.basis
    if scheme.adjustments_between is not None:
        low, high = (number(end) for end in scheme.adjustments_between)
        yield "加减分", "加减分上下限", f"合计不低于{low}，不高于{high}", None
    if scheme.tie_break:
        named = {**labels, **{node.id: node.label for node in scheme.nodes()}}
        order = "，再比".join(named.get(one.name, one.name) for one in scheme.tie_break)
        yield "排名", "同分", f"总分相同的比{order}，仍同则并列", scheme.basis
    yield from _of_tiers(scheme)
    yield from _of_selection(scheme)


def _of_node(node: Node, scheme: Scheme) -> Iterator[Said]:
    root = node is scheme.root
    kind = "指标" if node.is_indicator else "总分" if root else "一级指标"
    if node.expression is not None:
        unit = f"（{node.unit_text}）" if node.unit_text else ""
        better = "，越低越好" if node.direction == "lower" else ""
        yield kind, node.label, f"{formula(node.expression, scheme.column_labels)}{unit}{better}", node.basis
    else:
        ways = {"sum": "各项得分乘权重相加", "mean": "各项得分按权重平均", "geometric_mean": "各项得分按权重取几何平均"}
        places = f"，四舍五入到{scheme.precision}位小数" if root else ""
        yield kind, node.label, f"{ways.get(node.aggregate, '')}{places}", node.basis
    if node.applies is not None:
        only = formula(node.applies, scheme.column_labels)
        yield kind, node.label, f"只用于{only}的单位，其余单位的分值由其余各项分担", node.basis
    if not root:
        yield kind, node.label, f"权重{_weight(node.weight)}", node.weight_basis or node.basis
    for one in node.normalise:
        yield kind, node.label, step(one, scheme, node.direction == "lower"), node.normalise_basis or node.basis
    if node.is_indicator:
        yield kind, node.label, missing(node.missing), node.missing_basis or node.basis


def _weight(weight: Weight) -> str:
    parts = [f"{name}{number(value)}" for name, value in weight.values.items()]
    if weight.default is not None:
        parts.append(f"{'其余' if parts else ''}{number(weight.default)}")
    return "，".join(parts)


def _of_tiers(scheme: Scheme) -> Iterator[Said]:
    if scheme.tiers is not None:
        where = scope(scheme.tiers.over, scheme)
        says = "；".join(_level(level, scheme) for level in scheme.tiers.levels)
        yield "定档", "、".join(scheme.tiers.order), f"{where}有名次单位中，{says}", scheme.tiers.basis


def _level(level: TierLevel, scheme: Scheme) -> str:
    labels = {**scheme.column_labels, **{node.id: f"{node.label}得分" for node in scheme.nodes()}}
    parts = [formula(level.when, labels)] if level.when is not None else []
    end = "末" if level.from_bottom else "前"
    if level.share is not None:
        parts.append(f"{end}{number(level.share * 100)}%（{_ROUNDING[level.rounding]}）")
    if level.up_to is not None:
        parts.append(f"名次在前{number(level.up_to * 100)}%以内")
    return f"{level.tier}档{'，'.join(parts) or '其余'}{'，不占比例' if level.outside_quota else ''}"


def _of_selection(scheme: Scheme) -> Iterator[Said]:
    selection = scheme.selection
    if selection is None:
        return
    if selection.adopt_from:
        yield "遴选", "名单", f"参照{selection.adopt_from}，不由综合评议改动", selection.basis
        return
    quota, parts = selection.quota, []
    if quota is not None:
        parts += [f"{name}取{places}个" for name, places in quota.by_group.items()]
        if quota.default is not None:
            parts.append(f"{'其余每组' if quota.by_group else '每组'}取{quota.default}个")
        if quota.share is not None:
            parts.append(f"每组取前{number(quota.share * 100)}%（{_ROUNDING[quota.rounding]}）")
    if selection.from_tiers:
        parts.append(f"只从{'、'.join(selection.from_tiers)}档中取")
    if selection.minimum_score is not None:
        parts.append(f"总分不低于{number(selection.minimum_score)}")
    parts.append("末位并列的全部取" if selection.at_the_cut == "include_ties" else "末位并列的不取，留待裁定")
    if selection.reserve:
        parts.append(f"备选{selection.reserve}个")
    yield "遴选", "名额", "，".join(parts), selection.basis
