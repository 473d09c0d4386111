"""Facts from a file and back: plain values ↔ frozen classes. Every mistake at once, with file and line."""

from __future__ import annotations

import types
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.yaml_source import YamlMapping

_WANTED = {str: "文字", int: "整数", bool: "true 或 false", date: "日期，如 2019-04-09",
           datetime: "时刻，如 2019-10-10T17:30", Fraction: "数"}  # fmt: skip


def read_facts(kind: type[Any], value: Any, file: str) -> Any:
    """A `kind` of the plain values of a file. Raises CannotGoOn with everything that is wrong in it."""
    findings: list[Finding] = []
    made = _read(kind, value, file, "", None, findings)
    if findings:
        raise CannotGoOn(findings)
    return made


def tell_facts(facts: Any) -> Any:
    """The plain values of facts, as a file holds them; what is as by default is left out."""
    if attrs.has(type(facts)):
        told = {}
        for field in attrs.fields(type(facts)):
            value = getattr(facts, field.name)
            default = field.default
            if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
                default = default.factory()
            if value != default:
                told[field.name] = tell_facts(value)
        return told
    if isinstance(facts, tuple):
        return [tell_facts(one) for one in facts]
    if isinstance(facts, datetime):
        return facts.isoformat(timespec="minutes") if not facts.second else facts.isoformat()
    if isinstance(facts, Enum):
        return facts.value
    return str(facts) if isinstance(facts, date | Fraction) else facts


def _read(wanted: Any, value: Any, file: str, where: str, line: int | None, findings: list[Finding]) -> Any:
    origin = get_origin(wanted)
    if origin in {types.UnionType, Union}:
        if value is None:
            return None
        rest = next(one for one in get_args(wanted) if one is not type(None))
        return _read(rest, value, file, where, line, findings)
    if origin is tuple:
        if not isinstance(value, list):
            return _wrong(value, "列表", file, where, line, findings)
        lines = getattr(value, "lines", [line] * len(value))
        item = get_args(wanted)[0]
        return tuple(
            _read(item, one, file, f"{where}[{place}]", at, findings)
            for place, (one, at) in enumerate(zip(value, lines, strict=True), 1)
        )
    if attrs.has(wanted):
        return _read_class(wanted, value, file, where, line, findings)
    return _read_leaf(wanted, value, file, where, line, findings)


def _read_class(kind: Any, value: Any, file: str, where: str, line: int | None, findings: list[Finding]) -> Any:
    if not isinstance(value, dict):
        return _wrong(value, "一组“名称: 值”", file, where, line, findings)
    lines = value.lines if isinstance(value, YamlMapping) else {}
    line = getattr(value, "line", line)
    hints = get_type_hints(kind)
    fields = {field.name: field for field in attrs.fields(kind)}
    before = len(findings)
    for name in value:
        if name not in fields:
            known = "、".join(fields)
            message = f"{_place(where)}没有“{name}”这一项。"
            findings.append(_finding("unknown_key", message, f"可用：{known}。", file, lines.get(name, line)))
    made = {}
    for name, field in fields.items():
        if name in value:
            here = f"{where}.{name}" if where else name
            made[name] = _read(hints[name], value[name], file, here, lines.get(name, line), findings)
        elif field.default is attrs.NOTHING:
            message = f"{_place(where)}缺少“{name}”。"
            findings.append(_finding("lacking", message, "请补上。", file, line))
    if len(findings) > before:
        return None
    try:
        return kind(**made)
    except CannotGoOn as error:
        findings += [attrs.evolve(one, file=file, line=line) for one in error.findings]
        return None


def _read_leaf(wanted: Any, value: Any, file: str, where: str, line: int | None, findings: list[Finding]) -> Any:
    try:
        if wanted is datetime and isinstance(value, str):
            return datetime.fromisoformat(value)
        if wanted is date and isinstance(value, str):
            return date.fromisoformat(value)
        if wanted is Fraction and isinstance(value, int | str | Decimal) and not isinstance(value, bool):
            return Fraction(value)
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            return wanted(value)
        if wanted is str and isinstance(value, int | Decimal) and not isinstance(value, bool):
            return str(value)
    except ValueError:
        named = "、".join(one.value for one in wanted) if isinstance(wanted, type) and issubclass(wanted, Enum) else ""
        return _wrong(value, named or _WANTED.get(wanted, wanted.__name__), file, where, line, findings)
    if type(value) is wanted:
        return value
    return _wrong(value, _WANTED.get(wanted, wanted.__name__), file, where, line, findings)


def _wrong(value: Any, wanted: str, file: str, where: str, line: int | None, findings: list[Finding]) -> None:
    message = f"“{where}”是{str(value)[:40]!r}，应为{wanted}。"
    findings.append(_finding("wrong_type", message, "请改正。", file, line))


def _place(where: str) -> str:
    return f"“{where}”里" if where else ""


def _finding(code: str, message: str, mend: str, file: str, line: int | None) -> Finding:
    return Finding(Severity.ERROR, code, message, mend, file=file, line=line)
