"""Read the tables of coefficients beside a plan: what a unit of each item counts, and on which basis."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from mujun.collection.entries import basis_of
from mujun.collection.model import Coefficient, CoefficientTable
from mujun.rounding import shortest_exact
from mujun.scheme.fields import Fields, Source
from mujun.scheme.units import parse_unit
from mujun.yaml_source import read_yaml


def read_coefficients(folder: Path, source: Source) -> dict[str, CoefficientTable]:
    """Every table of a folder, by id. Findings go where the plan's go, each with its own file and line."""
    tables: dict[str, CoefficientTable] = {}
    for path in sorted(folder.glob("*.yaml")):
        data, problems = read_yaml(path)
        own = Source(f"{folder.parent.name}/{folder.name}/{path.name}", source.law, problems)
        fields = Fields.of(own, data, 1, "系数表")
        table = _table(fields, own.file)
        if table.id in tables:
            fields.error("coefficients", "duplicate_name", f"有两张系数表叫“{table.id}”。", "请换一个名字。")
        tables[table.id] = table
        source.findings.extend(problems)
    return tables


def _table(fields: Fields, file: str) -> CoefficientTable:
    year = fields.whole("year")
    if year is None:
        fields.error("", "missing_key", "系数表缺少“year”（哪一年的系数）。", "请补上。")
    table = CoefficientTable(
        id=fields.text("coefficients"),
        label=fields.text("label"),
        year=year or 0,
        result=fields.text("result"),
        items=_items(fields),
        file=file,
    )
    if parse_unit(table.result) is None:
        fields.error("result", "unknown_unit", f"系数表的“result”是“{table.result}”，不认识。", "请核对计量单位。")
    fields.done()
    return table


def _items(fields: Fields) -> dict[str, Coefficient]:
    outer = fields.nested("items", "系数表的 items")
    if outer is None:
        fields.error("", "missing_key", "系数表没有 items。", "请写各项的系数。")
    items = {}
    for key in outer.mapping if outer else ():
        assert outer is not None
        inner = outer.nested(key, f"系数“{key}”") or Fields.of(fields.source, None, outer.line(key), f"系数“{key}”")
        times, divide = inner.number("times"), inner.number("divide")
        if (times is None) == (divide is None):
            inner.error("", "no_coefficient", f"{inner.what}须写 times（乘）或 divide（除以）之一。")
        elif not (times or divide or 0) > 0:
            inner.error("times" if times is not None else "divide", "out_of_range", f"{inner.what}须大于0。")
        else:
            factor = times if times is not None else 1 / (divide or Fraction(1))
            text = f"×{shortest_exact(times)}" if times is not None else f"÷{shortest_exact(divide or Fraction(1))}"
            items[key] = Coefficient(factor, text, inner.text("unit"), basis_of(inner))
        inner.asked += ["unit", "basis"]
        inner.done()
    return items
