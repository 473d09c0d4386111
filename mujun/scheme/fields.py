"""Read one mapping of a scheme file key by key; unknown keys and wrong kinds become findings with their line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from mujun.findings import Finding, Severity
from mujun.law import Basis, Law
from mujun.scheme.expression import Expression, Number
from mujun.scheme.formula import FormulaError, Names, understand_condition, understand_number
from mujun.scheme.units import KNOWN_UNITS, PURE, Unit, parse_unit
from mujun.yaml_source import YamlMapping, YamlSequence


@frozen
class Source:
    """The file being read, and where its findings go."""

    file: str
    law: Law
    findings: list[Finding] = field(factory=list)

    def error(self, line: int, code: str, message: str, mend: str = "") -> None:
        self.findings.append(Finding(Severity.ERROR, code, message, mend, file=self.file, line=line))


def one_of(options: Iterable[str]) -> str:
    return f"可用：{'、'.join(options)}。"


class Fields:
    """One mapping. Each reader takes the key out; `done` reports the keys nobody asked for."""

    def __init__(self, source: Source, mapping: YamlMapping, what: str) -> None:
        self.source = source
        self.mapping = mapping
        self.what = what
        self.asked: list[str] = []

    @classmethod
    def of(cls, source: Source, value: Any, line: int, what: str) -> Fields:
        """The fields of a value that should be a mapping; anything else is a finding and reads as empty."""
        if not isinstance(value, YamlMapping):
            if value is not None:
                source.error(line, "wrong_kind", f"{what}须写成“键: 值”。", "请对照文档 scheme-language.md 改写。")
            value = YamlMapping(line)
        return cls(source, value, what)

    def line(self, key: str = "") -> int:
        return self.mapping.lines.get(key, self.mapping.line)

    def error(self, key: str, code: str, message: str, mend: str = "") -> None:
        self.source.error(self.line(key), code, message, mend)

    def has(self, key: str) -> bool:
        return key in self.mapping

    def raw(self, key: str) -> Any:
        self.asked.append(key)
        return self.mapping.get(key)

    def done(self) -> None:
        for key, value in self.mapping.items():
            if value is None and key in self.asked:
                self.error(key, "empty_key", f"{self.what}的“{key}”后面是空的。", "请填上，或删去这一行。")
            if key not in self.asked:
                near = difflib.get_close_matches(key, self.asked, 1)
                mend = f"是不是“{near[0]}”？" if near else one_of(dict.fromkeys(self.asked))
                self.error(key, "unknown_key", f"{self.what}没有叫“{key}”的键。", mend)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.raw(key)
        if value is None:
            if default is None:
                self.error(key, "missing_key", f"{self.what}缺少“{key}”。", "请补上。")
            return default or ""
        if isinstance(value, YamlMapping | YamlSequence):
            self.error(key, "wrong_kind", f"{self.what}的“{key}”须是文本。")
            return default or ""
        return str(value)

    def boolean(self, key: str, default: bool = False) -> bool:
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.error(key, "wrong_kind", f"{self.what}的“{key}”须是 true 或 false，现在是“{value}”。")
            return default
        return value

    def choice(self, key: str, options: Iterable[str], default: str) -> str:
        value = self.text(key, default)
        options = list(options)
        if value not in options:
            self.error(key, "unknown_choice", f"{self.what}的“{key}”不能是“{value}”。", one_of(options))
            return default
        return value

    def number(self, key: str, default: Fraction | None = None) -> Fraction | None:
        value = self.raw(key)
        if value is None:
            return default
        number = as_number(value)
        if number is None:
            self.error(key, "wrong_kind", f"{self.what}的“{key}”须是数，现在是“{value}”。")
            return default
        return number

    def share(self, key: str) -> Fraction | None:
        """A number between 0 and 1."""
        value = self.number(key)
        if value is not None and not 0 <= value <= 1:
            self.error(key, "out_of_range", f"{self.what}的“{key}”须在0和1之间，例如20%写0.20。")
            return None
        return value

    def whole(self, key: str, default: int | None = None) -> int | None:
        """A whole number, not negative."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.error(key, "wrong_kind", f"{self.what}的“{key}”须是不小于0的整数，现在是“{value}”。")
            return default
        return value

    def decimals(self, key: str) -> int | None:
        value = self.whole(key)
        if value is not None and value > 9:
            self.error(key, "out_of_range", f"{self.what}的“{key}”最多9位小数。")
            return 9
        return value

    def sequence(self, key: str) -> list[tuple[Any, int]]:
        """The items of a list with their lines; a single value reads as a list of one."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, YamlSequence):
            return [(value, self.line(key))]
        return list(zip(value, value.lines, strict=True))

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(str(value) for value, _ in self.sequence(key))

    def nested(self, key: str, what: str) -> Fields | None:
        value = self.raw(key)
        return None if value is None else Fields.of(self.source, value, self.line(key), what)

    def items(self, key: str, what: str) -> list[Fields]:
        """The mappings of a list."""
        return [Fields.of(self.source, value, line, what) for value, line in self.sequence(key)]

    def unit(self, key: str = "unit") -> tuple[Unit, str]:
        text = self.text(key, "")
        unit = parse_unit(text)
        if unit is None:
            self.error(key, "unknown_unit", f"{self.what}的单位“{text}”不认识。", one_of(KNOWN_UNITS))
            return PURE, text
        return unit, text

    def basis(self, key: str = "basis", inherited: Basis | None = None) -> Basis | None:
        """The basis written here, else the inherited one. Checks that a cited clause exists."""
        fields = self.nested(key, f"{self.what}的依据")
        if fields is None:
            return inherited
        clause, assumption = fields.text("clause", ""), fields.text("assumption", "")
        fields.done()
        if bool(clause) == bool(assumption):
            self.error(key, "bad_basis", f"{self.what}的依据须是 clause（条款）或 assumption（假设为何）之一。")
        elif clause and self.source.law.resolve(clause) is None:
            self.error(key, "unknown_clause", f"{self.what}引用的条款“{clause}”不存在。", self.near_clauses(clause))
        return Basis(clause, assumption)

    def near_clauses(self, clause: str) -> str:
        known = [
            f"{name}#{part}" for name, document in self.source.law.instruments.items() for part in document.clauses
        ]
        near = difflib.get_close_matches(clause, known, 3, 0.5)
        return f"是不是{'、'.join(near)}？" if near else "请核对 instruments/ 里的文件编号和条款编号。"

    def condition(self, key: str, names: Names) -> Expression | None:
        value = self.raw(key)
        if value is None:
            return None
        try:
            return understand_condition(_formula_text(value), names)
        except FormulaError as error:
            self.error(key, "bad_formula", f"{self.what}：{error}")
            return None

    def formula(self, key: str, names: Names, unit: Unit | None) -> Expression | None:
        """A number formula in the given unit (None: whatever unit comes out)."""
        value = self.raw(key)
        if value is None:
            return None
        number = as_number(value)
        if number is not None:
            return Number(number)
        try:
            return understand_number(str(value), names, unit)
        except FormulaError as error:
            self.error(key, "bad_formula", f"{self.what}：{error}")
            return None


def as_number(value: Any) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Fraction(value)


def _formula_text(value: Any) -> str:
    return {True: "True", False: "False"}.get(value, str(value)) if isinstance(value, bool) else str(value)
