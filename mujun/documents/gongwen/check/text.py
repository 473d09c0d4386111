"""Text: faces of body and headings, indents, the title, brackets of numbers, days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mujun.documents.gongwen.check.measure import Measure, every
from mujun.documents.gongwen.check.read import Line, Sheet
from mujun.documents.gongwen.norm import FANG, HEI, KAI, SIZE_2, SIZE_3, SONG_TITLE, STYLES

_CHINESE = "一二三四五六七八九十"
_FIRST = re.compile(rf"[{_CHINESE}]+、")
_SECOND = re.compile(rf"[（(][{_CHINESE}]+[）)]")
_THIRD = re.compile(r"[0-9]+[.．]|[（(][0-9]+[）)]")
_WRONG_NUMBER = re.compile(
    r"[\[［【(（「{]\s*(?:19|20)\d{2}\s*[\]］】)）」}]\s*第?\s*\d+\s*号|〔\d+〕\s*(?:第\s*\d+|0\d*)\s*号|〔(?!\d{4}〕)\d*〕\s*\d+\s*号"
)
_RIGHT_NUMBER = re.compile(r"〔\d{4}〕[1-9]\d*号")
_WRONG_DAY = re.compile(r"\d{4}年0\d{1,2}月|\d{4}年\d{1,2}月0\d{1,2}日")
_RIGHT_DAY = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日")


def measure_text(sheet: Sheet) -> Iterator[Measure]:
    body = sheet.styled(STYLES["body"], STYLES["line"], STYLES["to"])
    body = [line for line in body if line.runs]
    yield _set_in("正文字体", body, FANG, SIZE_3)
    yield every("首行缩进", "左空二字（字符数和长度都写明）", *_indents(sheet))
    yield _headings("一级标题", sheet, _FIRST, HEI)
    yield _headings("二级标题", sheet, _SECOND, KAI)
    yield _headings("三级标题", sheet, _THIRD, FANG)


def measure_title(sheet: Sheet) -> Iterator[Measure]:
    titles = sheet.styled(STYLES["title"])
    yield _set_in("标题字体", titles, SONG_TITLE, SIZE_2)
    wrong = [line.shown for line in titles if line.align != "center"]
    yield every("标题位置", "居中", wrong, len(titles))
    if not titles:
        yield Measure("标题", "有", "没有", False)


def measure_wording(sheet: Sheet) -> Iterator[Measure]:
    text = "\n".join(sheet.texts)
    wrong = [match[0] for match in _WRONG_NUMBER.finditer(text)]
    yield every("文号括号", "〔年份〕，不加“第”，不编虚位", wrong, len(_RIGHT_NUMBER.findall(text)))
    wrong = [match[0] for match in _WRONG_DAY.finditer(text)]
    yield every("日期", "月、日不编虚位", wrong, len(_RIGHT_DAY.findall(text)))


def _set_in(name: str, lines: list[Line], face: str, size: float) -> Measure:
    wrong = [
        f"“{line.shown}”为{run.face} {run.size:g}磅"
        for line in lines
        for run in line.runs
        if (run.face, run.size) != (face, size)
    ]
    return every(name, f"{face} {size:g}磅", wrong, len(lines))


def _indents(sheet: Sheet) -> tuple[list[str], int]:
    lines = sheet.styled(STYLES["body"], STYLES["heading1"], STYLES["heading2"], STYLES["heading3"])
    wrong = []
    for line in lines:
        characters, twips = line.indents["firstLineChars"], line.indents["firstLine"]
        if characters != 200 or not 600 <= twips <= 640:
            wrong.append(f"“{line.shown}”为{characters / 100:g}字、{twips / 20:g}磅")
    return wrong, len(lines)


def _headings(name: str, sheet: Sheet, pattern: re.Pattern[str], face: str) -> Measure:
    """By their numbers, whatever their style is called."""
    lines = [line for line in sheet.body if line.runs and pattern.match(line.text) and line.style in _TEXT]
    wrong = [
        f"“{line.shown}”为{line.runs[0].face} {line.runs[0].size:g}磅"
        for line in lines
        if (line.runs[0].face, line.runs[0].size) != (face, SIZE_3)
    ]
    return every(name, f"{face} {SIZE_3:g}磅", wrong, len(lines))


_TEXT = {STYLES[key] for key in ("body", "line", "heading1", "heading2", "heading3")} | {"Normal"}
