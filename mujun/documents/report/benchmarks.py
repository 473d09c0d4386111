"""Which benchmark an indicator has for units of a group, and how many times the benchmark a value is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from mujun.charts import Spread
from mujun.engine.evaluation import Evaluation
from mujun.engine.result import Result
from mujun.rounding import fixed, shortest_exact
from mujun.scheme.model import BenchmarkRatio, Node, Scheme

Row = tuple[str, int, str, str]
"""Node, step, scope and value as printed."""


def benchmark_rows(source: Evaluation | Result) -> list[Row]:
    """The benchmarks of an evaluation in memory or read back, alike."""
    if isinstance(source, Result):
        return [(row["node"], int(row["step"]), row["scope"], row["value"]) for row in source.benchmarks]
    return [
        (one.node, one.step, one.scope, "" if one.value is None else _printed(one.value, one.decimals))
        for one in source.benchmarks
    ]


def _printed(value: Any, decimals: int | None) -> str:
    return shortest_exact(value) if decimals is None else fixed(value, decimals)


def compared(scheme: Scheme) -> list[Node]:
    """Indicators whose score is a multiple of a benchmark and nothing else."""
    return [
        node
        for node in scheme.nodes()
        if node.is_indicator and len(node.normalise) == 1 and isinstance(node.normalise[0], BenchmarkRatio)
    ]


def benchmark_of(rows: Sequence[Row], node: Node, columns: Mapping[str, Any]) -> str:
    """The benchmark that holds for a unit with these columns; empty where it cannot be told."""
    for name, step, scope, value in rows:
        if name == node.id and step == 0 and _within(scope, columns):
            return value
    return ""


def _within(scope: str, columns: Mapping[str, Any]) -> bool:
    if scope == "all":
        return True
    for part in scope.split(";"):
        name, _, wanted = part.partition("=")
        if name not in columns or (str(columns[name]) if columns[name] is not None else "（空）") != wanted:
            return False
    return True


def spreads(source: Evaluation | Result, units: pl.DataFrame, columns: Mapping[str, Any]) -> list[Spread]:
    """The units of one class, each indicator as multiples of its benchmark before any floor or cap."""
    rows, found = benchmark_rows(source), []
    for node in compared(source.scheme):
        printed = benchmark_of(rows, node, columns)
        if printed and float(printed) > 0:
            values = units[f"value:{node.id}"].drop_nulls().to_list()
            found.append(Spread(node.label, [multiple(node, value, float(printed)) for value in values]))
    return found


def multiple(node: Node, value: float, benchmark: float) -> float:
    """More is better: where less is, the benchmark over the value."""
    if node.direction == "lower":
        return benchmark / value if value else float("inf")
    return value / benchmark
