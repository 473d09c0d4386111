"""The one palette and the one family of fonts of all figures and pages. Draws nothing.

Green is land and “at or above the benchmark”, ochre “below it”, vermilion only the official act and the unit one looks
at. The ramps differ in lightness, so that they also read in black and white.
"""

from __future__ import annotations

from typing import Any

PAPER = "#fdfcf8"
INK = "#1c2024"
SOFT = "#5b6168"
LINE = "#dedad1"
GROUND = "#f1efe9"
CROWD = "#c9c6be"
LAND = ("#dcece4", "#a9d0be", "#5fa488", "#1f6f54")
"""From light to dark; white text only on the last."""
OCHRE = "#d3a03a"
OCHRE_INK = "#7d5200"
VERMILION = "#c4161c"

FONTS = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
"""What a figure names. Nothing is downloaded: whichever of these the reader's machine has."""
ESTIMATED = "estimated"
"""A font nobody has: so the width of words is estimated and the same everywhere. `figure` puts FONTS in its place."""

SIZE = 12
WIDTH = 360
"""Figures are drawn for a phone and scaled up, so that their text is never smaller than the page's."""


def tier_colours(number: int) -> list[str]:
    """Best to worst: green from dark to light, the last ochre."""
    ramp = [LAND[3], LAND[2], LAND[1], LAND[0]]
    if number <= 1:
        return ramp[:number]
    return [*(ramp[min(place, 3)] for place in range(number - 1)), OCHRE]


def config() -> dict[str, Any]:
    """Hairlines, no boxes, no grid unless asked for."""
    return {
        "font": ESTIMATED,
        "background": None,
        "view": {"stroke": None, "clip": False},
        "axis": {
            "labelColor": SOFT,
            "labelOverlap": False,
            "labelFlush": False,
            "titleColor": SOFT,
            "labelFontSize": SIZE,
            "titleFontSize": SIZE,
            "titleFontWeight": "normal",
            "titlePadding": 6,
            "domainColor": SOFT,
            "tickColor": SOFT,
            "gridColor": LINE,
            "grid": False,
        },
        "legend": {
            "labelColor": INK,
            "labelFontSize": SIZE,
            "titleColor": SOFT,
            "titleFontSize": SIZE,
            "titleFontWeight": "normal",
            "symbolStrokeWidth": 0,
        },
        "title": {"color": INK, "fontSize": 14, "fontWeight": 600, "anchor": "start", "offset": 8},
        "text": {"fontSize": SIZE, "color": INK},
        "bar": {"discreteBandSize": 16},
    }
