"""Read a scheme file into the model, gathering everything wrong with it.

The checks across the whole are in checks.py.
"""

from __future__ import annotations

import keyword
from fractions import Fraction
from pathlib import Path

from attrs import frozen

from mujun.digest import digest_bytes
from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.law import PROGRAMME, Basis, Law
from mujun.scheme.assumptions import assumptions_of
from mujun.scheme.checks import check_whole
from mujun.scheme.expression import Column, Date, Expression, Kind
from mujun.scheme.fields import Fields, Source, one_of
from mujun.scheme.formula import FormulaError, Literal, Named, Names, read_constant, understand
from mujun.scheme.model import Choose, Classify, Computed, Derived, Scheme, Variable
from mujun.scheme.read_rules import (
    read_adjustments,
    read_between,
    read_rules,
    read_selection,
    read_tie_break,
    read_tiers,
    read_vetoes,
)
from mujun.scheme.read_tree import read_node
from mujun.scheme.units import Unit
from mujun.yaml_source import YamlMapping, read_yaml

TYPES = ("number", "integer", "text", "date", "boolean")


@frozen
class Reading:
    """What came of reading a scheme file. `scheme` is None where there is no making sense of it."""

    scheme: Scheme | None
    findings: tuple[Finding, ...]


def find_scheme(name: str, root: Path = PROGRAMME) -> Path:
    """The file of `2019/manufacturing`, or a path as it is."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.exists():
        return path
    round_id, _, domain = name.rpartition("/")
    inside = root / round_id / "schemes" / f"{domain}.yaml"
    if inside.exists():
        return inside
    known = sorted(f"{file.parent.parent.name}/{file.stem}" for file in root.glob("*/schemes/*.yaml"))
    message = f"没有叫“{name}”的评价方案。"
    raise CannotGoOn([Finding(Severity.ERROR, "no_such_scheme", message, f"可写文件路径，或{'、'.join(known)}。")])


def load_scheme(path: Path, law: Law) -> Scheme:
    """A scheme that is fit to evaluate. Raises CannotGoOn with every finding when it is not."""
    reading = read_scheme(path, law)
    if reading.scheme is None or blocking(reading.findings):
        raise CannotGoOn(reading.findings)
    return reading.scheme


def read_scheme(path: Path, law: Law) -> Reading:
    """Read one file. Raises CannotGoOn only when it is not readable YAML at all."""
    data, findings = read_yaml(path)
    source = Source(path.name, law, findings)
    fields = Fields.of(source, data, 1, "评价方案")
    if not fields.mapping:
        source.error(1, "empty_scheme", "文件是空的，或不是“键: 值”。", "请从最近的评价方案复制一份再改。")
        return Reading(None, tuple(findings))
    scheme = _scheme(fields, path)
    if not blocking(findings):
        findings += check_whole(scheme)
    findings.sort(key=lambda finding: finding.line or 0)
    return Reading(scheme, tuple(findings))


def _scheme(fields: Fields, path: Path) -> Scheme:
    unit = fields.nested("unit", "unit") or Fields.of(fields.source, None, fields.line(), "unit")
    unit_label, key, name = unit.text("label", "单位"), unit.text("key", "key"), unit.text("name", "name")
    unit.done()
    basis = fields.basis()
    if basis is None:
        fields.error("", "no_basis", "评价方案没有依据。", "请写 basis: {clause: …}。")
    constants = _constants(fields)
    variables = _variables(fields)
    columns = {variable.id: Named(variable.kind, _named_unit(variable)) for variable in variables.values()}
    names = Names(columns, constants)
    derived, labels = _derived(fields, names)
    group_by = _group_by(fields, names)
    eligibility = read_rules(fields, "eligibility", "参评条件", names, basis)
    exemptions = read_rules(fields, "exemptions", "豁免", names, basis)
    vetoes = read_vetoes(fields, names, basis)
    tree = fields.nested("score", "score")
    if tree is None:
        fields.error("", "missing_key", "评价方案缺少 score。", "请写指标。")
        tree = Fields.of(fields.source, None, fields.line(), "score")
    root = read_node(tree, names, basis)
    nodes = {node.id: node for node in root.walk()}
    after = Names({**columns, **{node: Named(Kind.NUMBER) for node in nodes}}, constants)
    tiers = read_tiers(fields, names, after, basis)
    scheme = Scheme(
        id=fields.text("scheme", path.stem),
        domain=fields.text("domain"),
        label=fields.text("label"),
        lead_agency=fields.text("lead_agency", ""),
        basis=basis or Basis(assumption=""),
        trial=fields.boolean("trial"),
        file=path.name,
        digest=digest_bytes(path.read_bytes()),
        unit_label=unit_label,
        key=key,
        name=name,
        variables=variables,
        derived=derived,
        group_by=group_by,
        eligibility=eligibility,
        exemptions=exemptions,
        vetoes=vetoes,
        root=root,
        adjustments=read_adjustments(fields, names, basis),
        adjustments_between=read_between(fields),
        tie_break=read_tie_break(fields, names, nodes),
        tiers=tiers,
        selection=read_selection(fields, tiers, basis),
        column_labels={**{variable.id: variable.label for variable in variables.values()}, **labels},
        assumptions=assumptions_of(fields.mapping),
    )
    fields.basis("adjustments_between_basis")
    _constants_basis(fields, constants)
    fields.done()
    return scheme


def _named_unit(variable: Variable) -> Unit | None:
    return variable.unit if variable.kind is Kind.NUMBER else None


def _constants(fields: Fields) -> dict[str, Literal | tuple[Literal, ...]]:
    inner = fields.nested("constants", "constants")
    constants: dict[str, Literal | tuple[Literal, ...]] = {}
    for key in inner.mapping if inner else ():
        assert inner is not None
        value = read_constant(inner.raw(key))
        if value is None:
            inner.error(key, "wrong_kind", f"常数“{key}”须是数、日期、文本或它们的列表。")
        else:
            constants[key] = value
    return constants


def _constants_basis(fields: Fields, constants: dict[str, Literal | tuple[Literal, ...]]) -> None:
    """One basis for all constants, or one by name."""
    written = fields.mapping.get("constants_basis")
    if not isinstance(written, YamlMapping) or "clause" in written or "assumption" in written:
        fields.basis("constants_basis")
        return
    bases = fields.nested("constants_basis", "constants_basis")
    assert bases is not None
    for key in written:
        bases.basis(key)
        if key not in constants:
            bases.error(key, "unknown_name", f"constants 里没有“{key}”。", one_of(constants))


def _variables(fields: Fields) -> dict[str, Variable]:
    outer = fields.nested("variables", "variables") or Fields.of(fields.source, None, fields.line(), "variables")
    variables = {}
    for key in outer.mapping:
        inner = outer.nested(key, f"数据项“{key}”")
        if inner is None:
            outer.error(key, "wrong_kind", f"数据项“{key}”是空的。", "请至少写 {label: …}。")
            continue
        variables[key] = read_variable(key, inner)
    return variables


def read_variable(key: str, fields: Fields) -> Variable:
    """One column; the columns of details are written the same way."""
    if not key.isidentifier() or keyword.iskeyword(key):
        fields.error("", "bad_name", f"“{key}”不能作数据项的名字。", "请用字母、汉字、数字和下划线，不以数字开头。")
    unit, unit_text = fields.unit()
    kind = fields.choice("type", TYPES, "number")
    default = fields.raw("default")
    variable = Variable(
        id=key,
        label=fields.text("label", key),
        type=kind,
        unit=unit,
        unit_text=unit_text,
        decimals=fields.decimals("decimals"),
        source=fields.text("source", ""),
        required=fields.boolean("required", True),
        default=_default(fields, kind, default),
        missing_values=fields.texts("missing_values"),
    )
    fields.basis("basis")
    fields.text("note", "")
    fields.done()
    return variable


def _default(fields: Fields, kind: str, value: object) -> Fraction | str | bool | None:
    if value is None:
        return None
    if kind in ("number", "integer"):
        return fields.number("default")
    if kind == "boolean":
        return fields.boolean("default")
    if kind == "date" and not isinstance(read_constant(value), Date):
        fields.error("default", "wrong_kind", f"{fields.what}的 default 须是日期，例如 2019-04-09。")
        return None
    return str(value)


def _derived(fields: Fields, names: Names) -> tuple[tuple[Derived, ...], dict[str, str]]:
    """Derived columns in their order; each may use those before it. `names.columns` grows."""
    outer = fields.nested("derive", "derive")
    derived: list[Derived] = []
    labels: dict[str, str] = {}
    columns = names.columns
    assert isinstance(columns, dict)
    for key in outer.mapping if outer else ():
        assert outer is not None
        inner = outer.nested(key, f"派生列“{key}”") or Fields.of(fields.source, None, outer.line(key), f"派生列“{key}”")
        labels[key] = inner.text("label", key)
        if key in columns:
            outer.error(key, "duplicate_name", f"“{key}”已是数据项，派生列须另起名字。")
        column = _derived_column(key, inner, names)
        inner.basis("basis")
        inner.done()
        if column is not None:
            derived.append(column)
        kind = column.kind if isinstance(column, Computed) else Kind.TEXT
        columns[key] = Named(kind, column.unit if isinstance(column, Computed) else None)
    return tuple(derived), labels


def _derived_column(key: str, fields: Fields, names: Names) -> Derived | None:
    if fields.has("classify"):
        inner = fields.nested("classify", f"{fields.what}的 classify")
        return None if inner is None else _classify(key, inner, names)
    if fields.has("choose"):
        choices = []
        for item in fields.items("choose", f"{fields.what}的 choose"):
            condition = item.condition("when", names)
            then = item.text("then")
            item.done()
            if condition is not None:
                choices.append((condition, then))
        otherwise = fields.text("else", "") if fields.has("else") else None
        return Choose(key, tuple(choices), otherwise)
    if fields.has("formula"):
        return _computed(key, fields, names)
    fields.error("", "missing_key", f"{fields.what}不知怎样得出。", one_of(("classify", "formula", "choose")))
    return None


def _computed(key: str, fields: Fields, names: Names) -> Computed | None:
    unit, _ = fields.unit()
    try:
        typed = understand(fields.text("formula"), names)
    except FormulaError as error:
        fields.error("formula", "bad_formula", f"{fields.what}：{error}")
        return None
    if typed.kind is not Kind.NUMBER:
        return Computed(key, typed.expression, typed.kind, None)
    expression: Expression | None = fields.formula("formula", names, unit)
    return None if expression is None else Computed(key, expression, Kind.NUMBER, unit)


def _classify(key: str, fields: Fields, names: Names) -> Classify:
    of = fields.text("of")
    named = names.columns.get(of)
    if named is None or named.kind is not Kind.TEXT:
        fields.error("of", "unknown_name", f"{fields.what}按“{of}”分，而没有这个文本列。")
    classes: dict[str, tuple[str, ...]] = {}
    seen: dict[str, str] = {}
    inner = fields.nested("classes", f"{fields.what}的 classes")
    for label in inner.mapping if inner else ():
        assert inner is not None
        codes = []
        for code, line in inner.sequence(label):
            if not isinstance(code, str):
                fields.source.error(line, "wrong_kind", f"代码{code}须加引号，否则前面的0会丢。", f'请写成 "{code}"。')
            code = str(code)
            if code in seen:
                message = f"代码“{code}”既属“{seen[code]}”又属“{label}”。"
                fields.source.error(line, "duplicate_code", message, "一个代码只能属一类。")
            seen[code] = label
            codes.append(code)
        classes[label] = tuple(codes)
    otherwise = fields.text("else", "") if fields.has("else") else None
    fields.asked.append("else")
    fields.done()
    return Classify(key, Column(of, Kind.TEXT), classes, otherwise)


def _group_by(fields: Fields, names: Names) -> tuple[str, ...]:
    columns = fields.texts("group_by")
    for column in columns:
        named = names.columns.get(column)
        if named is None:
            fields.error(
                "group_by", "unknown_name", f"group_by 里没有叫“{column}”的列。", "请核对数据项和派生列的名字。"
            )
        elif named.kind not in (Kind.TEXT, Kind.BOOLEAN):
            fields.error(
                "group_by", "wrong_kind", f"不能按“{column}”分组：它是{named.kind.label}。", "只能按文本或是否分组。"
            )
    return columns
