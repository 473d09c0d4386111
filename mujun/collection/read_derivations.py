"""Read how variables come from details, and check that names, kinds and units fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from mujun.collection.entries import basis_of, known, known_one, needed_date
from mujun.collection.model import (
    Coefficients,
    CoefficientTable,
    Derivation,
    Detail,
    LandKind,
    Method,
    NetLand,
    SignedSum,
)
from mujun.scheme.expression import Kind
from mujun.scheme.fields import Fields
from mujun.scheme.model import Scheme, Variable
from mujun.scheme.units import Unit, conversion, parse_unit, shown

METHODS = ("net_land", "signed_sum", "coefficients")


def read_derivations(
    fields: Fields,
    schemes: Mapping[str, Scheme],
    details: Mapping[str, Detail],
    tables: Mapping[str, CoefficientTable],
    data_year: int | None,
    before: Sequence[Derivation],
) -> list[Derivation]:
    """One entry of `derivations`: a derivation for each scheme it names."""
    variable = fields.text("variable")
    fields.what = f"“{variable}”的取数规则"
    names = known(fields, "schemes", fields.texts("schemes"), schemes, "评价方案")
    if not fields.has("schemes"):
        fields.error("", "missing_key", f"{fields.what}缺少“schemes”。", "请写用在哪些评价方案。")
    detail = details.get(known_one(fields, "detail", details, "明细"))
    method_name = fields.choice("method", METHODS, "signed_sum")
    precision, basis, in_use = fields.decimals("precision"), basis_of(fields), fields.boolean("in_use", True)
    if precision is None:
        fields.error("", "missing_key", f"{fields.what}缺少“precision”（四舍五入到几位小数）。", "请补上。")
    if detail is None:
        return []
    read = {"net_land": _net_land, "signed_sum": _signed_sum}.get(method_name)
    method, unit = read(fields, detail) if read else _coefficients(fields, detail, tables, data_year)
    fields.done()
    if method is None:
        return []
    for name in names:
        _check_fit(fields, schemes[name], variable, detail, unit, in_use, before)
    return [Derivation(name, variable, detail.id, method, precision or 0, basis, in_use) for name in names]


def _check_fit(
    fields: Fields,
    scheme: Scheme,
    name: str,
    detail: Detail,
    unit: Unit | None,
    in_use: bool,
    before: Sequence[Derivation],
) -> None:
    known_one(fields, "variable", scheme.variables, f"数据项（评价方案 {scheme.id}）")
    if scheme.id not in detail.schemes:
        message = f"{fields.what}用到明细“{detail.id}”，而那个明细没有写评价方案“{scheme.id}”。"
        fields.error("detail", "wrong_scheme", message, "请在明细的 schemes 里加上。")
    if in_use and any(one.in_use and (one.scheme, one.variable) == (scheme.id, name) for one in before):
        message = f"“{scheme.id}”的“{name}”已有一条在用的取数规则。"
        fields.error("variable", "derived_twice", message, "请只留一条，其余写 in_use: false。")
    variable = scheme.variables.get(name)
    if variable is None or not in_use:
        return
    if variable.kind is not Kind.NUMBER:
        fields.error("variable", "wrong_kind", f"“{name}”是{variable.kind.label}，不能由明细算出。")
    elif unit is not None and conversion(unit, variable.unit) is None:
        message = f"{fields.what}得出的单位是{shown(unit)}，评价方案“{scheme.id}”里是{variable.unit_text or '1'}。"
        fields.error("variable", "unit_mismatch", message, "请核对明细的单位、系数表或评价方案。")


def _column(fields: Fields, key: str, detail: Detail, kind: Kind, needed: bool = True) -> Variable | None:
    """The column that `key` names, of the kind that it has to be."""
    name = known_one(fields, key, detail.columns, f"列（明细 {detail.id}）", None if needed else "")
    column = detail.columns.get(name)
    if column is not None and column.kind is not kind:
        fields.error(key, "wrong_kind", f"{fields.what}的“{key}”须是{kind.label}列，“{name}”是{column.kind.label}。")
    return column


def _id(column: Variable | None) -> str:
    return column.id if column else ""


def _net_land(fields: Fields, detail: Detail) -> tuple[Method | None, Unit | None]:
    kinds = {}
    outer = fields.nested("kinds", f"{fields.what}的 kinds")
    for key in outer.mapping if outer else ():
        assert outer is not None
        inner = outer.nested(key, f"用地类别“{key}”")
        if inner is not None:
            kinds[key] = _land_kind(inner, detail)
    if not kinds:
        fields.error("kinds", "missing_key", f"{fields.what}缺少“kinds”（哪几类用地，加还是减）。", "请补上。")
    area = _column(fields, "area", detail, Kind.NUMBER)
    method = NetLand(
        at=needed_date(fields, "at"),
        kinds=kinds,
        merged=fields.choice("shared", ("apart", "merged"), "apart") == "merged",
        kind=_id(_column(fields, "kind", detail, Kind.TEXT)),
        parcel=_id(_column(fields, "parcel", detail, Kind.TEXT)),
        area=_id(area),
        share=_id(_column(fields, "share", detail, Kind.NUMBER, needed=False)),
    )
    whole = all((method.kind, method.parcel, method.area, kinds))
    return method if whole else None, area.unit if area else None


def _land_kind(fields: Fields, detail: Detail) -> LandKind:
    sign = fields.raw("sign")
    if sign not in (1, -1) or isinstance(sign, bool):
        fields.error("sign", "out_of_range", f"{fields.what}的“sign”须是 1（加）或 -1（减）。")
        sign = 1
    kind = LandKind(
        sign=sign,
        whole=fields.boolean("whole"),
        begins=_id(_column(fields, "begins", detail, Kind.DATE, needed=False)),
        ends=_id(_column(fields, "ends", detail, Kind.DATE, needed=False)),
        dated=fields.boolean("dated"),
    )
    if kind.whole and kind.sign < 0:
        fields.error("whole", "out_of_range", f"{fields.what}是减项，面积不能按整宗分摊。", "请去掉 whole。")
    fields.done()
    return kind


def _signed_sum(fields: Fields, detail: Detail) -> tuple[Method | None, Unit | None]:
    outer = fields.nested("components", f"{fields.what}的 components")
    components: dict[str, Fraction] = {}
    for key in outer.mapping if outer else ():
        assert outer is not None
        factor = outer.number(key)
        if factor is not None:
            components[key] = factor
    if not components:
        fields.error("components", "missing_key", f"{fields.what}没有 components。", "请写 增值税: 1 那样的各项。")
    component, amount = (
        _column(fields, "component", detail, Kind.TEXT),
        _column(fields, "amount", detail, Kind.NUMBER),
    )
    if not (component and amount and components):
        return None, None
    return SignedSum(components, component.id, amount.id), amount.unit


def _coefficients(
    fields: Fields, detail: Detail, tables: Mapping[str, CoefficientTable], data_year: int | None
) -> tuple[Method | None, Unit | None]:
    table = tables.get(known_one(fields, "table", tables, "系数表"))
    item, quantity = _column(fields, "item", detail, Kind.TEXT), _column(fields, "quantity", detail, Kind.NUMBER)
    measure = _column(fields, "measure", detail, Kind.TEXT, needed=False)
    if table is not None and data_year is not None and table.year != data_year:
        message = f"{fields.what}用的系数表“{table.id}”是{table.year}年的，数据是{data_year}年的。"
        fields.error("table", "wrong_year", message, "请换成数据年度的系数表。")
    if not (table and item and quantity):
        return None, None
    return Coefficients(table, item.id, quantity.id, _id(measure)), parse_unit(table.result)
