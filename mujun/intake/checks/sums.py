"""Parts that do not make up the total of their unit."""

from __future__ import annotations

import polars as pl

from mujun.collection.model import SumOf
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.tell import Found, tell
from mujun.rounding import shortest, shortest_exact

_NOISE = 1e-9
"""What adding doubles may leave over: 0.1 + 0.2 is 0.3."""


def sums(context: Context) -> list[Finding]:
    """Units of which the total and every part is known, one of them from this form."""
    findings: list[Finding] = []
    variables = context.scheme.variables
    for check, rule in context.declared(SumOf):
        own = [name for name in (rule.total, *rule.parts) if name in context.brought]
        if not own:
            continue
        frame = context.with_others(rule.total, *rule.parts).drop_nulls()
        made = pl.sum_horizontal(rule.parts)
        off = frame.with_columns(made.alias("made")).filter(
            (pl.col("made") - pl.col(rule.total)).abs() > pl.col(rule.total).abs() * float(rule.tolerance) + _NOISE
        )
        total, parts = variables[rule.total], "＋".join(variables[name].label for name in rule.parts)
        allowed = "应正好相等" if rule.tolerance == 0 else f"相差超过{shortest_exact(rule.tolerance * 100)}%"
        found = [
            Found(
                row[off.columns[0]],
                own[0],
                f"“{total.label}”是{shortest(row[rule.total])}，而{parts}＝{shortest(row['made'])}，{allowed}。",
                "请核对合计和各项。",
            )
            for row in off.iter_rows(named=True)
        ]
        findings += tell(context, check, found)
    return findings
