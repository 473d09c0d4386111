"""Read the declared checks of a plan: on which tables, which rule, how severe, whether a reason is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from mujun.collection.entries import basis_of, date_of, known, known_one, needed_date
from mujun.collection.model import (
    DIVISIONS,
    INDUSTRIES,
    AtMost,
    Check,
    ControlTotal,
    Detail,
    Duplicates,
    InRange,
    KnownCodes,
    KnownUnits,
    Outliers,
    Rule,
    SumOf,
    UnitScale,
    YearOnYear,
)
from mujun.findings import Severity
from mujun.scheme.expression import Kind
from mujun.scheme.fields import Fields, one_of
from mujun.scheme.model import Scheme, Variable
from mujun.scheme.units import conversion, parse_unit

Columns = Mapping[str, Variable]
_SEVERITIES = {Severity.ERROR.value: Severity.ERROR, Severity.WARNING.value: Severity.WARNING}


def read_check(fields: Fields, schemes: Mapping[str, Scheme], details: Mapping[str, Detail]) -> Check | None:
    """One entry of `checks`; None where its rule makes no sense."""
    check_id = fields.text("id")
    fields.what = f"校验“{check_id}”"
    tables = {
        **{name: scheme.variables for name, scheme in schemes.items()},
        **{name: detail.columns for name, detail in details.items()},
    }
    names = known(fields, "tables", fields.texts("tables"), tables, "评价方案或明细")
    if not fields.has("tables"):
        fields.error("", "missing_key", f"{fields.what}缺少“tables”。", "请写校验哪些评价方案或明细。")
    rule_name = fields.text("rule")
    if rule_name not in _RULES:
        fields.error("rule", "unknown_choice", f"{fields.what}没有叫“{rule_name}”的办法。", one_of(_RULES))
    severity = _SEVERITIES[fields.choice("severity", _SEVERITIES, "warning")]
    needs_reason = fields.boolean("needs_reason")
    if needs_reason and severity is Severity.ERROR:
        mend = "要说明理由才放行的，请写 severity: warning；不能放行的，请去掉 needs_reason。"
        fields.error("needs_reason", "error_with_reason", f"{fields.what}是错误，说明理由也不能放行。", mend)
    label, basis = fields.text("label"), basis_of(fields)
    if rule_name not in _RULES:
        return None
    rule = _RULES[rule_name](fields, [tables[name] for name in names])
    if isinstance(rule, ControlTotal) and rule.totals:
        known(fields, "totals", (rule.totals,), schemes, "评价方案")
    fields.done()
    return Check(check_id, label, names, rule, severity, needs_reason, basis)


def _variables(fields: Fields, tables: list[Columns], kinds: tuple[Kind, ...] = (Kind.NUMBER,)) -> tuple[str, ...]:
    """Variables that each of the tables has. Left out, or 全部: every column of these kinds that any has."""
    names = fields.texts("variables")
    if not names or names == ("全部",):
        every = {name for table in tables for name, variable in table.items() if variable.kind in kinds}
        return tuple(sorted(every))
    for table in tables:
        known(fields, "variables", names, table, "数据项")
        for name in names:
            if name in table and table[name].kind not in kinds:
                shown = f"{fields.what}不能用在{table[name].kind.label}“{name}”上。"
                fields.error("variables", "wrong_kind", shown, "请核对数据项的种类。")
    return names


def _number(fields: Fields, key: str, least: Fraction = Fraction(0)) -> Fraction:
    value = fields.number(key)
    if value is None:
        if key not in fields.mapping:
            fields.error("", "missing_key", f"{fields.what}缺少“{key}”。", "请补上。")
        return least
    if value < least:
        fields.error(key, "out_of_range", f"{fields.what}的“{key}”不能小于{least}。")
    return value


def _count(fields: Fields, key: str) -> int:
    value = fields.whole(key)
    if value is None and key not in fields.mapping:
        fields.error("", "missing_key", f"{fields.what}缺少“{key}”。", "请补上整数。")
    return value or 0


def _one(fields: Fields, key: str, tables: list[Columns], kind: Kind, default: str | None = None) -> str:
    name = fields.text(key, default)
    for table in tables if name else ():
        found = known_one(fields, key, table, "数据项", default)
        if found and table[found].kind is not kind:
            fields.error(key, "wrong_kind", f"{fields.what}的“{key}”须是{kind.label}列，“{name}”不是。")
    return name


def _in_range(fields: Fields, tables: list[Columns]) -> Rule:
    not_after = date_of(fields, "not_after")
    kinds = (Kind.DATE,) if fields.has("not_after") else (Kind.NUMBER,)
    rule = InRange(
        variables=_variables(fields, tables, kinds),
        at_least=fields.number("at_least"),
        at_most=fields.number("at_most"),
        whole=fields.boolean("whole"),
        not_after=not_after,
    )
    if rule.at_least is None and rule.at_most is None and not rule.whole and not fields.has("not_after"):
        mend = one_of(("at_least", "at_most", "whole", "not_after"))
        fields.error("", "missing_key", f"{fields.what}没有写范围。", mend)
    return rule


def _at_most(fields: Fields, tables: list[Columns]) -> Rule:
    times = fields.number("times", Fraction(1)) or Fraction(1)
    left, right = _one(fields, "left", tables, Kind.NUMBER), _one(fields, "right", tables, Kind.NUMBER)
    for table in tables:
        if left in table and right in table and conversion(table[left].unit, table[right].unit) is None:
            message = f"{fields.what}：“{left}”和“{right}”的计量单位不能相比。"
            fields.error("left", "unit_mismatch", message, "请核对两个数据项。")
    return AtMost(left, right, times)


def _unit_scale(fields: Fields, tables: list[Columns]) -> Rule:
    return UnitScale(
        variables=_variables(fields, tables),
        at_least=_count(fields, "at_least"),
        certainty=_number(fields, "certainty"),
        least_spread=_number(fields, "least_spread"),
        near=_number(fields, "near"),
        peers_at_least=_count(fields, "peers_at_least"),
        peers_spread=_number(fields, "peers_spread"),
        peers_near=_number(fields, "peers_near"),
        peers_apart=_number(fields, "peers_apart"),
        part_at_least=_count(fields, "part_at_least"),
        part_apart=_number(fields, "part_apart"),
        part_share=fields.share("part_share") or Fraction(0),
        part_by=fields.text("part_by", ""),
        peers_by=fields.text("peers_by", ""),
        peers_digits=fields.whole("peers_digits", 0) or 0,
        others=_other_units(fields),
    )


def _other_units(fields: Fields) -> dict[str, tuple[Fraction, str]]:
    outer = fields.nested("other_units", f"{fields.what}的 other_units")
    units = {}
    for key in outer.mapping if outer else ():
        assert outer is not None
        inner = outer.nested(key, f"计量单位“{key}”") or Fields.of(fields.source, None, outer.line(key), key)
        times, of = _number(inner, "times"), inner.text("of")
        if parse_unit(of) is None:
            inner.error("of", "unknown_unit", f"{inner.what}以“{of}”为准，而“{of}”不认识。", "请核对计量单位。")
        elif times > 0:
            units[key] = (times, of)
        inner.done()
    return units


def _year_on_year(fields: Fields, tables: list[Columns]) -> Rule:
    ignore_below = fields.number("ignore_below", Fraction(0)) or Fraction(0)
    return YearOnYear(_variables(fields, tables), _number(fields, "factor", Fraction(1)), ignore_below)


def _duplicates(fields: Fields, tables: list[Columns]) -> Rule:
    return Duplicates(_count(fields, "identical"))


def _sum_of(fields: Fields, tables: list[Columns]) -> Rule:
    parts = fields.texts("parts")
    for table in tables:
        known(fields, "parts", parts, table, "数据项")
    return SumOf(_one(fields, "total", tables, Kind.NUMBER), parts, _number(fields, "tolerance"))


def _control_total(fields: Fields, tables: list[Columns]) -> Rule:
    by = _one(fields, "by", tables, Kind.TEXT)
    return ControlTotal(_variables(fields, tables), by, _number(fields, "tolerance"), fields.text("totals", ""))


def _known_units(fields: Fields, tables: list[Columns]) -> Rule:
    return KnownUnits(needed_date(fields, "at"))


def _known_codes(fields: Fields, tables: list[Columns]) -> Rule:
    of = fields.choice("of", (DIVISIONS, INDUSTRIES), DIVISIONS)
    return KnownCodes(_variables(fields, tables, (Kind.TEXT,)), of, needed_date(fields, "at"))


def _outliers(fields: Fields, tables: list[Columns]) -> Rule:
    return Outliers(
        above=_one(fields, "above", tables, Kind.NUMBER),
        below=_one(fields, "below", tables, Kind.NUMBER),
        by=_one(fields, "by", tables, Kind.TEXT, ""),
        digits=fields.whole("digits", 0) or 0,
        z=_number(fields, "z"),
        peers=_count(fields, "peers"),
    )


_RULES: Mapping[str, Callable[[Fields, list[Columns]], Rule]] = {
    "in_range": _in_range,
    "at_most": _at_most,
    "unit_scale": _unit_scale,
    "year_on_year": _year_on_year,
    "duplicates": _duplicates,
    "sum_of": _sum_of,
    "control_total": _control_total,
    "known_units": _known_units,
    "known_codes": _known_codes,
    "outliers": _outliers,
}
