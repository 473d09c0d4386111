"""How cells look. One palette: green for what may be changed, grey for helpers, amber for warnings."""

from __future__ import annotations

from typing import Any

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_PLAIN = "General"
WIDTHS = {"key": 21, "name": 28, "text": 10, "verdict": 8, "rank": 8, "whole": 9, "date": 11, "wide": 40}


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
        self.group = add({**_FONT, "bold": True, "font_color": "#1f6b4f", "font_size": 11})
        self.wrap = add({**_FONT, "text_wrap": True, "valign": "top"})
        self.bold = add({**_FONT, "bold": True, "valign": "top"})

    def cell(self, style: str, *, open_: bool = False, helper: bool = False) -> Any:
        """The format of a cell; `open_` ones may be changed, the others are locked."""
        known = (style, open_, helper)
        if known not in self._made:
            shape = {**_FONT, "num_format": number_format(style), "locked": not open_}
            if open_:
                shape |= {"bg_color": "#f3fbf0", "font_color": "#14532d"}
            if helper:
                shape |= {"font_color": "#7f7f7f"}
            if style in ("text", "verdict", "date", "rank"):
                shape["align"] = "center"
            if style in ("verdict", "rank") or style == "total":
                shape["bold"] = True
            if style in ("key", "name", "wide") or style.startswith("raw_text"):
                shape["num_format"] = "@" if open_ else _PLAIN
            self._made[known] = self._workbook.add_format(shape)
        return self._made[known]


def number_format(style: str) -> str:
    """`fixed:4` shows all four decimals."""
    kind, _, places = style.partition(":")
    if kind == "fixed":
        return "0." + "0" * int(places) if int(places) else "0"
    return {"points": "0.00##", "score": "0.0000", "date": "yyyy-mm-dd", "whole": "0", "rank": "0"}.get(kind, _PLAIN)


def width(style: str) -> float:
    return WIDTHS.get(style, 12)
