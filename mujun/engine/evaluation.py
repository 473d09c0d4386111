"""The result of an evaluation: frozen tables that files, pages and explanations are made from."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from attrs import frozen

from mujun.engine.sheet import Benchmark
from mujun.findings import Finding
from mujun.scheme.model import Scheme


@frozen
class Evaluation:
    """Every unit's walk from value to selection.

    `units`: the columns of docs/scheme-language.md section 3 with full doubles, ordered by key. `details`: one row
    per unit
    in the same order, what only explanations need (`column:<variable>`, `status:<node>`, adjustments one by one).
    `decimals`: with how many
    decimals a column prints; columns that do not appear print as the shortest decimal.
    """

    scheme: Scheme
    units: pl.DataFrame
    details: pl.DataFrame
    decimals: Mapping[str, int]
    benchmarks: tuple[Benchmark, ...]
    findings: tuple[Finding, ...]
    groups: tuple[str, ...]
    """The groups that have eligible units, as they are shown, in order."""
