"""Take an indicator out of the rules of a scheme: what goes with it, and what does not let it go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from attrs import frozen

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.scheme.amend.clauses import assumed
from mujun.scheme.amend.entries import entries_of
from mujun.scheme.amend.parsed import parsed
from mujun.scheme.amend.places import NAME, at, named, nodes_of, plain
from mujun.scheme.amend.splice import REMOVE, Path, amend

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


@frozen(kw_only=True)
class Removal:
    """`takes`: what goes with it, in words. `unused`: variables that no rule speaks of any more.

    `against`: what still needs it; while there is any, nothing can be taken out.
    """

    label: str
    takes: tuple[str, ...]
    unused: tuple[str, ...]
    against: tuple[Finding, ...]
    changes: dict[Path, Any]


def removal_of(text: str, node: str, unasked: Collection[str] = ()) -> Removal | None:
    """Of an indicator, or a dimension with all that is below it; None where there is no such one. The root stays.

    `unasked` are variables that nobody is asked for: those that nothing uses any more go too, and they can go alone.
    """
    data = parsed(text)
    if node in unasked and node in (data.get("variables") or {}):
        return _of_variable(data, node)
    found = next((one for one in nodes_of(data) if one[1].get("id") == node and one[0] != ("score",)), None)
    if found is None:
        return None
    path, one = found
    inside = {str(inner.get("id")): str(inner.get("label") or inner.get("id")) for inner in _below(one)}
    changes: dict[Path, Any] = {path: REMOVE}
    for place, name in enumerate(at(data, ("ranking", "tie_break")) or []):
        if name in inside:
            changes["ranking", "tie_break", place] = REMOVE
    unused = _unused(data, one)
    changes |= {("variables", name): REMOVE for name in unused if name in unasked}
    labels = {name: str(data["variables"][name].get("label") or name) for name in unused}
    takes = [*_numbers(text, data, path), *_reasons(text, path), *_ties(data, inside)]
    takes += [f"还没有报表收的数据项“{labels[name]}”" for name in unused if name in unasked]
    return Removal(
        label=inside[node],
        takes=tuple(takes),
        unused=tuple(labels[name] for name in unused if name not in unasked),
        against=tuple(_against(data, path, inside)),
        changes=changes,
    )


def remove_indicator(text: str, node: str, unasked: Collection[str] = ()) -> str:
    """The text without it, everything else as it was. Raises CannotGoOn with what still needs it."""
    removal = removal_of(text, node, unasked)
    if removal is None:
        message = f"规则里没有“{node}”这一项。"
        raise CannotGoOn([Finding(Severity.ERROR, "cannot_amend", message, "请刷新页面后再看，也许别人已经去掉了。")])
    if removal.against:
        raise CannotGoOn(list(removal.against))
    return amend(text, removal.changes)


def _of_variable(data: Any, name: str) -> Removal:
    label = str(data["variables"][name].get("label") or name)
    users = [
        str(node.get("label") or node.get("id"))
        for _, node in nodes_of(data)
        if name in _said({key: value for key, value in node.items() if key != "children"})
    ]
    if name in _said({key: one for key, one in data.items() if key not in ("variables", "score")}):
        users.append("条件和加减分")
    told = f"{'、'.join(f'“{one}”' for one in users)}还用着“{label}”，不能去掉。"
    against = (Finding(Severity.ERROR, "still_used", told, "请先改掉用它的公式或条件。"),) if users else ()
    return Removal(label=label, takes=(), unused=(), against=against, changes={("variables", name): REMOVE})


def _below(node: Any) -> Iterator[Any]:
    yield node
    for child in node.get("children") or []:
        yield from _below(child)


def _numbers(text: str, data: Any, path: Path) -> list[str]:
    """Its weight, and how its value becomes points; of those below it too: a line for each."""
    own = f"{named(data, path)}/"
    lines: dict[str, list[str]] = {}
    for entry in entries_of(text):
        counts = entry.section == "weights" or (entry.section == "scoring" and entry.what != "缺数时")
        if entry.name.startswith(own) and entry.value and counts and entry.kind != "long":
            said = f"{entry.what}{'' if entry.kind == 'number' else '：'}{entry.shown}"
            lines.setdefault(entry.subject, []).append(said)
    return [f"{subject}的{'；'.join(said)}" for subject, said in lines.items()]


def _reasons(text: str, path: Path) -> list[str]:
    count = sum(one.path[: len(path)] == path for one in assumed(text))
    return [f"写好的理由{count}条"] if count else []


def _ties(data: Any, inside: dict[str, str]) -> list[str]:
    order = [str(one) for one in at(data, ("ranking", "tie_break")) or []]
    if not any(one in inside for one in order):
        return []
    labels = {str(node.get("id")): str(node.get("label") or node.get("id")) for _, node in nodes_of(data)}
    labels |= {str(key): str(one.get("label") or key) for key, one in data["variables"].items()}
    kept = "，再比".join(labels.get(one, one) for one in order if one not in inside)
    gone = "、".join(labels[one] for one in order if one in inside)
    return [f"总分相同时比的“{gone}”；以后{f'比{kept}' if kept else '不再比别的，并列'}"]


def _against(data: Any, path: Path, inside: dict[str, str]) -> Iterator[Finding]:
    for number, level in enumerate(at(data, ("tiers", "levels")) or []):
        used = [inside[name] for name in _names_in(level.get("when")) if name in inside]
        if used:
            where = f"{level.get('tier')}档（第{number + 1}行）的条件用到“{'、'.join(used)}”，不能去掉。"
            yield Finding(Severity.ERROR, "still_used", where, "请先在“定档”里改掉这个条件。")
    parent = at(data, path[:-2])
    if len(parent["children"]) == 1:
        label = str(parent.get("label") or parent.get("id"))
        message = f"“{label}”下面只有这一项，去掉就空了。"
        mend = "请先在它下面添一项。" if path[:-2] == ("score",) else f"请先在它下面添一项，或去掉整个“{label}”。"
        yield Finding(Severity.ERROR, "still_used", message, mend)


def _unused(data: Any, node: Any) -> list[str]:
    """Variables that only this node speaks of."""
    rest = {key: one for key, one in data.items() if key not in ("variables", "score")}
    others = _said(rest)
    mine: set[str] = set()
    for _, one in nodes_of(data):
        own = {key: value for key, value in one.items() if key != "children"}
        if any(one is inner for inner in _below(node)):
            mine |= _said(own)
        else:
            others |= _said(own)
    return [str(name) for name in data.get("variables") or () if name in mine - others]


_FREE = ("label", "assumption", "clause", "note", "id", "basis")
"""Keys whose text is for people."""


def _said(value: Any) -> set[str]:
    return {name for part in _speaking(value) for name in _names_in(part)}


def _speaking(value: Any) -> Iterator[str]:
    """Every text that may name something."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in _FREE:
                yield from _speaking(item)
    elif isinstance(value, list):
        for item in value:
            yield from _speaking(item)
    elif value is not None:
        yield plain(value)


def _names_in(formula: Any) -> list[str]:
    return NAME.findall(_QUOTED.sub("", str(formula or "")))
