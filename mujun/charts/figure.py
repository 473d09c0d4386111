"""A figure: one Altair spec drawn as SVG for pages and PNG for documents, with the table that says the same.

No browser, no network, no clock: the same figures give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any
from xml.etree import ElementTree

import altair as alt
import vl_convert
from altair.utils import schemapi
from attrs import field, frozen

from mujun.charts.palette import ESTIMATED, FONTS, config

_SVG = "http://www.w3.org/2000/svg"
_SCALE = 3
_SMALL = 10
_LONG = re.compile(r"\d+\.\d{3,}")
"""A hundredth of a pixel is enough, and the same on every machine."""
ElementTree.register_namespace("", _SVG)
Drawing = alt.LayerChart | alt.FacetChart
SAYS = alt.Description("says:N")
"""The column that says what a mark is."""


@frozen
class Table:
    """What a figure shows, in words and numbers. The first `text_columns` are text, the others are numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int = 1


@frozen
class Figure:
    """`svg` stands alone as a file; `inline` goes into a page."""

    svg: str
    title: str
    table: Table
    spec: dict[str, Any] = field(repr=False, factory=dict)

    @property
    def width(self) -> int:
        """In pixels, at the size of a phone."""
        return round(float(self.svg.partition(' width="')[2].partition('"')[0]))

    @property
    def inline(self) -> str:
        """The SVG without its namespace: inside HTML it needs none, and the page names no address."""
        return self.svg.replace(f' xmlns="{_SVG}"', "", 1)

    def png(self, scale: float = _SCALE, source: Sequence[str] = ()) -> bytes:
        """The same picture on white, with its title and lines that say whence it is, for documents."""
        told = {"text": self.title, "subtitle": list(source), "subtitleFontSize": _SMALL, "subtitlePadding": 4}
        title = told if source else self.title
        spec = {**self.spec, "background": "#ffffff", "title": title}
        room, above = spec["padding"], 34 + 16 * len(source)
        spec["padding"] = {**{side: size + 8 for side, size in room.items()}, "top": room["top"] + above}
        spec = json.loads(json.dumps(spec).replace(f'"{ESTIMATED}"', f'"{FONTS}"'))
        return bytes(vl_convert.vegalite_to_png(spec, scale=scale))


@frozen
class Room:
    """What is kept free around the plot for words, in pixels.

    Fixed, and not measured: so a figure is the same on a machine with other fonts, or none, and takes a tenth of the
    time to draw.
    """

    left: int = 2
    right: int = 2
    top: int = 2
    bottom: int = 2

    @property
    def across(self) -> int:
        return self.left + self.right


def draw(chart: Drawing, title: str, table: Table, room: Room) -> Figure:
    """Every mark's `description` becomes its `<title>`."""
    sides = {"left": room.left, "right": room.right, "top": room.top, "bottom": room.bottom}
    whole = {"config": config(), "autosize": {"type": "none"}, "padding": sides}
    spec = json.loads(json.dumps({**chart.to_dict(validate=False), **whole}, sort_keys=True))
    return Figure(_tidy(vl_convert.vegalite_to_svg(spec), title), title, table, spec)


def unchecked() -> AbstractContextManager[None]:
    """Altair checks every piece of a spec against its schema, which takes longer than drawing; the tests let it."""
    return schemapi.debug_mode(False)


def rows(values: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Plain rows, inline. A tuple, because Altair copies lists again and again."""
    return {"values": tuple(values)}


def _tidy(svg: str, title: str) -> str:
    """Vega's roles and English descriptions go; what a mark is stays, as its title."""
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("display") == "none" or (child.get("class") == "background" and not child.get("fill")):
                parent.remove(child)
    for element in root.iter():
        label = element.get("aria-label")
        if label and element.get("aria-roledescription") != "axis" and element.tag != f"{{{_SVG}}}g":
            _entitle(element, label)
        for name in [name for name in element.attrib if name.startswith("aria-") or name in ("role", "class")]:
            del element.attrib[name]
        if "font-family" in element.attrib:
            element.set("font-family", FONTS)
        for name, value in element.attrib.items():
            element.set(name, _LONG.sub(lambda found: f"{float(found[0]):.2f}", value))
    root.set("role", "img")
    root.set("aria-label", title)
    return ElementTree.tostring(root, encoding="unicode")


def _entitle(element: ElementTree.Element, label: str) -> None:
    title = ElementTree.Element(f"{{{_SVG}}}title")
    title.text = label
    element.insert(0, title)
    if element.tag == f"{{{_SVG}}}text" and element.text:
        title.tail, element.text = element.text, None
