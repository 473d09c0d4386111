"""Evaluate more units than memory holds: Parquet to Parquet, reading the data again for every question.

The same steps as `evaluate`; only what the order of units depends on is held in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from attrs import frozen

from mujun.dataset import KEY, NAME, ROW, count_decimals
from mujun.engine.backend import StreamingBackend
from mujun.engine.evaluate import score_and_decide
from mujun.engine.gather import by_severity, in_tree_order, unit_columns
from mujun.engine.noted import marks, unit_findings
from mujun.engine.prepare import Arranged, prepare_units, variables
from mujun.engine.sheet import Benchmark, Context
from mujun.engine.unusual import anything
from mujun.engine.waves import Progress
from mujun.findings import Finding
from mujun.scheme.expression import Kind
from mujun.scheme.model import Scheme

_ROW_GROUP = 250_000


@frozen
class Written:
    """What there is to say beside the file of units."""

    count: int
    benchmarks: tuple[Benchmark, ...]
    findings: tuple[Finding, ...]


def evaluate_parquet(scheme: Scheme, data: Path, out: Path, *, progress: Progress | None = None) -> Written:
    """Evaluate a Parquet file with `unit:key`, `unit:name` and the scheme's variables, all of their types.

    Writes the columns of units.csv, ordered by key. Keys must be there and differ. Benchmarks of last round and adopted
    lists are not for this size: they are refused.
    """
    _refuse(scheme)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".mujun-") as folder:
        arranged = _arrange(scheme, data, Path(folder))
        backend = StreamingBackend()
        prepared = prepare_units(scheme, arranged, backend)
        table, decided = score_and_decide(scheme, prepared, {}, backend, progress)
        scored: pl.LazyFrame = table.frame.to_native()
        base: pl.LazyFrame = prepared.frame.to_native()
        context, count = decided.standing.context, len(arranged.keys)
        columns = [_by_row(column) for column in decided.columns(count)]
        del arranged, prepared, table, decided  # keys and the order of all units are large
        benchmarks, findings = _write(_all_units(scored, base), columns, context, out)
    return Written(count, benchmarks, findings)


def _refuse(scheme: Scheme) -> None:
    if scheme.selection is not None and scheme.selection.quota is None:
        raise ValueError(f"{scheme.id} takes over an adopted list: evaluate it in memory")
    for node in scheme.nodes():
        for step in (*node.normalise, *(step for also in node.also for step in also.normalise)):
            if any(getattr(getattr(step, name, None), "previous", False) for name in ("benchmark", "low", "high")):
                raise ValueError(f"{scheme.id} needs last round's data: evaluate it in memory")


def _arrange(scheme: Scheme, data: Path, folder: Path) -> Arranged:
    """Put the file in order of key, if it is not, and look at one column at a time."""
    keys = pl.read_parquet(data, columns=[KEY])[KEY].rechunk()
    if not keys.is_sorted():
        ordered = folder / "ordered.parquet"
        pl.read_parquet(data).sort(KEY).write_parquet(ordered)
        data, keys = ordered, keys.sort()
    if keys.has_nulls() or (keys == keys.shift(1)).any():
        raise ValueError("keys must be there and differ")
    brought = pl.scan_parquet(data)
    columns = brought.collect_schema().names()
    decimals = {
        variable.id: count_decimals(pl.read_parquet(data, columns=[variable.id])[variable.id])
        for variable in scheme.variables.values()
        if variable.kind is Kind.NUMBER and variable.id in columns
    }
    row = pl.col(ROW).cast(pl.Int64)
    table = brought.with_row_index(ROW).select(row, KEY, NAME, *variables(scheme, columns))
    return Arranged(table, keys, decimals)


def _write(
    scored: pl.LazyFrame, columns: Sequence[pl.Expr], context: Context, out: Path
) -> tuple[tuple[Benchmark, ...], tuple[Finding, ...]]:
    scheme = context.scheme
    frame = scored.with_columns(columns)
    names = frame.collect_schema().names()

    def look(columns: Sequence[pl.Expr], distinct: bool) -> pl.DataFrame:
        found = frame.select(columns)
        return (found.unique() if distinct else found).collect(engine="streaming")

    unusual = anything(scheme)
    said = marks(context, names, unusual)
    marked = frame.select(ROW, KEY, *said).filter(pl.any_horizontal(_names(said)))
    findings = unit_findings(context, marked.collect(engine="streaming").sort(ROW))
    frame.select(unit_columns(scheme, names, look, unusual)).sink_parquet(out, row_group_size=_ROW_GROUP)
    return in_tree_order(scheme, context.record.benchmarks), by_severity(scheme, [*context.record.findings, *findings])


def _names(columns: Sequence[pl.Expr]) -> list[str]:
    return [column.meta.output_name() for column in columns]


def _by_row(column: pl.Series) -> pl.Expr:
    """Each row's own value of a column that is in memory, in as few bytes as it needs."""
    kind = column.dtype
    if kind == pl.Int64:
        column = column.cast(pl.Int32)
    elif kind == pl.String:
        column = column.cast(pl.Enum(column.unique().drop_nulls().sort()))
    found = pl.col(ROW).map_batches(column.gather, return_dtype=column.dtype, is_elementwise=True)
    return found.cast(kind).alias(column.name)


def _all_units(scored: pl.LazyFrame, base: pl.LazyFrame) -> pl.LazyFrame:
    """The scored units and those left out, in order of key."""
    schema = scored.collect_schema()
    left_out = base.filter(~pl.col("eligible"))
    if left_out.select(pl.len()).collect(engine="streaming").item() == 0:
        return scored
    there = base.collect_schema().names()
    columns = [pl.col(name) if name in there else pl.lit(None, kind).alias(name) for name, kind in schema.items()]
    return scored.merge_sorted(left_out.select(columns), key=ROW)
