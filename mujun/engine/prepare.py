"""Make a dataset ready to be scored: defaults, derived columns, conditions, scopes. Computes no scores."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import narwhals as nw
import polars as pl
from attrs import frozen

from mujun.dataset import KEY, NAME, ROW, Dataset, column_name
from mujun.engine.backend import Backend, Frame
from mujun.engine.express import Columns, certain, condition, mantissa, number, other
from mujun.engine.scopes import Over
from mujun.scheme.expression import Kind
from mujun.scheme.model import (
    BenchmarkRatio,
    Choose,
    Classify,
    Computed,
    FormulaStep,
    MinMax,
    Node,
    PercentileRank,
    Rank,
    Scheme,
    Statistic,
    Step,
    Variable,
    ZScore,
)

KINDS: Mapping[Kind, pl.DataType] = {
    Kind.NUMBER: pl.Float64(),
    Kind.TEXT: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.BOOLEAN: pl.Boolean(),
}


@frozen
class Prepared:
    """All units with their derived columns and conditions.

    `applies` names the column of each node that is not for all.
    """

    frame: Frame
    columns: Columns
    applies: Mapping[str, str]
    keys: pl.Series
    """Of all units, by row."""


@frozen(eq=False)
class Arranged:
    """The scheme's variables of all units, with their defaults, in order of key: `unit:row` counts from 0."""

    table: pl.DataFrame | pl.LazyFrame
    keys: pl.Series
    decimals: Mapping[str, int | None]
    """Of the variables as the data brought them."""


def prepare(scheme: Scheme, dataset: Dataset, backend: Backend) -> Prepared:
    """A dataset from memory."""
    ordered = dataset.frame if dataset.frame[KEY].is_sorted() else dataset.frame.sort(KEY)
    row = pl.int_range(pl.len(), dtype=pl.Int64).alias(ROW)
    table = ordered.select(row, KEY, NAME, *variables(scheme, ordered.columns))
    return prepare_units(scheme, Arranged(table, ordered[KEY], dataset.decimals), backend)


def prepare_units(scheme: Scheme, arranged: Arranged, backend: Backend) -> Prepared:
    """Every unit, with columns `eligibility:<id>`, `exemption:<id>`, `veto:<id>`, `adjustment:<id>`,
    `applies:<node>`, `eligible`.
    """
    frame, columns = _with_mantissas(scheme, arranged, backend)
    for column in scheme.derived:
        if isinstance(column, Classify):
            frame = _classify(frame, column, backend)
        elif isinstance(column, Choose):
            frame = frame.with_columns(_choose(column, columns).alias(column_name(column.id)))
        else:
            frame = frame.with_columns(_computed(column, columns).alias(column_name(column.id)))
    conditions = _conditions(scheme, columns)
    if conditions:
        frame = frame.with_columns(*conditions)
    eligible = nw.lit(True)
    for rule in scheme.eligibility:
        eligible = eligible & nw.col(f"eligibility:{rule.id}")
    frame = frame.with_columns(eligible.alias("eligible"))
    frame, applies = _applies(frame, scheme, columns)
    return Prepared(backend.settle(frame), columns, applies, arranged.keys)


def variables(scheme: Scheme, brought: Collection[str]) -> list[pl.Expr]:
    """A column for each variable of the scheme, as it came or empty if it lacks, with the default in its gaps."""
    return [_variable(variable, brought).alias(column_name(variable.id)) for variable in scheme.variables.values()]


def _variable(variable: Variable, brought: Collection[str]) -> pl.Expr:
    kind = KINDS[variable.kind]
    column = pl.col(variable.id) if variable.id in brought else pl.lit(None, kind)
    if variable.default is None:
        return column
    return column.fill_null(pl.lit(_default(variable.default, variable.kind), kind))


def _with_mantissas(scheme: Scheme, arranged: Arranged, backend: Backend) -> tuple[Frame, Columns]:
    frame = backend.bring(arranged.table)
    decimals = {
        variable.id: _with_default(arranged.decimals.get(variable.id, 0), variable.default)
        for variable in scheme.variables.values()
        if variable.kind is Kind.NUMBER
    }
    mantissas = [
        (nw.col(column_name(name)) * 10.0**places + 0.5).floor().alias(mantissa(name))
        for name, places in decimals.items()
        if places
    ]
    return frame.with_columns(*mantissas) if mantissas else frame, Columns(decimals)


