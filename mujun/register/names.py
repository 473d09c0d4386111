"""When two names are the same name written differently. Knows no codes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import polars as pl

_BLANKS = r"[\s\u00a0\u200b-\u200f\u2060\ufeff]"
_BRACKETS = {
    "（": "(",
    "）": ")",
    "﹙": "(",
    "﹚": ")",
    "【": "[",
    "】": "]",
    "［": "[",
    "］": "]",
    "〔": "[",
    "〕": "]",
}
_MARKS = {"＊": "*", "·": "", "•": "", "・": "", "“": "", "”": "", '"': ""}
_SPECIAL = r"^(S\*ST|SST|\*ST|ST)"
_TABLE = str.maketrans(_BRACKETS | _MARKS)


def plain_names(names: pl.Series) -> pl.Series:
    """For comparison: half width, one case, no blanks or quotation marks, without a listed firm's `ST` or `*ST`."""
    texts = names.str.normalize("NFKC").str.replace_many(_BRACKETS | _MARKS)
    return texts.str.replace_all(_BLANKS, "").str.to_uppercase().str.replace(_SPECIAL, "")


@cache
def plain_name(name: str) -> str:
    """One name, for comparison: the same as in a column, and quicker than a column of one."""
    text = unicodedata.normalize("NFKC", name).translate(_TABLE)
    return re.sub(_SPECIAL, "", re.sub(_BLANKS, "", text).upper())
