"""The tile map of the counties: a schematic square each, darker the more there are. Shows no boundary."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import altair as alt
from attrs import frozen

from mujun.charts.figure import SAYS, Figure, Room, Table, draw, rows
from mujun.charts.palette import GROUND, INK, LAND, SOFT, WIDTH
from mujun.law import PROGRAMME

_ROOM = Room()


@frozen
class Tile:
    """A county's place in the grid."""

    name: str
    prefecture: str
    row: int
    column: int

    @property
    def short(self) -> str:
        """Two characters are enough to know it: 景宁 for 景宁畲族自治县."""
        return self.name[:2]


@cache
def tiles(file: Path = PROGRAMME / "2019" / "tile_map.csv") -> tuple[Tile, ...]:
    """The counties in the order of their codes."""
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Tile(line["name"], line["prefecture"], int(line["row"]), int(line["col"])) for line in csv.DictReader(lines)
        )


def tile_map(title: str, counts: Mapping[str, int], measure: str = "个") -> Figure:
    """`counts` by county name; a county it does not name has none."""
    places = tiles()
    classes = _classes(max([*counts.values(), 1]))
    values = []
    for tile in places:
        count = counts.get(tile.name, 0)
        fill = _fill(count, classes)
        values.append(
            {
                "row": tile.row,
                "column": tile.column,
                "name": tile.short,
                "count": count,
                "fill": fill,
                "ink": SOFT if not count else "#ffffff" if fill == LAND[3] else INK,
                "says": f"{tile.name}：{count}{measure}",
            }
        )
    columns = max(tile.column for tile in places) + 1
    lines = max(tile.row for tile in places) + 1
    side = (WIDTH - _ROOM.across) / columns
    base = alt.Chart(rows(values)).encode(
        x=alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.05, paddingOuter=0, domain=list(range(columns)))),
        y=alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.05, paddingOuter=0, domain=list(range(lines)))),
    )
    squares = base.mark_rect(cornerRadius=1).encode(fill=alt.Fill("fill:N", scale=None), description=SAYS)
    ink, word, number = alt.Color("ink:N", scale=None), alt.Text("name:N"), alt.Text("count:Q")
    none = base.transform_filter("datum.count === 0").mark_text(baseline="middle", dy=1, aria=False)
    some = base.transform_filter("datum.count > 0")
    names = some.mark_text(baseline="middle", dy=-6, aria=False).encode(text=word, color=ink)
    numbers = some.mark_text(baseline="middle", dy=9, fontWeight=600, aria=False).encode(text=number, color=ink)
    chart = alt.layer(
        squares, none.encode(text=word, color=ink), names, numbers, width=WIDTH - _ROOM.across, height=side * lines
    )
    found = tuple((tile.prefecture, tile.name, str(counts.get(tile.name, 0))) for tile in places)
    return draw(chart, title, Table(("设区市", "县（市、区）", measure), found, text_columns=2), _ROOM)


def _classes(most: int) -> list[int]:
    """Lower ends of four shades."""
    return sorted({1, *(1 + round(most * part / 4) for part in (1, 2, 3) if 1 + round(most * part / 4) <= most)})[:4]


def _fill(count: int, classes: list[int]) -> str:
    if not count:
        return GROUND
    place = sum(count >= low for low in classes) - 1
    return LAND[place + 4 - len(classes)] if len(classes) > 1 else LAND[1]
