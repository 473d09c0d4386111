"""What differs between two versions of a scheme, in words. Compares what forms offer, and says if more differs."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from mujun.scheme.amend.bands import bands_in_words
from mujun.scheme.amend.entries import Entry, entries_of
from mujun.scheme.amend.parsed import parsed
from mujun.scheme.amend.places import in_labels, named, nodes_of


@frozen(kw_only=True)
class Change:
    """One entry that is another: `权重 亩均税收 30→25`. Empty text is “none”."""

    name: str
    subject: str
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.what} {self.subject} {self.before or '（无）'}→{self.after or '（无）'}"


def compare(before: str, after: str) -> tuple[Change, ...]:
    """In the order of the forms. The reason of an assumption that became a clause, or the reverse, is no change."""
    old, new = ({one.name: one for one in entries_of(text)} for text in (before, after))
    found, whole = _whole(parsed(before), parsed(after))
    found += [
        _change(old.get(name), new.get(name))
        for name in dict.fromkeys((*old, *new))
        if not _same(old.get(name), new.get(name)) and not name.startswith(whole)
    ]
    if not found and _meaning(before) != _meaning(after):
        found.append(Change(name="", subject="规则", what="其他内容", before="原文", after="另一写法"))
    return tuple(found)


def _whole(before: Any, after: Any) -> tuple[list[Change], tuple[str, ...]]:
    """Indicators, dimensions and variables that came or went, each one change; and how the names inside them begin."""
    found: list[Change] = []
    for things in (_nodes, _variables):
        old, new = things(before), things(after)
        for name in dict.fromkeys((*old, *new)):
            if (name in old) != (name in new) and not name.startswith(tuple(f"{one.name}/" for one in found)):
                subject, what, said = old.get(name) or new.get(name) or ("", "", "")
                told = {"before": said if name in old else "", "after": said if name in new else ""}
                found.append(Change(name=name, subject=subject, what=what, **told))
    return found, tuple(f"{one.name}/" for one in found)


def _nodes(data: Any) -> dict[str, tuple[str, str, str]]:
    """By name: label, what it is, how it is worked out."""
    return {
        named(data, path): (
            str(node.get("label") or node.get("id")),
            "指标" if "formula" in node else "一级指标",
            in_labels(data, str(node["formula"]))
            if "formula" in node
            else "、".join(str(one.get("label") or one.get("id")) for one in node.get("children") or ()),
        )
        for path, node in nodes_of(data)
    }


def _variables(data: Any) -> dict[str, tuple[str, str, str]]:
    return {
        f"variables/{key}": (str(one.get("label") or key), "数据项", _asked(one))
        for key, one in (data.get("variables") or {}).items()
        if isinstance(one, dict)
    }


def _asked(variable: dict[str, Any]) -> str:
    """In which unit, and of whom."""
    return "，".join(str(variable[name]) for name in ("unit", "source") if name in variable)


def _same(old: Entry | None, new: Entry | None) -> bool:
    if old is None or new is None:
        one = old or new
        return one is not None and (one.kind == "long" or not one.value)
    return old.value == new.value


def _change(old: Entry | None, new: Entry | None) -> Change:
    one = new or old
    assert one is not None
    if old is not None and new is not None and one.kind == "bands":
        before, after = bands_in_words(old.value), bands_in_words(new.value)
        left, came = [band for band in before if band not in after], [band for band in after if band not in before]
        return Change(
            name=one.name, subject=one.subject, what=one.what, before="，".join(left), after="，".join(came)
        )  # fmt: skip
    return Change(
        name=one.name,
        subject=one.subject,
        what=one.what,
        before=old.shown if old is not None else "",
        after=new.shown if new is not None else "",
    )


def _meaning(text: str) -> Any:
    """The rules without what they rest on."""
    return _without_basis(parsed(text))


def _without_basis(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_basis(item) for key, item in value.items() if not str(key).endswith("basis")}
    return [_without_basis(item) for item in value] if isinstance(value, list) else value
