"""A header of several rows: groups above columns, units below them, merged cells. Makes one text per column of it.

Knows what a text may be, not what it means: whether a joined text is a name is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from attrs import frozen

from mujun.intake.cells import TOP, Cells, address
from mujun.intake.words import BLANKS
from mujun.scheme.units import parse_unit

MOST_LEVELS = 3

_NUMBER = re.compile(r"[+-]?[\d,.]+%?")
_BRACKETS = "()[]【】〔〕（）"
Row = tuple[str, ...]


@frozen
class Heading:
    """The header as one text per column. `rows` says in which row the lowest text of each column stands."""

    texts: Row
    rows: tuple[int, ...]
    first: int
    last: int

    def cell(self, column: int) -> str:
        return address(self.rows[column] if column < len(self.rows) else self.last, column)


def read_heading(cells: Cells, row: int, corner: Sequence[int], known: Callable[[str], bool]) -> Heading:
    """The header around row number `row`. `corner` are the columns of key and name; `known` tells what is a name."""
    first = _highest(cells, row, corner)
    last = _lowest(cells, row, corner, known)
    levels = [_filled(cells, number) for number in range(first, last + 1)]
    width = max(map(len, levels))
    written = [_padded(cells.top[number - 1], width) for number in range(first, last + 1)]
    padded = [_padded(level, width) for level in levels]
    texts, rows = [], []
    for column in range(width):
        parts = [level[column].strip(BLANKS) for level in padded]
        texts.append(_one_text(parts, known) if last > first else cells.top[row - 1][column])
        filled = [first + level for level in range(len(padded)) if written[level][column].strip(BLANKS)]
        rows.append(filled[-1] if filled else last)
    return Heading(tuple(texts), tuple(rows), first, last)


def reads_as_unit(text: str) -> bool:
    """万元, （万元）, 单位：万元; never a number."""
    bare = _bare(text)
    return bool(bare) and _NUMBER.fullmatch(bare) is None and parse_unit(bare) is not None


def _bare(text: str) -> str:
    return text.strip(BLANKS + _BRACKETS).removeprefix("单位").lstrip(":：").strip(BLANKS + _BRACKETS)


def _one_text(parts: Sequence[str], known: Callable[[str], bool]) -> str:
    """Joined if that is a name, else the lowest that is one, else the lowest there is. A unit goes into brackets."""
    distinct = [part for place, part in enumerate(parts) if part and part not in parts[:place]]
    if not distinct:
        return ""
    unit = ""
    if len(distinct) > 1 and reads_as_unit(distinct[-1]) and not known(distinct[-1]):
        unit = f"（{_bare(distinct.pop())}）"
    joined = ["".join(distinct[start:]) for start in range(len(distinct))]
    for text in [*joined, *reversed(distinct)]:
        if known(text + unit):
            return text + unit
    return distinct[-1] + unit


def _lowest(cells: Cells, row: int, corner: Sequence[int], known: Callable[[str], bool]) -> int:
    """The last row of the header: as far down as cells of it are merged, or as rows below only say more of it."""
    deepest = max((bottom for top, _, bottom, _ in cells.merged if top == row), default=row)
    last = min(deepest, row + MOST_LEVELS - 1, len(cells.top), TOP)
    while last < min(row + MOST_LEVELS - 1, len(cells.top), TOP) and _goes_on(cells, row, last + 1, corner, known):
        last += 1
    return last


def _goes_on(cells: Cells, row: int, below: int, corner: Sequence[int], known: Callable[[str], bool]) -> bool:
    lower = [text.strip(BLANKS) for text in cells.top[below - 1]]
    upper = _padded(_across(cells.top[row - 1], lower), len(lower))
    if any(column < len(lower) and lower[column] for column in corner) or not any(lower):
        return False
    if any(_NUMBER.fullmatch(text) for text in lower):
        return False
    return any(
        known(text) or known(above.strip(BLANKS) + text) or (known(above) and reads_as_unit(text))
        for above, text in zip(upper, lower, strict=False)  # rows of a CSV file have lengths of their own
        if text
    )


def _highest(cells: Cells, row: int, corner: Sequence[int]) -> int:
    """The first row of the header: groups above it are merged over several columns, but not over key and name."""
    first = row
    while first > 1 and row - first < MOST_LEVELS - 1:
        over = [
            (left, right) for top, left, bottom, right in cells.merged if top == bottom == first - 1 and left < right
        ]
        if not over or any(left <= column <= right for left, right in over for column in corner):
            break
        first -= 1
    return first


def _filled(cells: Cells, row: int) -> Row:
    """A row in which merged cells all show what they hold, and a group's name stands over all of its columns."""
    texts = list(cells.top[row - 1])
    for top, left, bottom, right in cells.merged:
        if top <= row <= bottom and top <= len(cells.top) and left < len(cells.top[top - 1]):
            texts += [""] * (min(right + 1, len(cells.top[top - 1])) - len(texts))
            for column in range(left, min(right + 1, len(texts))):
                texts[column] = cells.top[top - 1][left]
    if not cells.merged and row < len(cells.top):
        return _across(texts, cells.top[row])
    return tuple(texts)


def _across(upper: Sequence[str], lower: Sequence[str]) -> Row:
    """Where cells cannot be merged, a group's name stands in its first column only."""
    texts, group = [], ""
    for column, text in enumerate(upper):
        below = lower[column].strip(BLANKS) if column < len(lower) else ""
        group = text if text.strip(BLANKS) else group
        texts.append(text if text.strip(BLANKS) or not below else group)
    return tuple(texts)


def _padded(row: Sequence[str], width: int) -> Row:
    return (*row, *[""] * (width - len(row)))
