"""Fill missing raw values (impute) and tame extreme ones (treat). Scores come later."""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction

import narwhals as nw

from mujun.engine.numbers import clip
from mujun.engine.sheet import Sheet, own
from mujun.engine.statistics import Answer, Ask
from mujun.engine.waves import Wave
from mujun.scheme.model import Clip

Making = Generator[Wave, dict[Ask, Answer], str]
"""Ends with the name of the column made."""

BEFORE_IMPUTE, BEFORE_TREAT = -2, -1
"""Where these stand among the steps of benchmarks.csv: normalisation steps count from 0."""


def impute(sheet: Sheet, column: str) -> Making:
    """A missing value becomes the mean or median of a scope, or a fixed value; the unit is flagged 插补."""
    rule, sheet.step = sheet.node.impute, BEFORE_IMPUTE
    assert rule is not None
    x = nw.col(column)
    if rule.method == "value":
        assert rule.value is not None
        fill = nw.lit(float(rule.value))
    else:
        scope = sheet.scope(rule.by)
        ask = Ask("sum" if rule.method == "mean" else "median", column, scope)
        count = Ask("count", column, scope)
        answers = yield from sheet.ask(ask, count)
        values: dict[int, Fraction | None] = {}
        for number, n in answers[count].items():
            found = answers[ask][number]
            values[number] = found / n if rule.method == "mean" and found is not None and n else found
            sheet.record(scope, number, n, f"impute_{rule.method}", values[number])
        fill = sheet.attach(scope, values)
    applying = sheet.context.applies.get(sheet.node.id)
    lacking = x.is_null() if applying is None else x.is_null() & nw.col(applying)
    made = sheet.scratch("imputed", nw.when(lacking).then(fill).otherwise(x))
    sheet.add(f"imputed:{sheet.node.id}", lacking & ~nw.col(made).is_null())
    return made


def treat(sheet: Sheet, column: str) -> Making:
    """Clip to fixed bounds, or winsorise at nearest-rank quantiles of the scheme's groups."""
    rule, sheet.step = sheet.node.treat, BEFORE_TREAT
    x = nw.col(column)
    if isinstance(rule, Clip):
        low, high = (None if bound is None else float(bound) for bound in (rule.low, rule.high))
        return sheet.scratch("treated", clip(x, low, high))
    assert rule is not None
    scope, counted = sheet.scope(None), own(sheet, column)
    asks = [Ask("smallest", counted, scope, q) for q in (rule.lower, rule.upper)]
    count = Ask("count", counted, scope)
    answers = yield from sheet.ask(*asks, count)
    for number, n in answers[count].items():
        for name, ask in zip(("winsorise_lower", "winsorise_upper"), asks, strict=True):
            sheet.record(scope, number, n, name, answers[ask][number])
    low_bound, high_bound = (sheet.attach(scope, answers[ask]) for ask in asks)
    raised = nw.when(x < low_bound).then(low_bound).otherwise(x)
    made = sheet.scratch("raised", raised)
    return sheet.scratch("treated", nw.when(nw.col(made) > high_bound).then(high_bound).otherwise(nw.col(made)))
