"""How scores lie: a histogram per group, the selected as ticks below it, the selection line, perhaps one unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
from attrs import frozen

from mujun.charts.figure import SAYS, Drawing, Figure, Room, Table, draw, rows
from mujun.charts.palette import CROWD, INK, LAND, VERMILION, WIDTH

_BINS = 36
_ROOM = Room(left=12, right=14, top=2, bottom=40)
_HEAD, _AIR, _BARS, _TICKS = 20, 40, 52, 12
"""Of each group from top to bottom, in pixels: its name, room for words on the line and the unit, bars, ticks."""
_LINE = 18
"""Less is needed above the bars where no unit is looked at."""


@frozen
class Crowd:
    """One group: everybody's scores, those of the selected, the selection line and one unit's score.

    `about` says the line rounded to a whole number, for pages that must not give another unit's score away.
    """

    label: str
    scores: Sequence[float]
    selected: Sequence[float] = ()
    line: float | None = None
    unit: float | None = None
    about: bool = False


@frozen
class _Bins:
    step: float
    first: float
    number: int

    def ends(self, place: int) -> tuple[float, float]:
        return self.first + place * self.step, self.first + (place + 1) * self.step

    def said(self, place: int) -> str:
        return "—".join(_short(end) for end in self.ends(place))

    def count(self, scores: Sequence[float]) -> list[int]:
        counts, start = [0] * self.number, round(self.first / self.step)
        for score in scores:
            counts[min(max(math.floor(score / self.step) - start, 0), self.number - 1)] += 1
        return counts


def distribution(
    title: str, crowds: Sequence[Crowd], measure: str = "总分（分）", unit_word: str = "本单位", least: int = 1
) -> Figure:
    """All groups on one scale, one below the other. Bins of fewer than `least` units do not say how many."""
    bins = _bins([score for crowd in crowds for score in crowd.scores])
    marks: dict[str, list[dict[str, Any]]] = {"bar": [], "base": [], "tick": [], "line": [], "unit": [], "text": []}
    found: list[tuple[str, ...]] = []
    air = _AIR if any(crowd.unit is not None for crowd in crowds) else _AIR - _LINE
    strip = _HEAD + air + _BARS + _TICKS + 10
    for place, crowd in enumerate(crowds):
        floor = place * strip + _HEAD + air + _BARS
        counts, chosen = bins.count(crowd.scores), bins.count(crowd.selected)
        for index, count in enumerate(counts):
            if count:
                marks["bar"].append(_bar(crowd, bins, index, count, max(counts), floor, least))
                number = str(count) if count >= least else f"不足{least}"
                found.append((crowd.label, bins.said(index), number, str(chosen[index])))
        ends = {"low": bins.first, "high": bins.ends(bins.number - 1)[1]}
        marks["base"].append({**ends, "y": floor, "says": crowd.label})
        marks["text"].append({"x": bins.first, "y": place * strip + 8, "text": crowd.label, "kind": "name"})
        marks["tick"] += [
            {"x": score, "y": floor + 3, "y2": floor + _TICKS, "says": f"入选：{_short(score)}分"}
            for score in crowd.selected
        ]
        _lines(crowd, floor, floor - _BARS - air, (ends["low"] + ends["high"]) / 2, unit_word, marks)
    table = Table(("分组", "得分区间（含下限）", "排名单位", "其中入选"), tuple(found), text_columns=2)
    chart = _layered(marks, bins, len(crowds) * strip, measure)
    return draw(chart, title, table, _ROOM)


def _bar(crowd: Crowd, bins: _Bins, index: int, count: int, most: int, floor: float, least: int) -> dict[str, Any]:
    low, high = bins.ends(index)
    shown = count if count >= least else least / 2
    says = f"{crowd.label}：{bins.said(index)}分，{count if count >= least else f'不足{least}'}个"
    return {"low": low, "high": high, "y": floor - _BARS * shown / max(most, least), "y2": floor, "says": says}


def _lines(
    crowd: Crowd, floor: float, top: float, middle: float, word: str, marks: dict[str, list[dict[str, Any]]]
) -> None:
    """The selection line and the unit one looks at, which is the one place for vermilion; words point inwards."""
    if crowd.line is not None:
        line = round(crowd.line) if crowd.about else crowd.line
        says = f"入选线约{line}" if crowd.about else f"最低入选得分{_short(line)}"
        marks["line"].append({"x": line, "y": top + 4, "y2": floor, "says": says})
        side = "before" if line > middle else "after"
        marks["text"].append({"x": line, "y": top + 9, "text": says, "kind": f"line {side}"})
    if crowd.unit is not None:
        says = f"{word}{_short(crowd.unit)}"
        marks["unit"].append({"x": crowd.unit, "y": floor - _BARS - 12, "y2": floor + _TICKS, "says": says})
        side = "before" if crowd.unit > middle else "after"
        marks["text"].append({"x": crowd.unit, "y": floor - _BARS - 12, "text": says, "kind": f"unit {side}"})


def _layered(marks: dict[str, list[dict[str, Any]]], bins: _Bins, height: float, measure: str) -> Drawing:
    domain = [bins.first, bins.ends(bins.number - 1)[1]]
    across, down = (
        alt.Scale(domain=domain, nice=False, zero=False),
        alt.Scale(domain=[0, height], reverse=True),
    )
    axis = alt.Axis(title=measure, tickCount=6, titleAnchor="end", domain=False)
    x, x2 = alt.X("x:Q", scale=across, axis=axis), alt.X2("high:Q")
    wide = alt.X("low:Q", scale=across, axis=axis)
    y, y2 = alt.Y("y:Q", scale=down, axis=None), alt.Y2("y2:Q")

    def some(kind: str) -> alt.Chart:
        return alt.Chart(rows(marks[kind]))

    layers = [
        some("bar").mark_rect(fill=CROWD, stroke="#ffffff", strokeWidth=0.5).encode(
            x=wide, x2=x2, y=y, y2=y2, description=SAYS
        ),
        some("base").mark_rule(color=INK, strokeWidth=0.8, aria=False).encode(x=wide, x2=x2, y=y),
        some("tick").mark_rule(color=LAND[3], strokeWidth=1.4).encode(x=x, y=y, y2=y2, description=SAYS),
        some("line").mark_rule(color=LAND[3], strokeDash=[3, 2]).encode(x=x, y=y, y2=y2, description=SAYS),
        some("unit").mark_rule(color=VERMILION).encode(x=x, y=y, y2=y2, description=SAYS),
        some("unit").mark_point(filled=True, color=VERMILION, size=60, opacity=1).encode(x=x, y=y, description=SAYS),
    ]  # fmt: skip
    styles: tuple[tuple[str, dict[str, Any]], ...] = (
        ("name", {"align": "left", "fontWeight": 600, "color": INK}),
        ("line before", {"align": "right", "dx": -4, "color": INK}),
        ("line after", {"align": "left", "dx": 4, "color": INK}),
        ("unit before", {"align": "right", "dx": -9, "color": VERMILION, "fontWeight": 600}),
        ("unit after", {"align": "left", "dx": 9, "color": VERMILION, "fontWeight": 600}),
    )
    for kind, style in styles:
        words = [one for one in marks["text"] if one["kind"] == kind]
        if words:
            text = alt.Chart(rows(words)).mark_text(baseline="middle", aria=False, **style)
            layers.append(text.encode(x=x, y=y, text=alt.Text("text:N")))
    return alt.layer(*layers, width=WIDTH - _ROOM.across, height=height)


def _bins(scores: Sequence[float]) -> _Bins:
    """Width, start and number of the bins: a round width, about three dozen."""
    low, high = (min(scores), max(scores)) if scores else (0.0, 1.0)
    wide = (high - low) / _BINS or 1.0
    power = 10.0 ** math.floor(math.log10(wide))
    step = next(power * round_ for round_ in (1, 2, 2.5, 5, 10) if power * round_ >= wide * 0.999)
    first = math.floor(low / step)
    return _Bins(step, first * step, math.floor(high / step) - first + 1)


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
