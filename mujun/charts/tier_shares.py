"""Tier shares by group or by place: a bar of 100 % each, darker the better, the last tier ochre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
from attrs import frozen

from mujun.charts.figure import SAYS, Figure, Room, Table, draw, rows
from mujun.charts.palette import INK, LAND, SIZE, WIDTH, tier_colours
from mujun.charts.row_labels import EXTENT, row_axis, row_labels, row_step

_ROOM = Room(left=EXTENT, right=14, top=32, bottom=42)


@frozen
class Shares:
    """One bar: how many units are in which tier."""

    label: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def tier_shares(title: str, order: Sequence[str], bars: Sequence[Shares], what: str = "分组") -> Figure:
    """`order` is best to worst. Bars without units are left out of the figure and stay in the table."""
    colours = dict(zip(order, tier_colours(len(order)), strict=True))
    segments = []
    for bar in bars:
        before = 0
        for tier in order:
            count = bar.counts.get(tier, 0)
            if count:
                share = count / bar.total
                segments.append(
                    {
                        "row": bar.label,
                        "tier": tier,
                        "low": before / bar.total,
                        "high": (before + count) / bar.total,
                        "middle": (before + count / 2) / bar.total,
                        "shown": _shown(tier, share),
                        "ink": "#ffffff" if colours[tier] == LAND[3] else INK,
                        "says": f"{bar.label} {tier}档：{count}个，占{share * 100:.1f}%",
                    }
                )
            before += count
    drawn = [bar.label for bar in bars if bar.total]
    base = alt.Chart(rows(segments)).encode(y=row_axis(drawn))
    across = alt.Scale(domain=[0, 1], nice=False)
    pieces = base.mark_bar(height=18, stroke="#ffffff", strokeWidth=1).encode(
        x=alt.X(
            "low:Q",
            scale=across,
            axis=alt.Axis(title="占定档单位的比例（%）", labelExpr="datum.value * 100", tickCount=5),
        ),
        x2=alt.X2("high:Q"),
        color=alt.Color(
            "tier:N",
            scale=alt.Scale(domain=list(order), range=list(colours.values())),
            legend=alt.Legend(title="档次", orient="top", direction="horizontal", titleOrient="left", offset=4),
        ),
        description=SAYS,
    )
    texts = base.mark_text(baseline="middle", fontSize=SIZE, aria=False).encode(
        x=alt.X("middle:Q", scale=across), text=alt.Text("shown:N"), color=alt.Color("ink:N", scale=None)
    )
    chart = alt.layer(pieces, texts, *row_labels(drawn), width=WIDTH - _ROOM.across, height=row_step(drawn, 26))
    chart = chart.resolve_scale(color="independent")
    found = tuple((bar.label, *(str(bar.counts.get(tier, 0)) for tier in order), str(bar.total)) for bar in bars)
    return draw(chart, title, Table((what, *(f"{tier}档" for tier in order), "合计"), found), _ROOM)


def _shown(tier: str, share: float) -> str:
    """As much as there is room for: so the tier is said by its letter and its place, not by colour alone."""
    number = f"{share * 100:.0f}"
    if share >= 0.13 + 0.02 * (len(tier) - 1):
        return f"{tier} {number}"
    return number if share >= 0.043 * len(number) else ""
