"""How a template looks: paper and ink, grey for what is given, nothing for what is to be filled in."""

from __future__ import annotations

from typing import Any

GIVEN, HEAD, STILL_EMPTY, LINE = "#EFEDE6", "#E4E9E4", "#FFF8E1", "#B8B4A8"
FONT = "宋体"


class Styles:
    def __init__(self, workbook: Any) -> None:
        base = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
        cell = {**base, "border": 1, "border_color": LINE}
        wrapped = {**cell, "text_wrap": True}
        head = {**cell, "font_name": "黑体", "bg_color": HEAD, "text_wrap": True, "align": "center"}
        self.head = workbook.add_format(head)
        self.key = workbook.add_format({**cell, "num_format": "@", "bg_color": GIVEN})
        self.open_key = workbook.add_format({**cell, "num_format": "@", "locked": False})
        self.text = workbook.add_format({**cell, "num_format": "@", "locked": False})
        self.number = workbook.add_format({**cell, "num_format": "General", "align": "right", "locked": False})
        self.date = workbook.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "center", "locked": False})
        self.centred = workbook.add_format({**cell, "num_format": "@", "align": "center", "locked": False})
        self.free = workbook.add_format({"locked": False})
        self.still_empty = workbook.add_format({"bg_color": STILL_EMPTY})
        self.title = workbook.add_format({**base, "font_name": "黑体", "font_size": 16})
        self.heading = workbook.add_format({**base, "font_name": "黑体", "font_size": 12})
        self.plain = workbook.add_format({**base, "text_wrap": True})
        self.wrapped = workbook.add_format(wrapped)
        self.centred_note = workbook.add_format({**wrapped, "align": "center"})
        self.example = workbook.add_format({**wrapped, "italic": True, "bg_color": GIVEN})
        self.example_mark = workbook.add_format({**wrapped, "font_name": "黑体", "bg_color": GIVEN, "align": "center"})
