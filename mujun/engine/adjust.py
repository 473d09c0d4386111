"""加分、扣分: add adjustments to the root before it is rounded."""

from __future__ import annotations

import narwhals as nw

from mujun.engine.express import number
from mujun.engine.numbers import clip, half_up
from mujun.engine.sheet import Context
from mujun.engine.waves import Table


def adjust_totals(table: Table, context: Context) -> None:
    """Adds `adjustment` (within its bounds) and `score`, the rounded total with adjustments."""
    scheme = context.scheme
    root = scheme.root
    unrounded = nw.col(f"unrounded:{root.id}")
    has_size = not root.is_indicator and root.aggregate != "geometric_mean" and not root.normalise
    size = nw.col(f"size:{root.id}") if has_size else unrounded.abs()
    frame, total = table.frame, nw.lit(0.0)
    if not scheme.adjustments and scheme.adjustments_between is None:
        frame = frame.with_columns(nw.lit(0.0).alias("adjustment"), nw.col(f"score:{root.id}").alias("score"))
        table.frame = table.backend.settle(frame)
        return
    for rule in scheme.adjustments:
        given, points = nw.col(f"adjustment:{rule.id}"), f"points:adjustment:{rule.id}"
        note = f"note:points_missing:{rule.id}"
        frame = frame.with_columns(
            nw.when(given).then(nw.lit(0.0) + number(rule.points, context.columns)).alias(points)
        )
        frame = frame.with_columns((given & nw.col(points).is_null()).alias(note))
        context.record.notes[note] = ("points_missing", rule.id)
        total = total + nw.when(nw.col(points).is_null()).then(nw.lit(0.0)).otherwise(nw.col(points))
    frame = frame.with_columns(total.alias("adjustment"))
    if scheme.adjustments_between is not None:
        low, high = (float(bound) for bound in scheme.adjustments_between)
        frame = frame.with_columns(clip(nw.col("adjustment"), low, high).alias("adjustment"))
    frame = frame.with_columns((unrounded + nw.col("adjustment")).alias("sum"))
    score = half_up(nw.col("sum"), scheme.precision, size + nw.col("adjustment").abs())
    table.frame = table.backend.settle(frame.with_columns(score.alias("score")).drop("sum"))
