"""What a check may look at: what came in, what others and last year say, the register. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TypeVar

import polars as pl
from attrs import frozen

from mujun.collection import CollectionPlan, Derived, Form, derive
from mujun.collection.model import UNIT, Check, Coefficients, NetLand
from mujun.dataset import KEY, NAME, Dataset
from mujun.intake.places import Places
from mujun.register import Register
from mujun.scheme.model import Scheme, Variable

Rule = TypeVar("Rule")


@frozen(slots=False)
class Context:
    """`incoming` is what a form brought: rows are units, or records of a detail (KEY is then the record's number).

    `others` is what holds of the same units' other variables, `previous` last year's dataset of the scheme, `controls`
    the control totals: KEY is the name of the place. `held` are, of a detail, the records that hold already: what comes
    in goes over them, so that a correction of one record is judged beside the others.
    """

    scheme: Scheme
    plan: CollectionPlan
    form: Form
    incoming: Dataset
    places: Places
    others: Dataset | None = None
    previous: Dataset | None = None
    register: Register | None = None
    controls: Dataset | None = None
    held: pl.DataFrame | None = None

    def declared(self, kind: type[Rule]) -> Iterator[tuple[Check, Rule]]:
        """The plan's checks of one kind on the units' variables."""
        for check in self.plan.checks(self.scheme):
            if isinstance(check.rule, kind):
                yield check, check.rule

    def declared_on_records(self, kind: type[Rule]) -> Iterator[tuple[Check, Rule]]:
        """The plan's checks of one kind on the form's own rows: units, or a detail's records."""
        for check in self.plan.checks(self.scheme, self.form.table):
            if isinstance(check.rule, kind):
                yield check, check.rule

    @cached_property
    def derived(self) -> Derived | None:
        """What a detail's records come to; None for a form of the units' own variables."""
        if not self.form.table:
            return None
        records = self.incoming.frame
        if self.held is not None:
            kept = self.held.join(records.select(KEY), on=KEY, how="anti")
            records = pl.concat([records, kept], how="diagonal")
        return derive(self.plan, self.scheme, {self.form.table: records})

    @cached_property
    def values(self) -> pl.DataFrame:
        """A row per unit: KEY and the variables that came in, be it as they are or derived from a detail."""
        if self.derived is not None:
            return self.derived.frame().filter(pl.col(KEY).is_in(self.incoming.frame[UNIT].implode()))
        return self.incoming.frame.select(KEY, *self.brought)

    @property
    def brought(self) -> list[str]:
        """The scheme's variables that this form brings."""
        if self.derived is not None:
            return list(self.derived.values)
        return [one.id for one in self.form.variables if one.id in self.incoming.frame.columns]

    def with_others(self, *names: str) -> pl.DataFrame:
        """KEY and these columns for the units that came in: own, else what others say; null if nobody does."""
        frame = self.values.select(KEY, *(name for name in names if name in self.values.columns))
        for source in (self.others, self.previous):
            lacking = [name for name in dict.fromkeys(names) if name not in frame.columns]
            known = [name for name in lacking if source is not None and name in source.frame.columns]
            known = [name for name in known if source is self.others or name in self._lasting]
            if source is not None and known:
                more = source.frame.select(KEY, *known)
                frame = frame.join(more, on=KEY, how="left", maintain_order="left")
        rest = [
            pl.lit(None, self._dtype(name)).alias(name) for name in dict.fromkeys(names) if name not in frame.columns
        ]
        return frame.with_columns(rest).select(KEY, *dict.fromkeys(names))

    @property
    def _lasting(self) -> set[str]:
        """What a unit is, such as its place and industry, may be taken from last year where nobody says it yet."""
        return {one.id for one in self.scheme.variables.values() if one.type == "text"}

    def _dtype(self, name: str) -> pl.DataType:
        return pl.String() if name in self._lasting else pl.Float64()

    def column_of(self, variable: str) -> Variable:
        """The column in which the variable is written: its own, or the detail's that it is derived from."""
        for derivation in self.plan.derivations(self.scheme):
            if derivation.variable == variable and derivation.detail == self.form.table:
                method = derivation.method
                name = method.area if isinstance(method, NetLand) else ""
                name = name or (method.quantity if isinstance(method, Coefficients) else getattr(method, "amount", ""))
                return self.plan.details[derivation.detail].columns[name]
        return self.scheme.variables[variable]

    def cell(self, unit: str, variable: str) -> str:
        """Where a unit's value stands: its cell, or that of the first of its records; empty if not in the file."""
        if not self.form.table:
            return (self.places.cell(unit, variable) if unit in self.places else None) or ""
        record = self.first_record.get(unit)
        return "" if record is None else self.places.cell(record, self.column_of(variable).id) or ""

    def row(self, unit: str) -> int:
        """The row of the file, to tell findings in its order."""
        key = self.first_record.get(unit, "") if self.form.table else unit
        return self.places.get(key, 0)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by key, where a form brings names."""
        if self.form.table or NAME not in self.incoming.frame.columns:
            return {}
        return dict(self.incoming.frame.select(KEY, NAME).iter_rows())

    @cached_property
    def first_record(self) -> dict[str, str]:
        """Of a detail: the first record of each unit that came in."""
        rows = self.incoming.frame.filter(pl.col(UNIT).is_not_null()).select(UNIT, KEY).unique(UNIT, keep="first")
        return dict(rows.iter_rows())
