"""Which free faces stand in for the licensed ones of the standard, on this machine. Embeds no licensed face."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import typst
from attrs import frozen

from mujun.documents.gongwen.norm import FANG, HEI, KAI, LATIN, SONG, SONG_TITLE
from mujun.findings import CannotGoOn, Finding, Severity

_SERIF = ("Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "FandolSong")
_SANS = ("Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "FandolHei")
_FREE = {
    SONG_TITLE: _SERIF,
    FANG: ("Zhuque Fangsong (technical preview)", "FandolFang R", *_SERIF),
    KAI: ("LXGW WenKai", "FandolKai", *_SERIF),
    HEI: (*_SANS, *_SERIF),
    SONG: _SERIF,
    LATIN: ("Liberation Serif", "Tinos", "TeX Gyre Termes", "Libertinus Serif"),
}
"""Open licences all, the nearest in looks first."""


@frozen
class Faces:
    """Licensed name → the free face that is embedded."""

    chosen: dict[str, str]

    @property
    def told(self) -> str:
        """What the PDF says of it."""
        by_free: dict[str, list[str]] = {}
        for licensed, free in self.chosen.items():
            by_free.setdefault(free, []).append(licensed)
        said = "；".join(f"{free}代{'、'.join(names)}" for free, names in by_free.items())
        return f"本PDF嵌入自由字体：{said}。标准字体见同名DOCX。"


def find_faces(families: Sequence[str] | None = None) -> Faces:
    """Of the faces of this machine, or of `families`. Raises CannotGoOn where none is Chinese."""
    there = set(_families() if families is None else families)
    chosen = {licensed: next((one for one in free if one in there), "") for licensed, free in _FREE.items()}
    if lacking := [licensed for licensed, free in chosen.items() if not free]:
        message = f"这台机器上没有可以代替{'、'.join(lacking)}的自由字体，不能生成PDF。"
        mend = "请安装思源宋体、思源黑体（软件包 fonts-noto-cjk），或只生成DOCX。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_face", message, mend)])
    return Faces(chosen)


@cache
def _families() -> tuple[str, ...]:
    return tuple(typst.Fonts().families())
