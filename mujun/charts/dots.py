"""A class against its benchmark: each indicator's units as multiples of the benchmark, the benchmark as a line."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import altair as alt
from attrs import frozen

from mujun.charts.figure import SAYS, Figure, Room, Table, draw, rows
from mujun.charts.palette import INK, LAND, LINE, WIDTH
from mujun.charts.row_labels import EXTENT, row_axis, row_labels, row_step

_MOST_DOTS = 60
_ROOM = Room(left=EXTENT, right=14, top=6, bottom=42)
_QUANTILES = (("最低", 0.0), ("四分之一处", 0.25), ("中位", 0.5), ("四分之三处", 0.75), ("最高", 1.0))


@frozen
class Spread:
    """One indicator: every unit's multiple of the benchmark."""

    label: str
    multiples: Sequence[float]


def dot_plot(title: str, spreads: Sequence[Spread], most: float = 3.0) -> Figure:
    """Up to sixty units a dot each; more as the quarter points. What lies beyond `most` is drawn at its edge."""
    dots, ranges, found = [], [], []
    for spread in spreads:
        ordered = sorted(spread.multiples)
        if not ordered:
            found.append((spread.label, "0", *("" for _ in _QUANTILES), "0"))
            continue
        points = [(name, ordered[max(ceil(part * len(ordered)) - 1, 0)]) for name, part in _QUANTILES]
        above = sum(value >= 1 for value in ordered)
        found.append((spread.label, str(len(ordered)), *(f"{value:.2f}" for _, value in points), str(above)))
        ranges.append({"row": spread.label, "low": _within(points[1][1], most), "high": _within(points[3][1], most)})
        shown = [("", value) for value in ordered] if len(ordered) <= _MOST_DOTS else points
        dots += [
            {
                "row": spread.label,
                "multiple": _within(value, most),
                "fill": LAND[3] if value >= 1 else "#ffffff",
                "edge": LAND[3] if value >= 1 else INK,
                "says": f"{spread.label} {name} {value:.2f}倍".replace("  ", " "),
            }
            for name, value in shown
        ]
    across = alt.Scale(domain=[0, most], nice=False)
    names = [spread.label for spread in spreads if spread.multiples]
    down = row_axis(names)
    title_ = f"基准值的倍数（基准＝1，超过{most:g}的画在{most:g}处）"
    bands = (
        alt.Chart(rows(ranges))
        .mark_bar(height=8, color=LINE, aria=False)
        .encode(
            x=alt.X("low:Q", scale=across, axis=alt.Axis(title=title_, titleAnchor="end")), x2=alt.X2("high:Q"), y=down
        )
    )
    marks = (
        alt.Chart(rows(dots))
        .mark_point(filled=True, size=34, opacity=0.85, strokeWidth=1)
        .encode(
            x=alt.X("multiple:Q", scale=across),
            y=down,
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            description=SAYS,
        )
    )
    line = (
        alt.Chart(rows([{"at": 1, "says": "基准值"}]))
        .mark_rule(color=INK)
        .encode(x=alt.X("at:Q", scale=across), description=SAYS)
    )
    chart = alt.layer(bands, line, marks, *row_labels(names), width=WIDTH - _ROOM.across, height=row_step(names, 32))
    head = ("指标", "单位数", *(name for name, _ in _QUANTILES), "不低于基准")
    return draw(chart, title, Table(head, tuple(found)), _ROOM)


def _within(value: float, most: float) -> float:
    return min(max(value, 0.0), most)
