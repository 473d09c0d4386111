"""拼音首字母 of a name, by which people search: 钱江智芯 is qjzx."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

_MOST = 80


def initials_of(name: str) -> str:
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(sign for sign in letters.lower() if sign.isalnum())[:_MOST]
