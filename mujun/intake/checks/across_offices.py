"""One office's number against another's: a part is no more than its whole, a cost no more than the revenue."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from mujun.collection.model import AtMost
from mujun.dataset import KEY
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.tell import Found, tell
from mujun.rounding import shortest, shortest_exact
from mujun.scheme.units import conversion


def across_offices(context: Context) -> list[Finding]:
    """Compared where at least one side has just come in; where the other lacks, it is compared when that comes in."""
    findings: list[Finding] = []
    variables = context.scheme.variables
    for check, rule in context.declared(AtMost):
        own = [name for name in (rule.left, rule.right) if name in context.brought]
        if not own:
            continue
        left, right = variables[rule.left], variables[rule.right]
        factor = rule.times * (conversion(right.unit, left.unit) or Fraction(1))
        frame = context.with_others(rule.left, rule.right)
        over = frame.filter(pl.col(rule.left) > pl.col(rule.right) * float(factor)).select(KEY, rule.left, rule.right)
        times = "" if rule.times == 1 else f"的{shortest_exact(rule.times)}倍"
        found = []
        for key, more, less in over.iter_rows():
            this, that = f"{shortest(more)}{left.unit_text}", f"{shortest(less)}{right.unit_text}{times}"
            message = f"“{left.label}”{this}，大于“{right.label}”{that}。"
            other = next((name for name in (rule.left, rule.right) if name not in own), "")
            source = f"“{variables[other].label}”是{variables[other].source}报的；" if other else ""
            mend = f"{source}请核对是哪个数错了，尤其看计量单位。"
            mend += "确实如此的，请说明理由。" if check.needs_reason else ""
            found.append(Found(key, own[0], message, mend))
        findings += tell(context, check, found)
    return findings
