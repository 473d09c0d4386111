"""How cells look. One palette: green for what may be changed, grey for helpers, amber for warnings."""

from __future__ import annotations

from typing import Any

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_PLAIN = "General"
_HAIR = "#d9d9d9"
_SIDES = {"left": "left", "right": "right", "centre": "center"}
WIDTHS = {
    "key": 21,
    "name": 34,
    "text": 10,
    "verdict": 8,
    "rank": 8,
    "whole": 9,
    "date": 11,
    "wide": 40,
    "scope": 24,
    "class": 20,
    "code": 14,
    "reason": 30,
    "plain": 16,
}


class Styles:
    """The formats of one workbook."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, bool, bool], Any] = {}
        add = workbook.add_format
        self.title = add({**_FONT, "font_size": 16, "bold": True, "font_name": "黑体"})
        self.warning = add({**_FONT, "bold": True, "font_color": "#8a4b08"})
        self.note = add({**_FONT, "font_color": "#595959"})
        self.section = add({**_FONT, "bold": True, "font_color": "#ffffff", "bg_color": "#1f6b4f", "align": "left"})
        head = {**_FONT, "bold": True, "text_wrap": True, "bottom": 1, "align": "center", "bg_color": "#e4efe9"}
        self.head = add(head)
        self.helper_head = add({**head, "bold": False, "font_color": "#595959", "bg_color": "#eeeeee"})
        basis = {**_FONT, "font_size": 8, "text_wrap": True, "valign": "top", "font_color": "#595959", "bottom": 1}
        self.basis = add(basis)
        self.group = add(
            {**_FONT, "bold": True, "font_color": "#1f6b4f", "font_size": 11, "bottom": 1, "bottom_color": "#1f6b4f"}
        )
        ink = {**_FONT, "bold": True, "top": 1, "bottom": 1, "font_size": 10.5}
        self.list_head = {side: add({**ink, "align": _SIDES[side]}) for side in _SIDES}
        self.changed = add({"bg_color": "#fff2cc", "bold": True})
        self.wrap = add({**_FONT, "text_wrap": True, "valign": "top"})
        self.slack = add({**_FONT, "align": "left", "num_format": "0.0000000000E+00"})
        self.bold = add({**_FONT, "bold": True, "valign": "top"})

    def listed(self, style: str) -> Any:
        """A cell of 名单: a hairline under it."""
        known = (f"list {style}", False, False)
        if known not in self._made:
            shape = {**_FONT, "font_size": 10.5, "num_format": number_format(style), "bottom": 1, "bottom_color": _HAIR}
            shape["align"] = {"rank": "center", "count": "center", "verdict": "center", "whole": "center"}.get(
                style, "left"
            )
            if style.startswith("fixed"):
                shape["align"] = "right"
            shape["bold"] = style in ("rank", "verdict")
            self._made[known] = self._workbook.add_format(shape)
        return self._made[known]

    def cell(self, style: str, *, open_: bool = False, helper: bool = False) -> Any:
        """The format of a cell; `open_` ones may be changed, the others are locked."""
        known = (style, open_, helper)
        if known not in self._made:
            shape = {**_FONT, "num_format": number_format(style), "locked": not open_}
            if open_:
                shape |= {"bg_color": "#f3fbf0", "font_color": "#14532d"}
            if helper:
                shape |= {"font_color": "#7f7f7f"}
            if style in ("text", "verdict", "date", "rank", "class", "code"):
                shape["align"] = "center"
            if style in ("plain", "points", "score") or style.startswith("fixed"):
                shape |= {"align": "right", "indent": 1}
            if style == "basis":
                shape |= {"font_size": 9, "font_color": "#595959"}
            if style in ("verdict", "rank") or style == "total":
                shape["bold"] = True
            if style in ("key", "name", "wide", "scope", "class", "code", "reason", "basis") or style.startswith(
                "raw_text"
            ):
                shape["num_format"] = "@" if open_ else _PLAIN
            self._made[known] = self._workbook.add_format(shape)
        return self._made[known]


def number_format(style: str) -> str:
    """`fixed:4` shows all four decimals."""
    kind, _, places = style.partition(":")
    if kind == "fixed":
        return "0." + "0" * int(places) if int(places) else "0"
    return {
        "points": "0.00##",
        "score": "0.0000",
        "date": "yyyy-mm-dd",
        "whole": "0",
        "rank": "0",
        "count": "#,##0",
    }.get(kind, _PLAIN)


def width(style: str) -> float:
    return WIDTHS.get(style, 14)
