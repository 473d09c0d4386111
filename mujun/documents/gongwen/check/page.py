"""Paper, type area, lines and characters of a page, page numbers, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from mujun.documents.gongwen.check.measure import Measure, every, near
from mujun.documents.gongwen.check.read import Line, Sheet, millimetres, read_lines
from mujun.documents.gongwen.norm import (
    BOTTOM,
    CHARACTERS,
    DASH,
    LEFT,
    LINES,
    PAGE,
    PAGE_NUMBER_BELOW,
    SIZE_4,
    SONG,
    STYLES,
    TOP,
    TYPE_AREA,
)

_TOLERANCE = 0.5
_TWIPS_PER_POINT = 20
_EMU_PER_TWIP = 635


def measure_page(sheet: Sheet) -> Iterator[Measure]:
    section = sheet.section
    wide, high = section.page_width.mm, section.page_height.mm
    yield near("纸张宽", PAGE[0], wide, _TOLERANCE)
    yield near("纸张高", PAGE[1], high, _TOLERANCE)
    yield near("版心宽", TYPE_AREA[0], wide - section.left_margin.mm - section.right_margin.mm, _TOLERANCE)
    yield near("版心高", TYPE_AREA[1], high - section.top_margin.mm - section.bottom_margin.mm, _TOLERANCE)
    yield near("天头", TOP, section.top_margin.mm, 1)
    yield near("订口", LEFT, section.left_margin.mm, 1)
    yield _lines(sheet)
    yield _characters(sheet)


def _lines(sheet: Sheet) -> Measure:
    """The grid's lines, and those of the text itself: an exact distance goes before the grid."""
    grid = sheet.section._sectPr.find(qn("w:docGrid"))
    kind = grid.get(qn("w:type")) if grid is not None else None
    pitch = int(grid.get(qn("w:linePitch")) or 0) if kind in {"lines", "linesAndChars"} else 0
    section = sheet.section
    high = (section.page_height - section.top_margin - section.bottom_margin) / _EMU_PER_TWIP
    distances = {line.exact or pitch for line in sheet.styled(STYLES["body"])} | {pitch}
    counts = sorted({int(high // distance) if distance else 0 for distance in distances})
    return Measure("每面行数", f"{LINES}行", "、".join(f"{count}行" for count in counts), counts == [LINES])


def _characters(sheet: Sheet) -> Measure:
    grid = sheet.section._sectPr.find(qn("w:docGrid"))
    space = 0.0
    if grid is not None and grid.get(qn("w:type")) == "linesAndChars":
        space = int(grid.get(qn("w:charSpace")) or 0) / 4096
    section = sheet.section
    wide = (section.page_width - section.left_margin - section.right_margin) / _EMU_PER_TWIP / _TWIPS_PER_POINT
    body = [run for line in sheet.styled(STYLES["body"]) for run in line.runs]
    counts = sorted({int(wide // (run.size + run.spacing / _TWIPS_PER_POINT + space)) for run in body if run.size})
    found = "、".join(f"{count}字" for count in counts) or "没有正文"
    return Measure("每行字数", f"{CHARACTERS}字", found, counts in ([CHARACTERS], []))


def measure_page_numbers(sheet: Sheet) -> Iterator[Measure]:
    section = sheet.section
    both = sheet.document.settings.odd_and_even_pages_header_footer
    yield Measure("页码单双页", "分开", "分开" if both else "不分", bool(both))
    for name, footer, align, side in (
        ("单页码", section.footer, "right", "right"),
        ("双页码", section.even_page_footer, "left", "left"),
    ):
        yield from _number(name, footer, sheet.document, align, side)
    line = next(iter(read_lines(sheet.document, [section.footer.paragraphs[0]._p])))
    height = millimetres(line.exact or SIZE_4 * _TWIPS_PER_POINT)
    yield near("一字线距版心", PAGE_NUMBER_BELOW, BOTTOM - section.footer_distance.mm - height / 2, 1)


def _number(name: str, footer: Any, document: Any, align: str, side: str) -> Iterator[Measure]:
    line = next(iter(read_lines(document, [footer.paragraphs[0]._p])))
    field = "PAGE" in "".join(one.text or "" for one in footer.paragraphs[0]._p.iter(qn("w:instrText")))
    pattern = f"{DASH} {'1' if field else ''} {DASH}"
    shown = re.sub(" +", " ", line.text).replace(" ", " 1 " if field else " ", 1) if line.text else ""
    yield Measure(f"{name}一字线", pattern, shown or "没有", field and line.text == f"{DASH}  {DASH}")
    faces = {(run.latin, run.size) for run in line.runs}
    said = "、".join(f"{face} {size:g}磅" for face, size in sorted(faces)) or "没有"
    yield Measure(f"{name}字体", f"{SONG} {SIZE_4:g}磅（四号半角）", said, faces == {(SONG, SIZE_4)})
    place = f"{_SIDES.get(line.align, line.align)}，空{line.indents[f'{side}Chars'] / 100:g}字"
    wanted = f"居{_SIDES[align][1]}，空1字"
    yield Measure(f"{name}位置", wanted, place, (line.align, line.indents[f"{side}Chars"]) == (align, 100))


_SIDES = {"left": "居左", "right": "居右", "center": "居中", "both": "两端"}


def measure_marks(sheet: Sheet) -> Iterator[Measure]:
    """What the document says of itself stands at the head of every page; without a number it is a draft."""
    headers = [sheet.section.header]
    if sheet.document.settings.odd_and_even_pages_header_footer:
        headers.append(sheet.section.even_page_header)
    shown = ["".join(one.text for one in header.paragraphs) for header in headers]
    wrong = [f"“{text}”" for text in shown if text != sheet.comments]
    yield every("每页标记", f"“{sheet.comments}”" if sheet.comments else "没有标记", wrong, len(shown))
    pending = [line.shown for line in _pending(sheet)]
    if pending:
        marked = any(word in sheet.comments for word in ("拟稿", "征求意见稿"))
        yield Measure("未编文号须标拟稿", "拟稿或征求意见稿", sheet.comments or "没有标记", marked)


def _pending(sheet: Sheet) -> list[Line]:
    return [line for line in sheet.styled(STYLES["number"]) if "待编" in line.text]
