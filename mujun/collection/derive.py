"""Derive variables from details by the plan's rules, each value traceable to its records. Knows no file and no cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import polars as pl

from mujun.collection.by_coefficients import weigh_by_coefficients
from mujun.collection.derived import INPUTS, Derived, Outcome, Part, Problem, as_decimal
from mujun.collection.model import Coefficients, Derivation, Detail, NetLand, SignedSum
from mujun.collection.net_land import add_up_land
from mujun.collection.plan import CollectionPlan
from mujun.collection.records import Record, records_of
from mujun.collection.signed_sum import add_components
from mujun.scheme.model import Scheme
from mujun.scheme.units import conversion, parse_unit


def derive(plan: CollectionPlan, scheme: Scheme, details: Mapping[str, pl.DataFrame]) -> Derived:
    """Every variable that the plan takes from a detail which is there.

    `details` hold, by id, KEY (the record's number) and the detail's columns. A parcel may bear units of several
    schemes, so land is right only if the records of all of them are in the table; the values are then of all of them.
    """
    values: dict[str, dict[str, Decimal]] = {}
    decimals: dict[str, int] = {}
    tables: dict[str, str] = {}
    problems: dict[Problem, None] = {}
    groups: dict[str, str] = {}
    inputs = [pl.DataFrame(schema=INPUTS)]
    records: dict[str, list[Record]] = {}
    for derivation in plan.derivations(scheme):
        if derivation.detail not in details:
            continue
        if derivation.detail not in records:
            records[derivation.detail] = records_of(details[derivation.detail])
        outcome = derive_one(derivation, scheme, plan.details[derivation.detail], records[derivation.detail])
        name = derivation.variable
        values[name] = _sums(outcome.parts, derivation.precision)
        decimals[name], tables[name] = derivation.precision, derivation.detail
        problems |= dict.fromkeys(outcome.problems)
        groups |= outcome.groups
        inputs.append(_inputs(outcome.parts, name, derivation.detail))
    return Derived(values, decimals, tables, pl.concat(inputs), tuple(problems), groups)


def derive_one(derivation: Derivation, scheme: Scheme, detail: Detail, records: Sequence[Record]) -> Outcome:
    """One variable of all units of the records."""
    target = scheme.variables[derivation.variable].unit
    match derivation.method:
        case NetLand() as method:
            factor = conversion(detail.columns[method.area].unit, target)
            return add_up_land(method, detail, records, factor or Fraction(1), derivation.precision)
        case SignedSum() as method:
            factor = conversion(detail.columns[method.amount].unit, target)
            return add_components(method, detail, records, factor or Fraction(1), derivation.precision)
        case Coefficients() as method:
            result = parse_unit(method.table.result)
            factor = conversion(result, target) if result is not None else None
            return weigh_by_coefficients(method, detail, records, factor or Fraction(1), derivation.precision)


def _sums(parts: Sequence[Part], precision: int) -> dict[str, Decimal]:
    sums: dict[str, int] = defaultdict(int)
    for part in parts:
        sums[part.unit] += part.amount
    return {unit: as_decimal(steps, precision) for unit, steps in sorted(sums.items())}


def _inputs(parts: Sequence[Part], variable: str, table: str) -> pl.DataFrame:
    """Ordered by unit, then by record."""
    ordered = sorted(parts, key=lambda part: (part.unit, part.record))
    return pl.DataFrame(
        {
            "variable": [variable] * len(ordered),
            "unit": [part.unit for part in ordered],
            "table": [table] * len(ordered),
            "record": [part.record for part in ordered],
            "quantity": [part.quantity for part in ordered],
            "factor": [part.factor for part in ordered],
            "amount": [part.amount for part in ordered],
        },
        schema=INPUTS,
    )
