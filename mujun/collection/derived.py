"""What came of deriving variables from details: values, contributions of records, problems. Computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

import polars as pl
from attrs import field, frozen

from mujun.dataset import KEY
from mujun.findings import Finding, Severity


@frozen
class Problem:
    """Something wrong with a record of a detail. `column` is the column to look at; `unit` whose record it is.

    `across`: it shows only beside other records, so that it is certain only once all of them are there.
    """

    severity: Severity
    code: str
    record: str
    column: str
    unit: str
    message: str
    mend: str
    across: bool = False


@frozen
class Contribution:
    """What one record gave to a value: `quantity` as it was written, `factor` as people read it, `amount` counted.

    The amounts of a value add up to it exactly; each differs from quantity × factor by less than one last digit.
    """

    table: str
    record: str
    quantity: str
    factor: str
    amount: Decimal


@frozen
class Part:
    """A contribution before it is stored: `amount` in steps of the last digit."""

    unit: str
    record: str
    quantity: str
    factor: str
    amount: int


@frozen
class Outcome:
    """What one derivation gave. A unit without a record is not among the parts: unknown is not zero.

    `groups` says, of units taken together, with which one (whose key comes first) they are.
    """

    parts: Sequence[Part]
    problems: Sequence[Problem] = ()
    groups: Mapping[str, str] = field(factory=dict)


@frozen(eq=False)
class Derived:
    """Values by variable and unit, and the contributions that they are the sums of.

    `inputs` has a row per record and variable: variable, unit, table, record, quantity, factor, amount (steps of
    10^-decimals). `tables` says from which detail a variable came.
    """

    values: Mapping[str, Mapping[str, Decimal]]
    decimals: Mapping[str, int]
    tables: Mapping[str, str]
    inputs: pl.DataFrame
    problems: tuple[Problem, ...] = ()
    groups: Mapping[str, str] = field(factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The problems, without cells: where a record stands in a file is known to who read it."""
        return tuple(
            Finding(one.severity, one.code, one.message, one.mend, unit=one.unit, variable=one.column)
            for one in self.problems
        )

    def frame(self) -> pl.DataFrame:
        """KEY and a number column per variable, in the order of the keys; null where a unit has no record."""
        units = sorted({unit for values in self.values.values() for unit in values})
        columns = {
            variable: pl.Series([_double(values.get(unit)) for unit in units], dtype=pl.Float64)
            for variable, values in self.values.items()
        }
        return pl.DataFrame({KEY: pl.Series(units, dtype=pl.String), **columns})

    def contributions(self, unit: str, variable: str) -> tuple[Contribution, ...]:
        """The records that a value was made of, in the order of their numbers."""
        rows = self._by_value.get((variable, unit))
        if rows is None:
            return ()
        return tuple(
            Contribution(table, record, quantity, factor, as_decimal(amount, self.decimals[variable]))
            for table, record, quantity, factor, amount in rows.select(
                "table", "record", "quantity", "factor", "amount"
            ).iter_rows()
        )

    @cached_property
    def _by_value(self) -> dict[tuple[object, ...], pl.DataFrame]:
        return self.inputs.partition_by("variable", "unit", as_dict=True, include_key=True)


INPUTS = {
    "variable": pl.String,
    "unit": pl.String,
    "table": pl.String,
    "record": pl.String,
    "quantity": pl.String,
    "factor": pl.String,
    "amount": pl.Int64,
}


def as_decimal(steps: int, decimals: int) -> Decimal:
    """Steps of the last digit as a decimal with all its digits."""
    return Decimal(steps).scaleb(-decimals)


def _double(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
