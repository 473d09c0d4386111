"""Names at the left of rows, in as many lines as they need. Vega's own axis centres only the first line."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from mujun.charts.figure import rows
from mujun.charts.palette import INK, SIZE

EXTENT = 130
"""The width kept free for names, so that figures line up."""
LINE = 14
_LETTERS = 10


def wrapped(text: str, width: int = _LETTERS) -> list[str]:
    """Chinese text in lines of about equal length, none longer than `width` characters."""
    lines = -(-len(text) // width) or 1
    each = -(-len(text) // lines) or 1
    return [text[start : start + each] for start in range(0, len(text), each)] or [""]


def row_axis(names: Sequence[str]) -> alt.Y:
    """The rows in the given order, without Vega's own labels."""
    axis = alt.Axis(title=None, labels=False, domain=False, ticks=False, minExtent=EXTENT, maxExtent=EXTENT)
    return alt.Y("row:N", scale=alt.Scale(domain=list(names)), axis=axis)


def row_labels(names: Sequence[str]) -> list[alt.Chart]:
    """A layer for each number of lines."""
    by_lines: dict[int, list[dict[str, object]]] = {}
    for name in names:
        lines = wrapped(name)
        by_lines.setdefault(len(lines), []).append({"row": name, "lines": lines})
    return [
        alt.Chart(rows(some))
        .mark_text(
            align="right", baseline="middle", dx=-8, dy=-(number - 1) * LINE / 2, lineHeight=LINE, fontSize=SIZE,
            color=INK, aria=False,
        )
        .encode(x=alt.value(0), y=row_axis(names), text=alt.Text("lines:N"))
        for number, some in sorted(by_lines.items())
    ]  # fmt: skip


def row_step(names: Sequence[str], least: int) -> alt.Step:
    """Rows high enough for the longest name."""
    most = max([1, *(len(wrapped(name)) for name in names)])
    return alt.Step(max(least, most * LINE + 8))
