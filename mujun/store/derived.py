"""Make the plan's derived values from the details that hold, ready to be sealed. The rules are the collection's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from attrs import field, frozen

from mujun.collection import CollectionPlan, Derivation, Derived, derive
from mujun.collection.derived import as_decimal
from mujun.collection.model import NetLand
from mujun.findings import Finding
from mujun.scheme.model import Scheme
from mujun.store.holding import UNIT, Holding
from mujun.store.store import Store


@frozen(eq=False)
class DerivedValues:
    """By variable: `values` has `unit` and `value` (canonical text). `inputs` says what each record gave: `variable`,
    `unit`, `table`, `record`, `quantity`, `factor`, `amount`. `groups` says which units are taken together, with whom.
    """

    values: Mapping[str, pl.DataFrame] = field(factory=dict)
    inputs: pl.DataFrame | None = None
    rules: Mapping[str, dict[str, Any]] = field(factory=dict)
    groups: Mapping[str, str] = field(factory=dict)
    findings: tuple[Finding, ...] = ()


def derive_values(store: Store, holding: Holding, scheme: Scheme, plan: CollectionPlan) -> DerivedValues:
    """Values of the units of this scheme. Records of all schemes are looked at: a parcel may bear units of several.

    Of a holding of some units, theirs alone: right if these are `kin`.
    """
    wanted = plan.derivations(scheme)
    if not wanted:
        return DerivedValues()
    others = [one.only(holding.some) for one in _others(store, holding, scheme, plan)]
    tables = {one.detail for one in wanted}
    details = {table: _records(table, plan, [holding, *others]) for table in tables}
    details = {table: frame for table, frame in details.items() if not frame.is_empty()}
    derived = derive(plan, scheme, details)
    own = set(holding.every.select(UNIT).unique().collect()[UNIT])
    return DerivedValues(
        values={name: _frame(values, own) for name, values in derived.values.items()},
        inputs=_inputs(derived, own),
        rules={one.variable: _rule(one, plan) for one in wanted if one.variable in derived.values},
        groups={unit: lead for unit, lead in derived.groups.items() if unit in own},
        findings=derived.findings,
    )


def kin(store: Store, holding: Holding, scheme: Scheme, plan: CollectionPlan, unit: str) -> frozenset[str]:
    """The unit and whoever shares a parcel with it, directly or through others: on their records alone rests what is
    derived of it.
    """
    columns = {(one.detail, one.method.parcel) for one in plan.derivations(scheme) if isinstance(one.method, NetLand)}
    holdings = [holding, *_others(store, holding, scheme, plan)] if columns else []
    said = [one.saying(table, parcel).select(UNIT, "value") for one in holdings for table, parcel in columns]
    found, fresh = {unit}, {unit}
    while fresh and said:
        parcels = pl.concat([one.filter(pl.col(UNIT).is_in(fresh)) for one in said]).collect()["value"].drop_nulls()
        there = pl.concat([one.filter(pl.col("value").is_in(set(parcels))) for one in said]).collect()[UNIT]
        fresh = set(there) - found
        found |= fresh
    return frozenset(found)


def _others(store: Store, holding: Holding, scheme: Scheme, plan: CollectionPlan) -> list[Holding]:
    return [store.look(f"{plan.round}/{one}", holding.seq) for one in plan.schemes if one != scheme.id]


def _records(table: str, plan: CollectionPlan, holdings: list[Holding]) -> pl.DataFrame:
    columns = tuple(plan.details[table].columns.values())
    frames = [one.records(table, columns) for one in holdings]
    return pl.concat(frames).unique(maintain_order=True)


def _frame(values: Mapping[str, Any], own: set[str]) -> pl.DataFrame:
    kept = {unit: value for unit, value in values.items() if unit in own}
    texts = [_canonical(format(value, "f")) for value in kept.values()]
    return pl.DataFrame({UNIT: list(kept), "value": texts}, schema={UNIT: pl.String, "value": pl.String})


def _canonical(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _inputs(derived: Derived, own: set[str]) -> pl.DataFrame:
    """Amounts as text with the decimals of their variable."""
    parts = [pl.DataFrame(schema={**dict.fromkeys(derived.inputs.columns, pl.String)})]
    for name, places in derived.decimals.items():
        rows = derived.inputs.filter(pl.col("variable") == name, pl.col(UNIT).is_in(own))
        texts = [_canonical(format(as_decimal(steps, places), "f")) for steps in rows["amount"]]
        parts.append(rows.with_columns(pl.Series("amount", texts, pl.String)))
    return pl.concat(parts)


def _rule(one: Derivation, plan: CollectionPlan) -> dict[str, Any]:
    """How a value is made, as the manifest says it."""
    return {
        "table": one.detail,
        "detail": plan.details[one.detail].label,
        "columns": {name: column.label for name, column in plan.details[one.detail].columns.items()},
        "method": type(one.method).__name__,
        "precision": one.precision,
        "clause": one.basis.clause,
        "assumption": one.basis.assumption,
    }
