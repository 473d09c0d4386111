"""Strict YAML 1.2: remembers the line of everything, keeps numbers exact, refuses duplicate keys. Knows no rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, count
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mujun.findings import CannotGoOn, Finding, Severity

Scalar = str | int | Decimal | bool | None
"""A leaf. `0.20` is Decimal("0.20"), `NO` is text, `2019-04-09` is text: the core schema of YAML 1.2 has no dates."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_LONGEST_NUMBER = 100
"""Characters. What is longer is text: Python refuses to read whole numbers of thousands of digits."""
_LONGEST_EXPONENT = 3
_DEEPEST = 64
_MOST_NODES = 200_000
"""Aliases written out, since a few lines of them can stand for any number of nodes."""
_BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}


class YamlMapping(dict[str, Any]):
    """A mapping that knows its own line and the line of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class YamlSequence(list[Any]):
    """A sequence that knows its own line and the line of each item."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_yaml(path: Path) -> tuple[Any, list[Finding]]:
    """Read a file whole. Returns the value and one finding per duplicate key.

    Raises CannotGoOn when there is no such file, it is not UTF-8, or it is not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = "没有这个文件。" if isinstance(error, FileNotFoundError) else f"打不开：{error.strerror}。"
        raise CannotGoOn([_error(path.name, None, "unreadable", reason, "请核对路径和权限。")]) from error
    except UnicodeDecodeError as error:
        raise CannotGoOn([_error(path.name, None, "unreadable", "不是UTF-8文本。", "请另存为UTF-8编码。")]) from error
    return parse_yaml(text, path.name)


def parse_yaml(text: str, file: str) -> tuple[Any, list[Finding]]:
    """Parse one document; `file` is what findings call it."""
    _check_brackets(text, file)
    try:
        root = _compose(text)
        findings: list[Finding] = []
        value = None if root is None else _construct(root, file, findings, 0, count(1))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        raise CannotGoOn(
            [
                _error(
                    file, line, "not_yaml", f"不是合法的YAML：{error.problem}。", "请检查此处的缩进、冒号、引号和括号。"
                )
            ]
        ) from error
    except (YAMLError, RecursionError) as error:
        raise CannotGoOn([_error(file, None, "not_yaml", "不是合法的YAML。", "请检查编码和控制字符。")]) from error
    return value, findings


@lru_cache(maxsize=64)
def _compose(text: str) -> Node | None:
    """The nodes of a document, which nobody changes: the same few files are read again in every act of the site."""
    root: Node | None = YAML(typ="rt", pure=True).compose(text)
    return root


def _check_brackets(text: str, file: str) -> None:
    """Before anything is parsed: to find out what thousands of brackets in one line mean would take seconds."""
    for line, content in enumerate(text.splitlines(), 1):
        if content.count("[") + content.count("{") > _DEEPEST:
            deepest = max(accumulate(_BRACKETS.get(sign, 0) for sign in content))
            if deepest > _DEEPEST:
                raise _too_deep(file, line)


def _too_deep(file: str, line: int) -> CannotGoOn:
    return CannotGoOn([_error(file, line, "not_yaml", f"嵌套超过{_DEEPEST}层。", "请拆开或减少层次。")])


def _construct(node: Node, file: str, findings: list[Finding], depth: int, nodes: Iterator[int]) -> Any:
    line = node.start_mark.line + 1
    if depth > _DEEPEST:
        raise _too_deep(file, line)
    if next(nodes) > _MOST_NODES:
        message = f"内容超过{_MOST_NODES:,}项（引用“*”按展开计）。"
        raise CannotGoOn([_error(file, line, "too_many_nodes", message, "请减少引用，或分成几个文件。")])
    if isinstance(node, MappingNode):
        mapping = YamlMapping(line)
        for key_node, value_node in node.value:
            key = str(key_node.value)
            key_line = key_node.start_mark.line + 1
            if key in mapping:
                first = mapping.lines[key]
                findings.append(
                    _error(file, key_line, "duplicate_key", f"“{key}”写了两次（第{first}行已有）。", "请删去其中一处。")
                )
                continue
            mapping[key] = _construct(value_node, file, findings, depth + 1, nodes)
            mapping.lines[key] = key_line
        return mapping
    if isinstance(node, SequenceNode):
        sequence = YamlSequence(line)
        for item in node.value:
            sequence.append(_construct(item, file, findings, depth + 1, nodes))
            sequence.lines.append(item.start_mark.line + 1)
        return sequence
    assert isinstance(node, ScalarNode)
    return _scalar(node.value) if node.style is None else str(node.value)


def _scalar(text: str) -> Scalar:
    if text.lower() in _WORDS and text in {text.lower(), text.capitalize(), text.upper()}:
        return _WORDS[text.lower()]
    if len(text) > _LONGEST_NUMBER:
        return str(text)
    if _INTEGER.fullmatch(text):
        return int(text)
    parts = _DECIMAL.fullmatch(text)
    if parts and len((parts[3] or "").lstrip("eE+-")) <= _LONGEST_EXPONENT:
        return Decimal(text)
    return str(text)


def _error(file: str, line: int | None, code: str, message: str, mend: str) -> Finding:
    return Finding(Severity.ERROR, code, message, mend, file=file, line=line)
