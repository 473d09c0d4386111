"""How results print: fixed decimals where a scheme rounds, else the shortest decimal that reads back.

Same bytes everywhere.
"""

from __future__ import annotations

import polars as pl

from mujun.engine.evaluation import Evaluation
from mujun.engine.sheet import Benchmark
from mujun.findings import Finding
from mujun.rounding import fixed, shortest, shortest_exact

BENCHMARK_COLUMNS = ("node", "step", "scope", "n", "statistic", "value")
FINDING_COLUMNS = ("severity", "code", "file", "sheet", "cell", "unit", "variable", "message", "mend")


def printed_units(evaluation: Evaluation) -> pl.DataFrame:
    """The rows of units.csv as text; missing is empty."""
    columns = []
    for column in evaluation.units.iter_columns():
        if column.dtype == pl.Float64:
            columns.append(_numbers(column, evaluation.decimals.get(column.name)))
        elif column.dtype == pl.Boolean:
            columns.append(pl.Series(column.name, ["true" if value else "false" for value in column], dtype=pl.String))
        else:
            columns.append(column.cast(pl.String).fill_null(""))
    return pl.DataFrame(columns)


def _numbers(column: pl.Series, decimals: int | None) -> pl.Series:
    if decimals is None:
        texts = ["" if value is None else shortest(value) for value in column]
    else:
        power = 10**decimals
        texts = ["" if value is None else _fixed(round(value * power), decimals, power) for value in column]
    return pl.Series(column.name, texts, dtype=pl.String)


def _fixed(scaled: int, decimals: int, power: int) -> str:
    """The value is already the double nearest to a decimal, so the whole number is exact."""
    if decimals == 0:
        return str(scaled)
    whole, rest = divmod(abs(scaled), power)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{decimals}d}"


def printed_benchmark(benchmark: Benchmark) -> tuple[str, ...]:
    """A row of benchmarks.csv."""
    if benchmark.value is None:
        value = ""
    elif benchmark.decimals is None:
        value = shortest_exact(benchmark.value)
    else:
        value = fixed(benchmark.value, benchmark.decimals)
    count = "" if benchmark.n is None else str(benchmark.n)
    return benchmark.node, str(benchmark.step), benchmark.scope, count, benchmark.statistic, value


def printed_finding(finding: Finding) -> tuple[str, ...]:
    """A row of findings.csv."""
    return (
        finding.severity.value,
        finding.code,
        finding.file,
        finding.sheet,
        finding.cell,
        finding.unit,
        finding.variable,
        finding.message,
        finding.mend,
    )
