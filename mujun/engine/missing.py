"""What a missing score becomes, and the mark that says so."""

from __future__ import annotations

from collections.abc import Generator
from enum import IntEnum
from fractions import Fraction

import narwhals as nw

from mujun.engine.sheet import Sheet, own
from mujun.engine.statistics import Answer, Ask
from mujun.engine.waves import Wave


class Status(IntEnum):
    """How a unit came by its score at a node."""

    OWN = 0
    FILLED = 1
    SKIPPED = 2
    NOT_APPLICABLE = 3
    ERROR = 4
    EXCLUDED = 5
    BLOCKED = 6
    """A node below is missing under `error` or `exclude`: every ancestor is missing too."""


BLOCKING = (Status.ERROR, Status.EXCLUDED, Status.BLOCKED)
WITHOUT_SCORE = {"error": Status.ERROR, "exclude": Status.EXCLUDED, "skip": Status.SKIPPED}


def settle_missing(
    sheet: Sheet, column: str, blocked: nw.Expr | None
) -> Generator[Wave, dict[Ask, Answer], tuple[str, str]]:
    """Apply the node's missing rule. Ends with the names of the score (unrounded) and status columns."""
    node, rule = sheet.node, sheet.node.missing
    sheet.step = len(node.normalise)
    fill: nw.Expr | None = nw.lit(0.0) if rule.rule == "zero" else None
    if rule.rule in ("group_mean", "mean_by"):
        scope = sheet.scope(rule.by)
        counted = own(sheet, column)
        total, count = Ask("sum", counted, scope), Ask("count", counted, scope)
        answers = yield from sheet.ask(total, count)
        means: dict[int, Fraction | None] = {}
        for number, n in answers[count].items():
            found = answers[total][number]
            means[number] = found / n if found is not None and n else None
            sheet.record(scope, number, n, "mean_score", means[number])
        fill = nw.col(sheet.scratch("mean", sheet.attach(scope, means)))
    present = ~nw.col(column).is_null()
    if fill is None:
        status = nw.when(present).then(nw.lit(int(Status.OWN))).otherwise(nw.lit(int(WITHOUT_SCORE[rule.rule])))
    else:
        filled = nw.when(~fill.is_null()).then(nw.lit(int(Status.FILLED))).otherwise(nw.lit(int(Status.SKIPPED)))
        status = nw.when(present).then(nw.lit(int(Status.OWN))).otherwise(filled)
    if blocked is not None:
        status = nw.when(blocked).then(nw.lit(int(Status.BLOCKED))).otherwise(status)
    applies = sheet.context.applies.get(node.id)
    if applies is not None:
        status = nw.when(nw.col(applies)).then(status).otherwise(nw.lit(int(Status.NOT_APPLICABLE)))
    marked = sheet.add(f"status:{node.id}", status.cast(nw.Int64))
    if rule.rule in ("group_mean", "mean_by"):
        sheet.note("no_score_in_scope", nw.col(marked) == int(Status.SKIPPED))
    score: nw.Expr = nw.when(nw.col(marked) == int(Status.OWN)).then(nw.col(column))
    if fill is not None:
        score = nw.when(nw.col(marked) == int(Status.FILLED)).then(fill).otherwise(score)
    return sheet.scratch("settled", score), marked
