"""Read a detail of the plan: its columns, in the grammar of a scheme's variables."""

from __future__ import annotations

from collections.abc import Mapping

from mujun.collection.entries import basis_of, known
from mujun.collection.model import UNIT, Detail
from mujun.scheme.expression import Kind
from mujun.scheme.fields import Fields
from mujun.scheme.load import read_variable
from mujun.scheme.model import Scheme, Variable


def read_detail(fields: Fields, schemes: Mapping[str, Scheme]) -> Detail:
    """One entry of `details`."""
    detail_id = fields.text("id")
    fields.what = f"明细“{detail_id}”"
    detail = Detail(
        id=detail_id,
        label=fields.text("label"),
        schemes=known(fields, "schemes", fields.texts("schemes"), schemes, "评价方案"),
        source=fields.text("source"),
        key=fields.text("key"),
        columns=_columns(fields),
        basis=basis_of(fields),
    )
    if detail_id in schemes or not detail_id.isidentifier():
        fields.error("id", "bad_name", f"“{detail_id}”不能作明细的 id。", "请用字母、数字和下划线，不与评价方案同名。")
    if not fields.has("schemes"):
        fields.error("", "missing_key", f"{fields.what}缺少“schemes”。", "请写哪些评价方案用这个明细。")
    unit = detail.columns.get(UNIT)
    if unit is None or unit.kind is not Kind.TEXT or not unit.required:
        mend = f"请写 {UNIT}: {{label: 单位代码, type: text}}。"
        fields.error("columns", "no_unit_column", f"{fields.what}没有必填的文本列“{UNIT}”，不知记录是谁的。", mend)
    fields.done()
    return detail


def _columns(fields: Fields) -> dict[str, Variable]:
    outer = fields.nested("columns", f"{fields.what}的 columns")
    columns = {}
    for key in outer.mapping if outer else ():
        assert outer is not None
        inner = outer.nested(key, f"{fields.what}的列“{key}”")
        if inner is None:
            outer.error(key, "wrong_kind", f"{fields.what}的列“{key}”是空的。", "请至少写 {label: …}。")
        else:
            columns[key] = read_variable(key, inner)
    return columns
