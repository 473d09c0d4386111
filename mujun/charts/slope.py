"""From last round to this: a line a unit, ordered by rank on both sides; the ranks themselves are printed."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from attrs import frozen

from mujun.charts.figure import SAYS, Figure, Room, Table, draw, rows
from mujun.charts.palette import INK, LAND, OCHRE_INK, SOFT, WIDTH

_LETTERS = 14
_STEP = 24
_ROOM = Room(left=40, right=40 + _LETTERS * 12, top=24)


@frozen
class Change:
    """A unit's rank then and now; None where it had none. Scores as printed, for the table."""

    name: str
    before: int | None
    now: int
    score_before: str = ""
    score_now: str = ""


def slope(title: str, changes: Sequence[Change], before: str = "上一轮", now: str = "本轮") -> Figure:
    """Best first. A unit that had no rank before has a hollow point on the right only."""
    right = sorted(changes, key=lambda one: (one.now, one.name))
    left = sorted((one for one in changes if one.before is not None), key=lambda one: (one.before or 0, one.name))
    place_left = {id(one): place for place, one in enumerate(left)}
    lines, ends = [], []
    for place, one in enumerate(right):
        rose = one.before is None or one.now <= one.before
        colour = LAND[3] if rose else OCHRE_INK
        word = "上一轮没有名次" if one.before is None else f"上一轮第{one.before}名"
        says = f"{one.name}：{word}，本轮第{one.now}名"
        name = one.name if len(one.name) <= _LETTERS else f"{one.name[: _LETTERS - 1]}…"
        fill = "#ffffff" if one.before is None else colour
        end = {"x": 1, "y": place, "text": str(one.now), "name": name}
        ends.append({**end, "colour": colour, "fill": fill, "says": says})
        if one.before is not None:
            start = place_left[id(one)]
            ends.append({"x": 0, "y": start, "text": str(one.before), "colour": colour, "fill": colour, "says": says})
            lines.append({"x": 0, "y": start, "x2": 1, "y2": place, "colour": colour, "fell": not rose, "says": says})
    across = alt.Scale(domain=[0, 1], nice=False)
    down = alt.Scale(domain=[-0.7, max(len(right) - 1, 0) + 0.5], reverse=True, nice=False)
    axis = alt.Axis(
        title=None, values=[0, 1], orient="top", domain=False, ticks=False, labelColor=SOFT,
        labelExpr=f"datum.value == 0 ? '{_quoted(before)}' : '{_quoted(now)}'", labelAlign="center", labelFlush=False,
    )  # fmt: skip
    x, y = alt.X("x:Q", scale=across, axis=axis), alt.Y("y:Q", scale=down, axis=None)
    colour_ = alt.Color("colour:N", scale=None)
    strokes = [
        alt.Chart(rows([line for line in lines if line["fell"] is fell]))
        .mark_rule(strokeWidth=1.4, strokeDash=[4, 3] if fell else [1, 0])
        .encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q"), color=colour_, description=SAYS)
        for fell in (False, True)
    ]
    points = (
        alt.Chart(rows(ends))
        .mark_point(size=30, opacity=1, strokeWidth=1.4)
        .encode(
            x=x, y=y, stroke=alt.Stroke("colour:N", scale=None), fill=alt.Fill("fill:N", scale=None), description=SAYS
        )
    )
    labels = alt.Chart(rows(ends))
    right_end = labels.transform_filter("datum.x == 1")
    ranks = right_end.mark_text(align="right", baseline="middle", dx=26, color=INK, aria=False).encode(
        x=x, y=y, text=alt.Text("text:N")
    )
    names = right_end.mark_text(align="left", baseline="middle", dx=36, color=INK, aria=False).encode(
        x=x, y=y, text=alt.Text("name:N")
    )
    texts_left = (
        labels.transform_filter("datum.x == 0")
        .mark_text(align="right", baseline="middle", dx=-8, color=INK, aria=False)
        .encode(x=x, y=y, text=alt.Text("text:N"))
    )
    chart = alt.layer(
        *strokes, points, ranks, names, texts_left, width=WIDTH - _ROOM.across, height=max(len(right), 1) * _STEP + 10
    )
    found = tuple(
        (one.name, "" if one.before is None else str(one.before), str(one.now), one.score_before, one.score_now)
        for one in right
    )
    return draw(
        chart, title, Table(("单位", f"{before}名次", f"{now}名次", f"{before}总分", f"{now}总分"), found), _ROOM
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "").replace("'", "’")
