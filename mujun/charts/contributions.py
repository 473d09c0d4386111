"""What one unit's indicators contribute: multiples of the benchmark, the benchmark as a line."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from attrs import frozen

from mujun.charts.figure import SAYS, Figure, Room, Table, draw, rows
from mujun.charts.palette import INK, LAND, OCHRE, SIZE, WIDTH
from mujun.charts.row_labels import EXTENT, row_axis, row_labels, row_step

_MOST = 3.0
_ROOM = Room(left=EXTENT, right=82, top=6, bottom=42)


@frozen
class Contribution:
    """One indicator, as printed; `multiple` is what counts (after floor and cap), None where there is no benchmark."""

    label: str
    value: str
    benchmark: str
    multiple: float | None
    points: str
    note: str = ""


def contributions(title: str, parts: Sequence[Contribution]) -> Figure:
    """Only indicators with a multiple are drawn; all are in the table."""
    values = [
        {
            "row": part.label,
            "multiple": min(max(part.multiple, 0.0), _MOST),
            "zero": 0,
            "fill": LAND[2] if part.multiple >= 1 else OCHRE,
            "shown": f"{part.multiple:.2f} {part.note}".rstrip(),
            "says": f"{part.label}：基准的{part.multiple:.2f}倍，{'不低于' if part.multiple >= 1 else '低于'}基准",
        }
        for part in parts
        if part.multiple is not None
    ]
    found = Table(
        ("指标", "说明", "本单位", "基准值", "倍数", "得分"),
        tuple(
            (
                part.label,
                part.note,
                part.value,
                part.benchmark,
                "" if part.multiple is None else f"{part.multiple:.4f}",
                part.points,
            )
            for part in parts
        ),
        text_columns=2,
    )
    most = max([1.5, *(float(str(value["multiple"])) for value in values)])
    across = alt.Scale(domain=[0, most], nice=False)
    beyond = any(part.multiple is not None and part.multiple > _MOST for part in parts)
    title_ = f"基准值的倍数（基准＝1{f'，超过{_MOST:g}的画到{_MOST:g}' if beyond else ''}）"
    names = [str(value["row"]) for value in values]
    base = alt.Chart(rows(values)).encode(y=row_axis(names))
    bars = base.mark_bar(height=14).encode(
        x=alt.X(
            "multiple:Q",
            scale=across,
            axis=alt.Axis(title=title_, values=[0, 0.5, 1, 1.5, 2, 2.5, 3], titleAnchor="start"),
        ),
        x2=alt.X2("zero:Q"),
        fill=alt.Fill("fill:N", scale=None),
        description=SAYS,
    )
    texts = base.mark_text(align="left", baseline="middle", fontSize=SIZE, color=INK, aria=False).encode(
        x=alt.value(WIDTH - _ROOM.across + 10), text=alt.Text("shown:N")
    )
    line = (
        alt.Chart(rows([{"at": 1, "says": "基准值"}]))
        .mark_rule(color=INK)
        .encode(x=alt.X("at:Q", scale=across), description=SAYS)
    )
    chart = alt.layer(bars, line, texts, *row_labels(names), width=WIDTH - _ROOM.across, height=row_step(names, 34))
    return draw(chart, title, found, _ROOM)
