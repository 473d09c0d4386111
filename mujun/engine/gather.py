"""Bring the scored table home: one row per unit, with what was decided and what there is to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import narwhals as nw
import polars as pl

from mujun.dataset import KEY, NAME, ROW, column_name
from mujun.engine.decided import Decided
from mujun.engine.evaluation import Evaluation
from mujun.engine.flags import exclusion_marks, flag_marks, in_words
from mujun.engine.noted import adoption_findings, marks, occurring, unit_findings
from mujun.engine.prepare import Prepared
from mujun.engine.sheet import Benchmark
from mujun.engine.unusual import Look, Unusual, find_unusual
from mujun.engine.waves import Table
from mujun.findings import Finding, Severity
from mujun.scheme.model import Scheme

_RULES = ("eligibility:", "exemption:", "veto:", "adjustment:")


def gather(table: Table, prepared: Prepared, decided: Decided, adopted: Sequence[str] | None) -> Evaluation:
    """The evaluation as frozen tables, ordered by key."""
    context = decided.standing.context
    scheme = context.scheme
    frame = _all_units(table, prepared)
    columns = [name for name in frame.columns if name.startswith("column:")]
    rules = [name for name in frame.columns if name.startswith(_RULES)]
    frame = frame.with_columns(decided.columns(frame.height))
    if scheme.selection is not None and scheme.selection.quota is None:
        listed = pl.Series("listed", adopted or [], dtype=pl.String)
        frame = frame.with_columns(selected=pl.col("eligible") & pl.col(KEY).is_in(listed.implode()))

    def look(columns: Sequence[pl.Expr], distinct: bool) -> pl.DataFrame:
        found = frame.select(columns)
        return found.unique() if distinct else found

    statuses = [name for name in frame.columns if name.startswith("status:")]
    unusual = find_unusual(scheme, look)
    units = frame.select(*unit_columns(scheme, frame.columns, look, unusual))
    details = frame.select(
        pl.col(KEY).alias("key"),
        *columns,
        *statuses,
        *rules,
        *(name for name in frame.columns if name.startswith(("points:adjustment:", "imputed:", "unrounded:"))),
    )
    marked = frame.select(KEY, *occurring(marks(context, frame.columns, unusual), look))
    findings = [
        *context.record.findings,
        *unit_findings(context, marked),
        *adoption_findings(scheme, units, adopted),
    ]
    group = context.scopes[scheme.group_by]
    return Evaluation(
        scheme=scheme,
        units=units,
        details=details,
        decimals=decimals_of(scheme),
        benchmarks=in_tree_order(scheme, context.record.benchmarks) if frame["eligible"].any() else (),
        findings=by_severity(scheme, findings),
        groups=tuple(group.shown(number) for number in range(len(group.labels))),
    )


def in_tree_order(scheme: Scheme, benchmarks: Iterable[Benchmark]) -> tuple[Benchmark, ...]:
    """By node, step and scope."""
    order = {name: place for place, name in enumerate(_subjects(scheme))}
    return tuple(
        sorted(benchmarks, key=lambda one: (order.get(one.node, len(order)), one.step, one.scope, one.statistic))
    )


def by_severity(scheme: Scheme, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then by what they are and the node they speak of."""
    order = {name: place for place, name in enumerate(_subjects(scheme))}
    severities = list(Severity)

    def place(one: Finding) -> tuple[int, str, int, str]:
        return severities.index(one.severity), one.code, order.get(one.variable, len(order)), one.message

    return tuple(sorted(findings, key=place))


def _all_units(table: Table, prepared: Prepared) -> pl.DataFrame:
    """Every unit by row, scored or left out."""
    scored = table.backend.fetch(table.frame)
    if scored.height < len(prepared.keys):
        left_out = table.backend.fetch(prepared.frame.filter(~nw.col("eligible")))
        scored = pl.concat([scored, left_out], how="diagonal")
    return (scored if scored[ROW].is_sorted() else scored.sort(ROW)).rechunk()


def _subjects(scheme: Scheme) -> Iterator[str]:
    """Nodes in tree order, each followed by its further scores."""
    for node in scheme.nodes():
        yield node.id
        for also in node.also:
            yield also.id


def unit_columns(scheme: Scheme, columns: Collection[str], look: Look, unusual: Unusual) -> Iterator[pl.Expr]:
    """The columns of units.csv over the scored table with what was decided; `columns` are the table's names."""
    yield pl.col(KEY).alias("key")
    yield pl.col(NAME).alias("name")
    for column in scheme.group_by:
        yield pl.col(column_name(column)).cast(pl.String).alias(column)
    yield pl.col("eligible")
    yield in_words(exclusion_marks(scheme), "；", look).alias("excluded_because")
    for node in scheme.nodes():
        if node.is_indicator:
            yield pl.col(f"value:{node.id}")
    for subject in _subjects(scheme):
        yield pl.col(f"score:{subject}")
    for child in scheme.root.children:
        yield pl.col(f"points:{child.id}")
    yield pl.col("adjustment")
    yield pl.col("score")
    yield from map(pl.col, ("rank", "group_size", "tier", "selected", "reserve"))
    yield in_words(flag_marks(scheme, columns, unusual), ";", look).alias("flags")


def decimals_of(scheme: Scheme) -> dict[str, int]:
    decimals = {"score": scheme.precision, f"score:{scheme.root.id}": scheme.precision}
    for node in scheme.nodes():
        if node.precision is not None:
            decimals[f"score:{node.id}"] = node.precision
        for also in node.also:
            if also.precision is not None:
                decimals[f"score:{also.id}"] = also.precision
    return decimals
