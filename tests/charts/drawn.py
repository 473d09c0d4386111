"""Read a figure: what its marks say, what is written in it, where its marks are."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

from mujun.charts import (
    Change,
    Contribution,
    Crowd,
    Figure,
    Shares,
    Spread,
    contributions,
    distribution,
    dot_plot,
    slope,
    tier_shares,
    tile_map,
    tiles,
)

_SVG = "{http://www.w3.org/2000/svg}"
_BAR = re.compile(r"M(-?[\d.]+),(-?[\d.]+)h([\d.]+)v([\d.]+)h")
LONG = "研究试验发展经费支出与主营业务收入之比"


def said(figure: Figure) -> list[str]:
    """The title of every mark, in drawing order."""
    return [title.text or "" for title in ElementTree.fromstring(figure.svg).iter(f"{_SVG}title")]


def written(figure: Figure) -> list[str]:
    """Every text, in drawing order."""
    return ["".join(text.itertext()) for text in ElementTree.fromstring(figure.svg).iter(f"{_SVG}text")]


def bars(figure: Figure) -> dict[str, tuple[float, float]]:
    """Left end and length of every bar, by what it says."""
    found = {}
    for path in ElementTree.fromstring(figure.svg).iter(f"{_SVG}path"):
        title, bar = path.find(f"{_SVG}title"), _BAR.match(path.get("d", ""))
        if title is not None and bar:
            found[title.text or ""] = (float(bar[1]), float(bar[3]))
    return found


@cache
def crowded() -> dict[str, Figure]:
    """One figure of each kind, as full as rounds make them: long names, ties, extremes, empty groups."""
    names = ["数字经济核心制造业", "高端装备制造业", "现代物流业/不占用土地"]
    counties = {tile.name: place * 3 for place, tile in enumerate(tiles())}
    firms = [f"名称很长很长的第{place}示例有限责任公司" for place in range(20)]
    return {
        "distribution": distribution(
            "得分分布",
            [
                Crowd(names[0], [0, 50, 149.99, 150], [149.99, 150], 149.99, 150),
                Crowd(names[1], [10, 20, 30], [10], 10, 0),
                Crowd(names[2], [75.5] * 12, [], None, 75.5),
            ],
        ),
        "contributions": contributions(
            "与基准值相比",
            [
                Contribution(LONG, "1.5 %", "1.2", 1.5, "15", "封顶"),
                Contribution("亩均税收", "3 万元/亩", "3", 0.999, "30", "赋分"),
                Contribution("单位能耗增加值", "1", "99", 123.456, "3"),
                Contribution("亩均增加值", "-1", "2", -0.5, "0", "保底"),
            ],
        ),
        "tier_shares": tier_shares(
            "各组档次比例",
            ["A", "B", "C", "D"],
            [
                Shares(names[0], {"A": 1, "B": 97, "C": 1, "D": 1}),
                Shares(names[1], {"A": 20, "B": 40, "C": 35, "D": 5}),
                Shares(names[2], {"D": 3}),
            ],
        ),
        "dots": dot_plot(
            "与基准值", [Spread(LONG, [0.0, 1.0, 9.0]), Spread("亩均税收", [n / 50 for n in range(200)])]
        ),
        "slope": slope(
            "名次的变化",
            [Change(firm, None if place % 5 == 4 else 1000 - place * 7, place + 1) for place, firm in enumerate(firms)],
        ),
        "tile_map": tile_map("在哪里", counties),
    }  # fmt: skip
