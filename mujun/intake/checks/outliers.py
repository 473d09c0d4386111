"""Ratios far from those of their peers, by a robust z of logs: distance from the median over 1.4826 × MAD."""

from __future__ import annotations

import polars as pl

from mujun.collection.model import Outliers
from mujun.dataset import KEY
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.tell import Found, tell
from mujun.rounding import shortest

NORMAL = 1.4826
"""Makes the median absolute deviation of a normal distribution its standard deviation."""


def outliers(context: Context) -> list[Finding]:
    """Peers are the units that came in, of the same class; a class with too few says nothing."""
    findings: list[Finding] = []
    for check, rule in context.declared(Outliers):
        own = [name for name in (rule.above, rule.below) if name in context.brought]
        if not own:
            continue
        above, below = context.scheme.variables[rule.above], context.scheme.variables[rule.below]
        odd = _odd(context.with_others(*dict.fromkeys((rule.above, rule.below, *([rule.by] if rule.by else [])))), rule)
        found = []
        for row in odd.iter_rows(named=True):
            unit = f"{above.unit_text or '1'}/{below.unit_text}" if below.unit_text else above.unit_text
            message = (
                f"“{above.label}”÷“{below.label}”是{shortest(_three(row['ratio']))}{unit}，"
                f"同行{row['peers']:,}家的中位数是{shortest(_three(row['middle']))}，相差{row['z']:.1f}倍稳健标准差。"
            )
            mend = "请核对两个数；确实如此的" + ("，请说明理由。" if check.needs_reason else "可以不管。")
            found.append(Found(row[KEY], own[0], message, mend))
        findings += tell(context, check, found)
    return findings


def _odd(frame: pl.DataFrame, rule: Outliers) -> pl.DataFrame:
    there = frame.filter((pl.col(rule.above) > 0) & (pl.col(rule.below) > 0))
    peers = pl.col(rule.by) if rule.by else pl.lit("")
    peers = peers.str.slice(0, rule.digits) if rule.digits else peers
    there = there.with_columns(peers.alias("class"), (pl.col(rule.above) / pl.col(rule.below)).alias("ratio"))
    there = there.drop_nulls("class").with_columns(pl.col("ratio").log().alias("log"))
    there = there.with_columns(
        pl.col("log").median().over("class").alias("centre"), pl.len().over("class").alias("peers")
    )
    there = there.with_columns((pl.col("log") - pl.col("centre")).abs().alias("off"))
    there = there.with_columns((pl.col("off").median().over("class") * NORMAL).alias("spread"))
    return (
        there.filter(pl.col("peers") >= rule.peers, pl.col("spread") > 0)
        .with_columns((pl.col("off") / pl.col("spread")).alias("z"), pl.col("centre").exp().alias("middle"))
        .filter(pl.col("z") > float(rule.z))
    )


def _three(value: float) -> float:
    """Three significant digits, to be shown."""
    return float(f"{value:.3g}")
