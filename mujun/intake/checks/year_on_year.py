"""Values far above or below last year's of the same unit."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from mujun.collection.model import YearOnYear
from mujun.dataset import KEY
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.tell import Found, tell
from mujun.rounding import half_up, shortest, shortest_exact


def year_on_year(context: Context) -> list[Finding]:
    """Both years must be positive; values that were and are small are passed over."""
    if context.previous is None:
        return []
    findings: list[Finding] = []
    for check, rule in context.declared(YearOnYear):
        found = []
        for name in rule.variables:
            if name not in context.brought or name not in context.previous.frame.columns:
                continue
            variable = context.scheme.variables[name]
            last = context.previous.frame.select(KEY, pl.col(name).alias("last"))
            both = context.values.select(KEY, pl.col(name).alias("now")).join(last, on=KEY, maintain_order="left")
            factor, least = float(rule.factor), float(rule.ignore_below)
            changed = both.filter(
                (pl.col("now") > 0) & (pl.col("last") > 0),
                (pl.col("now") >= least) | (pl.col("last") >= least),
                (pl.col("now") > pl.col("last") * factor) | (pl.col("now") * factor < pl.col("last")),
            )
            for key, now, before in changed.iter_rows():
                ratio = f"是上年的{_two(now / before)}倍" if now > before else f"只有上年的{_part(now, before)}"
                message = (
                    f"“{variable.label}”今年{shortest(now)}{variable.unit_text}，上年{shortest(before)}{variable.unit_text}，"
                    f"{ratio}（超过{shortest_exact(rule.factor)}倍就提醒）。"
                )
                mend = (
                    "请核对两年的数和口径；确实如此的，请说明理由。"
                    if check.needs_reason
                    else "请核对；确实如此的可以不管。"
                )
                found.append(Found(key, name, message, mend))
        findings += tell(context, check, found)
    return findings


def _part(now: float, before: float) -> str:
    """Such as 3.2%; smaller than a thousandth is said as one in so many."""
    share = now / before
    return f"{_two(share * 100)}%" if share >= 0.001 else f"{before / now:,.0f}分之一"


def _two(value: float) -> str:
    """At most two decimals, to be shown."""
    return shortest_exact(half_up(Fraction(value), 2))
