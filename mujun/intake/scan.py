"""What a look over a sheet found: how far it reaches, and the cells that the reader of cells would pass over."""

from __future__ import annotations

import re
from array import array

from attrs import define, field

NOT_CALCULATED = "#未计算"
"""Stands for a formula without a result."""

_QUOTED = re.compile(r'"[^"]*"|\\.')


@define
class Scan:
    """Rows count from 1, columns from 0. `height` and `width` are 0 for an empty sheet. `filled` is about
    how many cells hold something.

    `special` and `percent` are by column, in little memory: a million cells can show per cent.
    """

    height: int = 0
    width: int = 0
    filled: int = 0
    special: dict[int, tuple[array[int], list[str]]] = field(factory=dict)
    percent: dict[int, array[int]] = field(factory=dict)

    def reach(self, row: int, column: int) -> None:
        """There is something in this cell."""
        if row < 1 or column < 0:
            raise ValueError(f"no such cell: {row}, {column}")
        self.filled += 1
        if row > self.height:
            self.height = row
        if column >= self.width:
            self.width = column + 1

    def mark(self, row: int, column: int, text: str) -> None:
        """A cell that has been reached shows this text, whatever the reader says."""
        rows, texts = self.special.setdefault(column, (array("I"), []))
        rows.append(row)
        texts.append(text)

    def mark_percent(self, row: int, column: int) -> None:
        self.percent.setdefault(column, array("I")).append(row)


def shows_per_cent(number_format: str) -> bool:
    """Not where the sign is only quoted: 0.0"%" shows 0.25 as 0.3%."""
    return "%" in _QUOTED.sub("", number_format)
