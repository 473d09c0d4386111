"""Numbers out of their bounds, broken numbers where things are counted, dates after the last possible day."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from mujun.collection.model import Check, InRange
from mujun.dataset import KEY
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.tell import Found, finding
from mujun.intake.report import MOST
from mujun.rounding import shortest, shortest_exact
from mujun.scheme.model import Variable


def in_range(context: Context) -> list[Finding]:
    """On the form's own rows: of a detail these are records."""
    columns = {variable.id: variable for variable in context.form.variables}
    found: list[Finding] = []
    for check, rule in context.declared_on_records(InRange):
        for name in rule.variables:
            if name in columns and name in context.incoming.frame.columns:
                found += _column(context, check, rule, columns[name])
    return found


def _column(context: Context, check: Check, rule: InRange, variable: Variable) -> Iterator[Finding]:
    """Cells that break the rule, in the order of the file."""
    column = pl.col(variable.id)
    says: list[tuple[pl.Expr, str, str]] = []
    if rule.at_least is not None:
        bound = shortest_exact(rule.at_least)
        word = "不可能是负数" if rule.at_least == 0 else f"不应小于{bound}"
        says.append((column < float(rule.at_least), f"“{variable.label}”是{{value}}，{word}。", _MEND_NUMBER))
    if rule.at_most is not None:
        bound = shortest_exact(rule.at_most)
        says.append((column > float(rule.at_most), f"“{variable.label}”是{{value}}，不应大于{bound}。", _MEND_NUMBER))
    if rule.whole:
        mend = "请填整数；本来就有小数的，请核对是不是填错了列。"
        says.append((column != column.floor(), f"“{variable.label}”是{{value}}，应为整数。", mend))
    if rule.not_after is not None:
        day = f"{rule.not_after.year}年{rule.not_after.month}月{rule.not_after.day}日"
        mend = "请核对年份；还没有发生的不要填。"
        says.append((column > rule.not_after, f"“{variable.label}”是{{value}}，晚于{day}。", mend))
    for broken, message, mend in says:
        rows = context.incoming.frame.filter(broken).select(KEY, variable.id)
        for key, value in rows.head(MOST).iter_rows():
            shown = shortest(value) if isinstance(value, float) else str(value)
            cell = (context.places.cell(key, variable.id) if key in context.places else None) or ""
            yield finding(context, check, Found(key, variable.id, message.format(value=shown), mend), cell)
        if rows.height > MOST:
            told = f"“{variable.label}”{check.label}共{rows.height:,}处，以上只列了前{MOST:,}处。"
            yield finding(context, check, Found("", variable.id, told, "请先检查整列。"), "")


_MEND_NUMBER = "请核对后改正；没有数据的请留空，不要用负数代替。"
