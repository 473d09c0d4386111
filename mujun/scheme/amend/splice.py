"""Change single values of a YAML text where they stand. Every other byte, comments and spacing too, stays as it was.

A text is never written anew from what was read: that would lay out its lines afresh, and an official who compares two
versions would see changes that nobody made. Knows no rules of schemes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen
from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.yaml_source import parse_yaml

Path = tuple[str | int, ...]
"""The keys and places that lead to a value: ("score", "children", 0, "weight")."""
Splice = tuple[int, int, str]
"""From where to where in the text, and what stands there instead."""


class _Remove:
    """Take the key out altogether."""


REMOVE = _Remove()


@frozen
class Inserted:
    """Items that are put before the one at their place; at the end, where the place is the number of items."""

    items: Sequence[Any]


def amend(text: str, changes: Mapping[Path, Any]) -> str:
    """The text with these values; a key that is not there is added to its mapping, REMOVE takes a key or an item out.

    Places are those of the text as it comes. Raises CannotGoOn where a place does not exist, or is written once and
    meant in several places (`*`).
    """
    root = YAML(typ="rt", pure=True).compose(text)
    shared = _shared(root)
    gone = frozenset(path for path, value in changes.items() if value is REMOVE)
    splices = [_splice(text, root, path, value, shared, gone) for path, value in changes.items()]
    splices = _one_insertion_a_place(splices)
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def written(value: Any) -> str:
    """A value as it is written inside a line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _text(str(value))


def _text(value: str) -> str:
    """Plain where it reads back as the same text inside brackets, quoted where it does not."""
    if value == value.strip() and "\n" not in value and "#" not in value:
        try:
            read, findings = parse_yaml("{k: " + value + "}", "")
        except CannotGoOn:
            read, findings = None, []
        if read == {"k": value} and not findings:
            return value
    return json.dumps(value, ensure_ascii=False)


def _splice(text: str, root: Node, path: Path, value: Any, shared: frozenset[int], gone: Collection[Path]) -> Splice:
    node, steps = root, list(path)
    while steps:
        if id(node) in shared:
            raise _cannot(path, "这里是共用的一段（YAML引用），改一处会改动别处", "请在规则文件里拆开后再改。")
        step = steps.pop(0)
        inner = _child(node, step)
        if not steps and isinstance(value, Inserted) and isinstance(node, SequenceNode) and isinstance(step, int):
            return _items(text, node, step, value.items)
        if inner is None:
            if steps or not isinstance(node, MappingNode) or value is REMOVE:
                raise _cannot(path, "规则里没有这一处", "请刷新页面后再改。")
            return _insertion(text, node, str(step), value)
        if not steps and value is REMOVE:
            assert isinstance(node, CollectionNode)
            return _removal(text, node, step, {one[-1] for one in gone if one[:-1] == path[:-1]})
        node = inner
    if id(node) in shared:
        raise _cannot(path, "这里是共用的一段（YAML引用），改一处会改动别处", "请在规则文件里拆开后再改。")
    return node.start_mark.index, _end(node), written(value)


def _cannot(path: Path, why: str, mend: str) -> CannotGoOn:
    place = "→".join(str(step) for step in path)
    return CannotGoOn([Finding(Severity.ERROR, "cannot_amend", f"“{place}”不能改：{why}。", mend)])


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if str(key.value) == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: Node = node.value[step]
        return found
    return None


