"""What the entries of a plan have in common: dates, lists of known names, a basis each. Knows no kind of entry."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from datetime import date

from mujun.law import Basis
from mujun.scheme.expression import Date
from mujun.scheme.fields import Fields, one_of
from mujun.scheme.formula import read_constant


def basis_of(fields: Fields) -> Basis:
    """An entry without a basis is a finding: no number of a plan is without."""
    basis = fields.basis()
    if basis is None:
        mend = "请写 basis: {clause: 条款} 或 {assumption: 为何}。"
        fields.error("", "no_basis", f"{fields.what}没有依据。", mend)
    return basis or Basis(assumption="")


def date_of(fields: Fields, key: str) -> date | None:
    value = fields.raw(key)
    if value is None:
        return None
    constant = read_constant(value)
    if isinstance(constant, Date):
        return constant.value
    fields.error(key, "wrong_kind", f"{fields.what}的“{key}”须是日期，例如 2018-12-31，现在是“{value}”。")
    return None


def needed_date(fields: Fields, key: str) -> date:
    value = date_of(fields, key)
    if value is None and not fields.mapping.get(key):
        fields.error("", "missing_key", f"{fields.what}缺少“{key}”。", "请补上日期，例如 2018-12-31。")
    return value or date.min


def known(fields: Fields, key: str, names: Iterable[str], known_names: Collection[str], what: str) -> tuple[str, ...]:
    """Those of the names that are known; each other one is a finding."""
    found = []
    for name in names:
        if name in known_names:
            found.append(name)
            continue
        near = difflib.get_close_matches(name, list(known_names), 1)
        mend = f"是不是“{near[0]}”？" if near else one_of(known_names) if known_names else ""
        fields.error(key, "unknown_name", f"{fields.what}提到的{what}“{name}”不存在。", mend)
    return tuple(found)


def known_one(fields: Fields, key: str, known_names: Collection[str], what: str, default: str | None = None) -> str:
    """The name under a key, which must be known; empty if it is not."""
    name = fields.text(key, default)
    return "" if not name else next(iter(known(fields, key, [name], known_names, what)), "")