def _with_default(decimals: int | None, default: object) -> int | None:
    """A default may have decimals of its own; then the column is computed with as it is."""
    if decimals is None or default is None or (float(default) * 10**decimals).is_integer():  # type: ignore[arg-type]
        return decimals
    return None


def _default(value: object, kind: Kind) -> object:
    if kind is Kind.NUMBER:
        return float(value)  # type: ignore[arg-type]
    return date.fromisoformat(str(value)) if kind is Kind.DATE else value


def _classify(frame: Frame, column: Classify, backend: Backend) -> Frame:
    """The class of the longest prefix; worked out once per distinct code."""
    of, made = column_name(column.of.name), column_name(column.id)
    prefixes = {prefix: label for label, codes in column.classes.items() for prefix in codes}
    codes = [row[0] for row in backend.fetch(frame.select(of).unique()).iter_rows() if row[0] is not None]
    labels = [_class_of(code, prefixes, column.otherwise) for code in codes]
    table = pl.DataFrame({of: codes, made: labels}, schema={of: pl.String, made: pl.String})
    return backend.look_up(frame, table, [of])


def _class_of(code: str, prefixes: Mapping[str, str], otherwise: str | None) -> str | None:
    for length in range(len(code), 0, -1):
        if code[:length] in prefixes:
            return prefixes[code[:length]]
    return otherwise


def _choose(column: Choose, columns: Columns) -> nw.Expr:
    result = nw.lit(column.otherwise, nw.String)
    for when, then in reversed(column.choices):
        result = nw.when(certain(when, columns)).then(nw.lit(then)).otherwise(result)
    return result


def _computed(column: Computed, columns: Columns) -> nw.Expr:
    if column.kind is Kind.NUMBER:
        return number(column.expression, columns)
    return condition(column.expression, columns) if column.kind is Kind.BOOLEAN else other(column.expression, columns)


def _conditions(scheme: Scheme, columns: Columns) -> list[nw.Expr]:
    rules = [
        *(("eligibility", rule) for rule in scheme.eligibility),
        *(("exemption", rule) for rule in scheme.exemptions),
        *(("veto", rule) for rule in scheme.vetoes),
        *(("adjustment", rule) for rule in scheme.adjustments),
    ]
    return [certain(rule.when, columns).alias(f"{kind}:{rule.id}") for kind, rule in rules]


def _applies(frame: Frame, scheme: Scheme, columns: Columns) -> tuple[Frame, dict[str, str]]:
    """Whether each node exists for a unit: its own `applies` and those of all above it."""
    names: dict[str, str] = {}

    def visit(node: Node, above: str | None) -> None:
        nonlocal frame
        here = above
        if node.applies is not None:
            here = f"applies:{node.id}"
            own = certain(node.applies, columns)
            frame = frame.with_columns((own if above is None else own & nw.col(above)).alias(here))
        if here is not None:
            names[node.id] = here
        for child in node.children:
            visit(child, here)

    visit(scheme.root, None)
    return frame, names


def wanted_scopes(scheme: Scheme) -> list[Over]:
    """Every set of columns inside which something is counted."""
    wanted: list[Over] = [(), scheme.group_by]
    for node in scheme.nodes():
        for step in (*node.normalise, *(step for also in node.also for step in also.normalise)):
            wanted += [scheme.scope_columns(over) for over in _scopes_of(step)]
        if node.impute is not None:
            wanted.append(scheme.scope_columns(node.impute.by))
        wanted.append(scheme.scope_columns(node.missing.by))
    if scheme.tiers is not None:
        wanted.append(scheme.scope_columns(scheme.tiers.over))
    return list(dict.fromkeys(wanted))


def _scopes_of(step: Step) -> list[Over | None]:
    if isinstance(step, ZScore | PercentileRank | Rank | FormulaStep):
        return [step.over]
    levels = (
        [step.benchmark]
        if isinstance(step, BenchmarkRatio)
        else [step.low, step.high]
        if isinstance(step, MinMax)
        else []
    )
    return [level.over for level in levels if isinstance(level, Statistic)]
