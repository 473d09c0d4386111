"""Units to evaluate: 30 industries, six ratios of decimal columns, log-normal. Same size, same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from mujun.dataset import KEY, NAME

INDUSTRIES = 30
WEIGHTS = (30, 20, 20, 10, 10, 10)
DECIMALS = 2
_SEED = 2019


def write_units(path: Path, count: int) -> None:
    """A Parquet file in order of key."""
    draw = np.random.default_rng(_SEED)
    industry = pl.Series(draw.integers(0, INDUSTRIES, count)).cast(pl.String).str.zfill(2)
    key = pl.int_range(count, eager=True).cast(pl.String).str.zfill(9)
    columns = {KEY: key, NAME: key, "industry": industry}
    for place in range(len(WEIGHTS)):
        columns[f"above_{place}"] = pl.Series(np.round(draw.lognormal(5, 1, count), DECIMALS))
        columns[f"below_{place}"] = pl.Series(np.round(draw.lognormal(3, 1, count), DECIMALS) + 0.01)
    pl.DataFrame(columns).with_columns(pl.col(pl.Float64).round(DECIMALS)).write_parquet(path)


def scheme_text() -> str:
    """The scheme that every rival computes: ratio to the industry's benchmark, capped, weighted, ranked, tiered."""
    variables = [
        f"  {side}_{place}: {{label: {side}{place}}}" for place in range(len(WEIGHTS)) for side in ("above", "below")
    ]
    nodes = [
        f"    - {{id: ratio_{place}, label: 指标{place}, formula: above_{place} / below_{place}, weight: {weight}, "
        "normalise: {method: benchmark_ratio, benchmark: {statistic: ratio_of_sums, precision: 4}, floor: 0, cap: 1.5}}"
        for place, weight in enumerate(WEIGHTS)
    ]
    return "\n".join(
        [
            "scheme: bench",
            "domain: manufacturing",
            "label: 测速",
            "basis: {assumption: 测速用}",
            "unit: {label: 单位, key: key, name: name}",
            "variables:",
            "  industry: {label: 行业, type: text}",
            *variables,
            "group_by: [industry]",
            "score:",
            "  id: total",
            "  label: 总分",
            "  of: 100",
            "  precision: 4",
            "  children:",
            *nodes,
            "tiers:",
            "  order: [A, B, C, D]",
            "  levels:",
            "    - {tier: A, share: 0.20}",
            "    - {tier: B, share: 0.40}",
            "    - {tier: D, share: 0.05, rounding: ceil, from: bottom}",
            "    - {tier: C}",
            "selection: {quota: 10, from_tiers: [A], reserve: 3}",
            "",
        ]
    )


def weighted_sum_text() -> str:
    """The scheme that is no more than a weighted sum of ready ratios, ranked over all units."""
    numbers = range(len(WEIGHTS))
    return "\n".join(
        [
            "scheme: bench",
            "domain: manufacturing",
            "label: 测速",
            "basis: {assumption: 测速用}",
            "unit: {label: 单位, key: key, name: name}",
            "variables:",
            *[f"  ratio_{place}: {{label: 指标{place}}}" for place in numbers],
            "score:",
            "  id: total",
            "  label: 总分",
            "  precision: 4",
            "  children:",
            *[
                f"    - {{id: part_{place}, label: 指标{place}, formula: ratio_{place}, weight: {WEIGHTS[place]}}}"
                for place in numbers
            ],
            "",
        ]
    )
