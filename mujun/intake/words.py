"""Trim and unify what people type: blanks, widths, the marks for "no data". Knows no types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import product

import polars as pl

BLANKS = (
    " \t\r\n\v\f\0\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
)
"""White space, and signs that cannot be seen; cut off at both ends."""

_HALF = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)} | {
    "\u3000": " ",
    "−": "-",
    "﹣": "-",
    "’": "'",
    "‘": "'",
}
"""Full width to half width, sign by sign. Not NFKC, which reads 5² as 52."""

_MISSING = ("/", "-", "—", "——", "–", "−", "―", "…", "……", "...", "N/A", "无")


def trim(texts: pl.Series) -> pl.Series:
    """Cut off blanks at both ends; nothing left is null."""
    trimmed = texts.str.strip_chars(BLANKS)
    return trimmed.replace([""], [None]) if (trimmed == "").any() else trimmed


def halve(texts: pl.Series) -> pl.Series:
    """Full-width signs, digits and letters to half width."""
    return texts.str.replace_many(_HALF)


def plain(text: str) -> str:
    """A header or a word for comparison: NFKC, no blanks anywhere, one case."""
    unified = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in unified if sign not in BLANKS).casefold()


def without_missing(texts: pl.Series, marks: Iterable[str] = ()) -> pl.Series:
    """Trimmed texts; the marks for "no data", and these beside, are null."""
    return _drop(trim(texts), [*_MARKS, *_widths(marks)])


def _drop(texts: pl.Series, marks: list[str]) -> pl.Series:
    found = texts.is_in(marks).fill_null(False)
    return texts.set(found, None) if found.any() else texts


def _widths(marks: Iterable[str]) -> list[str]:
    """Every way to type a mark: each sign half or full width, upper or lower case."""
    full = {half: wide for wide, half in _HALF.items() if ord(wide) > 0xFF00}
    typed = []
    for mark in marks:
        signs = [{sign, sign.lower(), full.get(sign, sign), full.get(sign.lower(), sign)} for sign in mark]
        typed += (
            ["".join(choice) for choice in product(*signs)]
            if len(mark) <= 4
            else [mark, "".join(full.get(s, s) for s in mark)]
        )
    return typed


_MARKS = _widths(_MISSING)
