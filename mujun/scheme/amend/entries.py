"""What of a scheme an official may change in a form: each value with its words, its kind and where it stands.

Only reads. Names are made of ids and not of places, so that the same entry of two versions has the same name.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from attrs import frozen

from mujun.scheme.amend.bands import bands_in_words
from mujun.scheme.amend.clauses import assumed
from mujun.scheme.amend.parsed import parsed
from mujun.scheme.amend.places import at, classes_of, groups_of, in_labels, named, nodes_of, plain, weight_column
from mujun.scheme.amend.splice import Path
from mujun.scheme.amend.words import (
    AT_THE_CUT,
    DIRECTIONS,
    EFFECTS,
    MISSING,
    ROUNDINGS,
    STATISTICS,
    Choices,
    about,
    section_of,
)


@frozen(kw_only=True)
class Entry:
    """One value. `value` is how it is typed, "" where there is none; `path` is where it stands, or would.

    Bands are one value, a line for each: what is reached, and what it earns. `heads` is what these two are called.
    `gloss` is a formula with labels for names.
    """

    name: str
    section: str
    subject: str
    what: str
    kind: str
    value: str
    path: Path
    choices: Choices = ()
    optional: bool = False
    heads: tuple[str, str] = ("", "")
    gloss: str = ""

    @property
    def shown(self) -> str:
        """The value in words."""
        if self.kind == "bands":
            return "，".join(bands_in_words(self.value))
        return dict(self.choices).get(self.value, self.value)


@lru_cache(maxsize=64)
def entries_of(text: str) -> tuple[Entry, ...]:
    """Everything that forms offer, in the order of the sections and of the file."""
    data = parsed(text)
    if not isinstance(data, dict):
        return ()
    found = [*_indicators(data), *_conditions(data), *_scoring(data), *_tiers(data), *_selection(data), *_reasons(text)]
    return tuple(found)


def _indicators(data: Any) -> Iterator[Entry]:
    yield _text(data, ("label",), "方案", "名称", "indicators")
    for path, node in nodes_of(data):
        label = str(node.get("label") or node.get("id"))
        yield _text(data, (*path, "label"), label, "名称", "indicators")
        if "formula" in node:
            yield _text(data, (*path, "formula"), label, "公式", "indicators")
            yield _text(data, (*path, "unit"), label, "单位", "indicators", optional=True)
            yield _choice(
                data, (*path, "direction"), label, "方向", "indicators", DIRECTIONS, node.get("direction", "higher")
            )
            yield _text(data, (*path, "applies"), label, "只用于哪些单位（条件）", "indicators", optional=True)
    for key, variable in (data.get("variables") or {}).items():
        if isinstance(variable, dict):
            yield _text(data, ("variables", key, "label"), f"数据项 {key}", "名称", "indicators")


def _conditions(data: Any) -> Iterator[Entry]:
    for key, value in (data.get("constants") or {}).items():
        if not isinstance(value, list | dict):
            yield _text(data, ("constants", key), f"常数 {key}", "取值", "conditions")
    for kind, title in _RULES.items():
        for number, rule in enumerate(data.get(kind) or []):
            path = (kind, number)
            label = _rule(title, rule)
            yield _text(data, (*path, "label"), label, "名称", "conditions")
            yield _text(data, (*path, "when"), label, "条件", "conditions")
            if kind == "vetoes":
                now = rule.get("effect", "not_selected")
                yield _choice(data, (*path, "effect"), label, "后果", "conditions", EFFECTS, now)
            if kind == "adjustments":
                yield _text(data, (*path, "points"), label, "加（减）多少分", "conditions")
    for place, what in enumerate(("下限", "上限")):
        if isinstance(data.get("adjustments_between"), list):
            yield _number(data, ("adjustments_between", place), "加减分合计", what, "conditions")


_RULES = {"eligibility": "参评条件", "exemptions": "豁免", "vetoes": "一票否决", "adjustments": "加减分"}
_RULE_BASIS = 3
"""How deep the reason of one of these stands."""


def _rule(title: str, rule: Any) -> str:
    return f"{title}“{rule.get('label')}”"


def _scoring(data: Any) -> Iterator[Entry]:
    column = weight_column(data)
    for path, node in nodes_of(data):
        label = str(node.get("label") or node.get("id"))
        if path == ("score",):
            continue
        yield from _weights(data, path, node, label, column)
        steps = node.get("normalise")
        for place, one in [((), steps)] if isinstance(steps, dict) else [((n,), s) for n, s in enumerate(steps or [])]:
            yield from _step(data, (*path, "normalise", *place), one, label)
            if isinstance(one, dict) and one.get("method") == "bands":
                yield from _bands(data, (*path, "normalise", *place), node, place, label)
        if "formula" in node and isinstance(node.get("missing", "error"), str):
            now = node.get("missing", "error")
            yield _choice(data, (*path, "missing"), label, "缺数时", "scoring", MISSING, now)


def _weights(data: Any, path: Path, node: Any, label: str, column: str) -> Iterator[Entry]:
    weight = node.get("weight")
    by_class = weight if isinstance(weight, dict) else {"default": weight}
    place = (*path, "weight")
    names = [*classes_of(data, column), *(key for key in by_class if key not in ("by", "default"))] if column else []
    for key in dict.fromkeys(("default", *names)):
        what = "权重" if key == "default" else f"权重（{key}）"
        yield _number(data, (*place, key), label, what, "weights", value=by_class.get(key), optional=key != "default")
    if "children" in node and "of" in node:
        yield _number(data, (*path, "of"), label, "满分", "weights")


def _step(data: Any, path: Path, one: Any, label: str) -> Iterator[Entry]:
    if not isinstance(one, dict):
        return
    wanted = {"benchmark_ratio": (("benchmark", "基准值"),), "min_max": (("low", "零分线"), ("high", "满分线"))}
    for key, what in wanted.get(str(one.get("method")), ()):
        level = one.get(key)
        now = level.get("statistic") if isinstance(level, dict) else level
        place = (*path, key)
        yield Entry(
            name=named(data, place), section="scoring", subject=label, what=what, kind="level", value=plain(now),
            path=place, choices=STATISTICS,
        )  # fmt: skip
    if one.get("method") == "benchmark_ratio":
        yield _number(data, (*path, "floor"), label, "保底倍数", "scoring", optional=True)
        yield _number(data, (*path, "cap"), label, "封顶倍数", "scoring", optional=True)


def _bands(data: Any, path: Path, node: Any, place: Path, label: str) -> Iterator[Entry]:
    """What is reached is the value itself, or if that was divided by a benchmark, how many times it."""
    before = at(data, (*path[:-1], place[0] - 1)) if place and isinstance(place[0], int) and place[0] else {}
    ratio = isinstance(before, dict) and before.get("method") == "benchmark_ratio"
    unit = str(node.get("unit") or "")
    reached = "达到基准值的几倍" if ratio else f"达到{f'（{unit}）' if unit else ''}"
    earns = "得分" if "of" in node else "得分（1为本项满分）"
    steps = at(data, (*path, "steps"))
    yield Entry(
        name=named(data, (*path, "steps")), section="scoring", subject=label, what="分档", kind="bands",
        value="\n".join(" ".join(plain(one) for one in step) for step in steps or []), path=(*path, "steps"),
        heads=(reached, earns),
    )  # fmt: skip
    yield _number(data, (*path, "below"), label, "不到最低一档得", "scoring", optional=True)


def _tiers(data: Any) -> Iterator[Entry]:
    for number, level in enumerate((data.get("tiers") or {}).get("levels") or []):
        if "when" in level:
            label = f"{level.get('tier')}档（第{number + 1}行）"
            yield _text(data, ("tiers", "levels", number, "when"), label, "条件", "tiers")
        for key in ("share", "up_to"):
            if key in level:
                label = f"{level.get('tier')}档（第{number + 1}行）"
                place: Path = ("tiers", "levels", number, key)
                yield _percent(data, place, label, "比例（%）", "tiers")
                now = level.get("rounding", "floor")
                where: Path = ("tiers", "levels", number, "rounding")
                yield _choice(data, where, label, "尾数", "tiers", ROUNDINGS, now)


def _selection(data: Any) -> Iterator[Entry]:
    selection = data.get("selection")
    if not isinstance(selection, dict):
        return
    if isinstance(selection.get("adopt"), dict):
        yield _text(data, ("selection", "adopt", "from"), "名单", "采用", "selection")
        return
    quota = selection.get("quota")
    if isinstance(quota, dict) and "share" in quota:
        yield _percent(data, ("selection", "quota", "share"), "名额", "占本组有名次单位的比例（%）", "selection")
    else:
        yield from _places(data, quota)
    yield _number(data, ("selection", "minimum_score"), "遴选", "最低得分", "selection", optional=True)
    yield _number(data, ("selection", "reserve"), "遴选", "每组备选", "selection", optional=True, kind="whole")
    now = selection.get("at_the_cut", "stop")
    yield _choice(data, ("selection", "at_the_cut"), "遴选", "名额最后一名并列时", "selection", AT_THE_CUT, now)


def _places(data: Any, quota: Any) -> Iterator[Entry]:
    """`quota: 10` is the number of every group; with rows of its own for some, it is the `default` among them."""
    by_group = (quota.get("by_group") or {}) if isinstance(quota, dict) else {"default": quota}
    for group in dict.fromkeys((*groups_of(data), *by_group, "default")):
        what = "没有单列的每一组" if group == "default" else group
        place: Path = ("selection", "quota", "by_group", group)
        now = by_group.get(group)
        yield _number(data, place, "名额", what, "selection", value=now, optional=True, kind="whole")


def _reasons(text: str) -> Iterator[Entry]:
    data = parsed(text)
    for one in assumed(text):
        subject, what = about(one.where)
        if one.path[0] in _RULES and len(one.path) == _RULE_BASIS:
            subject = _rule(_RULES[str(one.path[0])], at(data, one.path[:2]))
        yield Entry(
            name=named(data, one.path) + "/assumption", section=section_of(one.path), subject=subject, what=what,
            kind="long", value=one.reason, path=(*one.path, "assumption"),
        )  # fmt: skip


_FORMULAS = ("formula", "when", "applies", "points")


def _text(data: Any, path: Path, subject: str, what: str, section: str, optional: bool = False) -> Entry:
    value = plain(at(data, path))
    said = in_labels(data, value) if path[-1] in _FORMULAS else value
    return Entry(
        name=named(data, path), section=section, subject=subject, what=what, kind="text", value=value, path=path,
        optional=optional, gloss=said if said != value else "",
    )  # fmt: skip


def _choice(data: Any, path: Path, subject: str, what: str, section: str, choices: Choices, now: Any) -> Entry:
    return Entry(
        name=named(data, path), section=section, subject=subject, what=what, kind="choice", value=str(now), path=path,
        choices=choices,
    )  # fmt: skip


_ABSENT = object()


def _number(
    data: Any,
    path: Path,
    subject: str,
    what: str,
    section: str,
    *,
    value: Any = _ABSENT,
    optional: bool = False,
    kind: str = "number",
) -> Entry:
    now = at(data, path) if value is _ABSENT else value
    return Entry(
        name=named(data, path), section=section, subject=subject, what=what, kind=kind, value=plain(now), path=path,
        optional=optional,
    )  # fmt: skip


def _percent(data: Any, path: Path, subject: str, what: str, section: str) -> Entry:
    share = at(data, path)
    hundred = "" if share is None else plain((Decimal(str(share)) * 100).normalize())
    return Entry(
        name=named(data, path), section=section, subject=subject, what=what, kind="percent", value=hundred, path=path
    )
