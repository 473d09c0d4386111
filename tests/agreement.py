"""Hold the engine against the reference: every column of every unit, every benchmark, every finding both speak of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from mujun.dataset import KEY, NAME, AdoptedList, Dataset, make_dataset
from mujun.engine import Evaluation, evaluate
from mujun.engine.backend import Backend
from mujun.law import Law
from mujun.scheme import Scheme, load_scheme
from tests.generated import Case, as_yaml
from tests.reference import Result
from tests.reference import evaluate as refer

KINDS: dict[str, Any] = {"text": pl.String, "date": pl.Date, "boolean": pl.Boolean}
SHARED_FINDINGS = {"missing_score", "tier_tie", "cut_tie", "no_score_in_scope"}
RELATIVE = Fraction(1, 10**11)


def scheme_of(text: str) -> Scheme:
    """A scheme from YAML text; needs no law, so its bases must be assumptions."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scheme.yaml"
        path.write_text(text, encoding="utf-8")
        return load_scheme(path, Law({}))


def dataset_of(scheme: Scheme, rows: Iterable[dict[str, Any]]) -> Dataset:
    """Rows of plain values as the shared table."""
    rows = list(rows)
    columns: dict[str, Any] = {
        KEY: pl.Series([row["key"] for row in rows], dtype=pl.String),
        NAME: pl.Series([row["name"] for row in rows], dtype=pl.String),
    }
    for variable in scheme.variables.values():
        kind = KINDS.get(variable.type, pl.Float64)
        values = [_plain(row.get(variable.id)) for row in rows]
        columns[variable.id] = pl.Series(values, dtype=kind)
    return make_dataset(pl.DataFrame(columns))


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else value


def evaluate_case(case: Case, backend: Backend | None = None) -> Evaluation:
    scheme = scheme_of(as_yaml(case.scheme))
    previous = None if case.previous is None else dataset_of(scheme, case.previous)
    return evaluate(scheme, dataset_of(scheme, case.rows), previous=previous, backend=backend)


def disagreements(case: Case) -> list[str]:
    """What differs between engine and reference; empty when they agree."""
    expected = refer(case.scheme, case.rows, case.previous)
    return [*unit_differences(evaluate_case(case), expected)]


def unit_differences(evaluation: Evaluation, expected: Result) -> list[str]:
    found = evaluation.units.to_dicts()
    if [row["key"] for row in found] != [row["key"] for row in expected.units]:
        return [f"keys: {[row['key'] for row in found]} != {[row['key'] for row in expected.units]}"]
    if expected.units and list(found[0]) != list(expected.units[0]):
        return [f"columns: {list(found[0])} != {list(expected.units[0])}"]
    differences = []
    for mine, other in zip(found, expected.units, strict=True):
        for column, value in other.items():
            exact = column in evaluation.decimals
            if not same(mine[column], value, evaluation.decimals.get(column) if exact else None):
                differences.append(f"{mine['key']} {column}: engine {mine[column]!r}, reference {_readable(value)}")
    differences += benchmark_differences(evaluation, expected)
    differences += finding_differences(evaluation, expected)
    return differences


def benchmark_differences(evaluation: Evaluation, expected: Result) -> list[str]:
    """Statistics, whoever they were taken from; fixed numbers have no units to count."""
    mine = sorted(
        (row.node, row.scope, row.statistic, row.n or 0, row.value or 0)
        for row in evaluation.benchmarks
        if row.statistic != "constant"
    )
    other = sorted(
        (row["node"], row["scope"], row["statistic"], row["n"] or 0, row["value"] or 0)
        for row in expected.benchmarks
        if row["statistic"] != "constant" and row["n"]
    )
    if [row[:4] for row in mine] != [row[:4] for row in other]:
        return [f"benchmarks: engine {sorted(set(mine) - set(other))}, reference {sorted(set(other) - set(mine))}"]
    return [
        f"benchmark {one[:4]}: engine {_readable(one[4])}, reference {_readable(two[4])}"
        for one, two in zip(mine, other, strict=True)
        if not same(float(one[4]), two[4], None)
    ]


def finding_differences(evaluation: Evaluation, expected: Result) -> list[str]:
    mine = {(one.code, one.variable) for one in evaluation.findings if one.code in SHARED_FINDINGS}
    other = {one for one in expected.findings if one[0] in SHARED_FINDINGS}
    return [f"findings: engine {sorted(mine)}, reference {sorted(other)}"] if mine != other else []


def same(mine: Any, other: Any, decimals: int | None) -> bool:
    """Equal; rounded numbers exactly, unrounded ones to eleven digits (and to 1e-12 around zero)."""
    if mine is None or other is None or isinstance(mine, str | bool | datetime.date):
        return bool(mine == other)
    if isinstance(mine, int):
        return Fraction(mine) == other
    if decimals is not None:
        return round(Fraction(mine) * 10**decimals) == other * 10**decimals
    return abs(Fraction(mine) - other) <= max(abs(other) * RELATIVE, RELATIVE / 10)


def _readable(value: Any) -> str:
    return f"{float(value)!r}" if isinstance(value, Fraction) else repr(value)


__all__ = ["AdoptedList", "dataset_of", "disagreements", "evaluate_case", "scheme_of", "unit_differences"]
