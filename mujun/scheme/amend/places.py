"""Find one's way in the data of a rule file: nodes, classes, groups, what stands at a place. Offers nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mujun.scheme.amend.splice import Path

NAME = re.compile(r"[^\W\d]\w*")
"""A name in a formula."""


def named(data: Any, path: Path) -> str:
    """The name of a place: ids instead of numbers, where what stands there has one; `score/tax_per_mu/weight`."""
    parts: list[str] = []
    for step in path:
        data = data[step] if there(data, step) else None
        if step != "children":
            parts.append(str(data["id"] if isinstance(step, int) and there(data, "id") else step))
    return "/".join(parts)


def nodes_of(data: Any, path: Path = ("score",)) -> Iterator[tuple[Path, Any]]:
    """Each node of the score tree with its place, root first."""
    node = data.get("score") if path == ("score",) else data
    if not isinstance(node, dict):
        return
    yield path, node
    for number, child in enumerate(node.get("children") or []):
        yield from nodes_of(child, (*path, "children", number))


def classes_of(data: Any, column: str) -> tuple[str, ...]:
    """The values a derived column can have, as far as the file says."""
    rule = (data.get("derive") or {}).get(column) or {}
    if isinstance(rule.get("classify"), dict):
        return tuple(str(name) for name in rule["classify"].get("classes") or ())
    return tuple(str(one["then"]) for one in rule.get("choose") or () if isinstance(one, dict) and "then" in one)


def groups_of(data: Any) -> tuple[str, ...]:
    """As quotas name them: `a/b` where groups go by two columns."""
    groups: tuple[str, ...] = ("",)
    for column in data.get("group_by") or []:
        names = classes_of(data, str(column))
        groups = tuple(f"{one}/{name}".lstrip("/") for one in groups for name in names)
    return groups if groups != ("",) else ()


def weight_column(data: Any) -> str:
    """The column that weights may go by: what they go by already, else the one column of the groups."""
    for _, node in nodes_of(data):
        if isinstance(node.get("weight"), dict):
            return str(node["weight"].get("by", ""))
    groups = data.get("group_by") or []
    return str(groups[0]) if len(groups) == 1 and len(classes_of(data, str(groups[0]))) > 1 else ""


def like_others(data: Any) -> dict[str, Any]:
    """How a statistic of this file is taken, its name left open."""
    for _, node in nodes_of(data):
        steps = node.get("normalise")
        for step in [steps] if isinstance(steps, dict) else steps or []:
            if isinstance(step, dict) and isinstance(step.get("benchmark"), dict):
                return {"statistic": "", **{key: one for key, one in step["benchmark"].items() if key != "from"}}
    return {"statistic": ""}


def in_labels(data: Any, formula: str) -> str:
    """A formula or condition with the labels of columns for their names."""
    columns = {**(data.get("variables") or {}), **(data.get("derive") or {})}
    labels = {str(key): str(one["label"]) for key, one in columns.items() if "label" in one}
    return NAME.sub(lambda found: labels.get(found[0], found[0]), formula)


def plain(value: Any) -> str:
    """How a value is typed into a field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(plain(one) for one in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def at(data: Any, path: Path) -> Any:
    for step in path:
        if not there(data, step):
            return None
        data = data[step]
    return data


def there(data: Any, step: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data
