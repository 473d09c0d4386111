"""The units of a place that do not add up to the place's own total."""

from __future__ import annotations

import polars as pl

from mujun.collection.model import Check, ControlTotal
from mujun.dataset import KEY
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.tell import Found, finding
from mujun.rounding import shortest, shortest_exact


def control_totals(context: Context) -> list[Finding]:
    """Places that the control totals know, with the units that came in; a cell of the first of them is named."""
    findings: list[Finding] = []
    controls = context.controls
    for check, rule in context.declared(ControlTotal) if controls is not None else ():
        assert controls is not None
        for name in rule.variables:
            if name in context.brought and name in controls.frame.columns:
                findings += _variable(context, check, rule, name, controls.frame)
    return findings


def _variable(context: Context, check: Check, rule: ControlTotal, name: str, controls: pl.DataFrame) -> list[Finding]:
    variable = context.scheme.variables[name]
    sums = (
        context.with_others(rule.by, name)
        .drop_nulls(rule.by)
        .group_by(rule.by, maintain_order=True)
        .agg(pl.col(KEY).first(), pl.col(name).sum().alias("sum"), pl.len().alias("units"))
    )
    wanted = controls.select(pl.col(_place(rule, controls)).alias(rule.by), pl.col(name).alias("control")).drop_nulls()
    off = sums.join(wanted, on=rule.by, maintain_order="left").filter(
        (pl.col("sum") - pl.col("control")).abs() > pl.col("control").abs() * float(rule.tolerance)
    )
    found = []
    for row in off.iter_rows(named=True):
        message = (
            f"{row[rule.by]}{row['units']:,}家的“{variable.label}”合计{shortest(row['sum'])}{variable.unit_text}，"
            f"全县数是{shortest(row['control'])}{variable.unit_text}，相差超过{shortest_exact(rule.tolerance * 100)}%。"
        )
        mend = "请看是不是漏报、多报了单位，或有的数填错了列；"
        mend += "确实如此的，请说明理由。" if check.needs_reason else "并与全县数的提供部门核对。"
        cell = context.cell(row[KEY], name)
        found.append(finding(context, check, Found("", name, message, mend), cell))
    return found


def _place(rule: ControlTotal, controls: pl.DataFrame) -> str:
    """The totals are of places: by their own column of that name, else by their key."""
    return rule.by if rule.by in controls.columns else KEY
