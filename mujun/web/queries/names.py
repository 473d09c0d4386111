"""Names as they are searched: Chinese, or the initials of their pinyin."""

from __future__ import annotations

from django.db.models import Q
from pypinyin import Style, lazy_pinyin


def initials(name: str) -> str:
    """hzdz for 杭州电子; letters and digits stay."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower().replace(" ", "")[:80]


def named(text: str) -> Q:
    """Rows with `name` and `initials` that somebody may mean by this text."""
    text = text.strip()
    return Q(name__icontains=text) | Q(initials__startswith=text.lower()) if text else Q()
