"""How wide text is, in characters, and what follows for marks and signatures. The same for DOCX and PDF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import combinations, pairwise
from math import ceil

from mujun.documents.gongwen.norm import CHARACTERS, SIZE_2, SIZE_4

_LINE_POINTS = 442.0
_LARGEST = 48.0
_NARROWEST = 66
_DATE_FROM_RIGHT = 4.0


def width(text: str) -> float:
    """In Chinese characters; a figure or a Latin letter is half of one. Chinese quotation marks are whole."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def mark_type(mark: str) -> tuple[float, int]:
    """Size in points and width in per cent of a mark that has to stand in one line."""
    count = width(mark)
    size = min(_LARGEST, _LINE_POINTS / count * 100 / _NARROWEST)
    size = int(size * 2) / 2
    return size, min(100, int(_LINE_POINTS / (count * size) * 100))


def right_indents(lines: Sequence[str]) -> list[float]:
    """署名、（代章）、日期 centred on one axis, in characters from the right: the last is the day, four in at least.

    A name too long to be centred over a day that stands four characters in moves the day inwards, not itself outwards.
    """
    widths = [min(width(line), CHARACTERS) for line in lines]
    axis = max(_DATE_FROM_RIGHT + widths[-1] / 2, *(one / 2 for one in widths))
    return [round((axis - one / 2) * 2) / 2 for one in widths]


def copies_lines(copies: str) -> int:
    """How many lines 抄送 takes: one character free on each side, three for the word itself."""
    return max(1, ceil(width(copies) / (int(_LINE_POINTS / SIZE_4) - 2 - 3)))


_WORDS = re.compile(
    r"《|“[^”]*”|[0-9]+年|关于|印发|领跑者行动|领跑者|具体方案|工作方案|推荐名单|名单|审定会议|会议材料|答复意见书|"
    r"受理回执|分发签收单|浙江省|县（市、区）|[^《》“”0-9]{2}的(?=通知|公示|报告|公告|函)|."
)
_CLOSING = set("》”）、，的：")


def title_lines(title: str) -> tuple[str, ...]:
    """A title in as few lines as hold it, none broken inside a word, as even as can be (词意完整、排列对称)."""
    longest = _LINE_POINTS / SIZE_2 - 0.5
    if width(title) <= longest:
        return (title,)
    starts = [match.start() for match in _WORDS.finditer(title)][1:]
    places = [at for at in starts if title[at] not in _CLOSING and title[at - 1] not in "《“（"]
    for breaks in range(1, 5):
        best = min(
            (_cut(title, cut) for cut in combinations(places, breaks) if _fits(_cut(title, cut), longest)),
            key=_unevenness,
            default=None,
        )
        if best:
            return best
    return (title,)


def _cut(title: str, places: Sequence[int]) -> tuple[str, ...]:
    ends = (0, *places, len(title))
    return tuple(title[start:end] for start, end in pairwise(ends))


def _fits(lines: Sequence[str], longest: float) -> bool:
    return all(width(line) <= longest for line in lines)


def _unevenness(lines: Sequence[str]) -> tuple[float, float]:
    """How far the lines differ; of even cuts the one that ends a quotation or a word with the line."""
    widths = [width(line) for line in lines]
    natural = sum(line[-1] not in "”》，、的" for line in lines[:-1])
    return max(widths) - min(widths) + 3 * natural, -widths[0]