def _end(node: Node) -> int:
    """Where what it says ends: the end mark of a block lies on the next thing, after comments that are not its own."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _insertion(text: str, node: MappingNode, key: str, value: Any) -> Splice:
    entry = f"{written(key)}: {written(value)}"
    if node.flow_style:
        end = _end(node) - 1
        return end, end, f", {entry}" if node.value else entry
    column = node.start_mark.column
    end = text.find("\n", _end(node))
    return (len(text), len(text), f"\n{' ' * column}{entry}") if end < 0 else (end, end, f"\n{' ' * column}{entry}")


def _items(text: str, node: SequenceNode, place: int, items: Sequence[Any]) -> Splice:
    """In brackets with their commas; else on lines of their own, after those of the item before."""
    if node.flow_style:
        inside = ", ".join(written(one) for one in items)
        if place < len(node.value):
            start = int(node.value[place].start_mark.index)
            return start, start, f"{inside}, "
        end = _end(node) - 1
        return end, end, f", {inside}" if node.value else inside
    dashes = [_dash(text, one) for one in node.value]
    apart = "\n" if len(dashes) > 1 and "\n\n" in text[_end(node.value[-2]) : dashes[-1]] else ""
    column = dashes[0] - (text.rfind("\n", 0, dashes[0]) + 1)
    lines = [_lines(one, column, in_line=node.value[-1].flow_style) for one in items]
    if place == 0:
        start = text.rfind("\n", 0, dashes[0]) + 1
        return start, start, "".join(f"{one}\n{apart}" for one in lines)
    end = _line_end(text, _end(node.value[place - 1]))
    return end, end, "".join(f"\n{apart}{one}" for one in lines)


def _lines(value: Any, column: int, in_line: bool) -> str:
    """An item of a list, its keys below one another as those beside it are, or all in one line."""
    if in_line or not isinstance(value, Mapping):
        return f"{' ' * column}- {written(value)}"
    keys = [f"{written(key)}: {written(one)}" for key, one in value.items()]
    return f"{' ' * column}- " + f"\n{' ' * (column + 2)}".join(keys)


def _removal(text: str, node: CollectionNode, step: str | int, gone: Collection[str | int]) -> Splice:
    """`gone`: all that leaves the same list or mapping, so that no comma is left over or lacking."""
    spans = _spans(node)
    place = next(number for number, (name, _, _) in enumerate(spans) if name == step)
    _, start, end = spans[place]
    if not node.flow_style:
        return _lines_out(text, node, place)
    if any(name not in gone for name, _, _ in spans[place + 1 :]):
        return start, spans[place + 1][1], ""
    stays = any(name not in gone for name, _, _ in spans[:place])
    if stays:
        return spans[place - 1][2], end, ""
    return start, spans[place + 1][1] if place + 1 < len(spans) else end, ""


def _lines_out(text: str, node: CollectionNode, place: int) -> Splice:
    """Whole lines; of a list whose items stand apart, the empty line with them. Comments between items stay."""
    _, start, end = _spans(node)[place]
    if isinstance(node, SequenceNode):
        start = _dash(text, node.value[place])
    first, after = text.rfind("\n", 0, start) + 1, min(_line_end(text, end) + 1, len(text))
    if isinstance(node, SequenceNode):
        if place + 1 < len(node.value):
            while text[after : after + 1] == "\n":
                after += 1
        else:
            while _blank_before(text, first):
                first -= 1
    return first, after, ""


def _spans(node: CollectionNode) -> list[tuple[str | int, int, int]]:
    """Key or place, and from where to where it stands."""
    if isinstance(node, MappingNode):
        return [(str(name.value), int(name.start_mark.index), _end(value)) for name, value in node.value]
    return [(number, int(one.start_mark.index), _end(one)) for number, one in enumerate(node.value)]


def _dash(text: str, item: Node) -> int:
    return text.rfind("-", 0, int(item.start_mark.index))


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _blank_before(text: str, place: int) -> bool:
    """Whether the line above is empty."""
    start = text.rfind("\n", 0, place) + 1
    return text[max(start - 2, 0) : start] == "\n\n"


def _one_insertion_a_place(splices: list[Splice]) -> list[Splice]:
    """Keys added to one mapping stand one after another, in the order in which they were asked for."""
    merged: dict[tuple[int, int], str] = {}
    for start, end, new in splices:
        merged[start, end] = merged.get((start, end), "") + new
    return [(start, end, new) for (start, end), new in merged.items()]


def _shared(root: Node) -> frozenset[int]:
    """Nodes that are written once and stand in several places."""
    seen: dict[int, int] = {}

    def visit(node: Node) -> None:
        seen[id(node)] = seen.get(id(node), 0) + 1
        if seen[id(node)] == 1:
            for inner in _inside(node):
                visit(inner)

    visit(root)
    return frozenset(key for key, times in seen.items() if times > 1)


def _inside(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, SequenceNode) else []
