"""Rows that are no units: totals, notes, signatures, the header over again. Each is told, none is taken for data."""

from __future__ import annotations

import polars as pl
from attrs import frozen

from mujun.intake.cells import Cells, address
from mujun.intake.column import as_text
from mujun.intake.header import Header
from mujun.intake.report import SHOWN, Report, cells_shown
from mujun.intake.words import plain, trim

_TOTAL = r"^[\p{Han}（）()]*(合计|总计|小计)$"
_SIGNED = (
    r"^[（(\[【]?(注|注释|备注|附注|(填表|填报|指标|编制)?说明|(数据|资料)?来源"
    r"|(填表|填报|制表|经办|审核|复核|校对|联系|报送)人|(单位|部门|企业|统计)?负责人|(分管|主要)领导|审核|复核|制表|经办"
    r"|(联系)?电话|手机|传真|邮箱|(填表|填报|制表|报送|报出)?(日期|时间)|(填表|填报|制表|报送)?单位|盖章|公章|签[字章名])"
    r"([（(](盖章|公章|签[字章名]|加盖公章)[)）])?[一二三四五六七八九十\d]{0,2}[）)\]】]?([:：]|$)"
)
"""How a line under a table begins, blanks left out: 注：, 填表人：, 单位负责人（签字）：."""
_NOTE = r"^注[\s\d一二三四五六七八九十、.．]"
_SENTENCE = r"^([（(]?[\d一二三四五六七八九十]{1,2}[）)、.．]|[①-⑳※*＊]).*\p{Han}{4}|\p{Han}.*[。；]$"
"""A numbered remark or a whole sentence; it counts only alone in its row and below all units."""
_LONGEST = 20


@frozen
class Asides:
    """Which rows (from 0) of the body are told of and left out, and which are empty."""

    totals: pl.Series
    notes: pl.Series
    headers: pl.Series
    empty: pl.Series

    @property
    def all(self) -> pl.Series:
        return pl.concat([self.totals, self.notes, self.headers, self.empty])


def find_asides(body: Cells, header: Header, keys: pl.Series) -> Asides:
    """Looks closely only at rows without a key, or whose key could be none."""
    doubtful = keys.is_null()
    if (keys.str.len_bytes() != keys.str.len_chars()).any():
        doubtful = doubtful | keys.str.contains(r"\p{Han}").fill_null(False)
    rows = doubtful.arg_true()
    texts = _texts(body, rows)
    own = keys.gather(rows)
    some, first, number = _first(texts, len(rows))
    alone = number == 1
    total = _any(texts, _TOTAL, own.is_null()) | _matches(own, _TOTAL)
    sure = (~doubtful).arg_true()
    below = rows > sure[-1] if len(sure) else some | True
    signed = _matches(first, _SIGNED) | _matches(first, _NOTE, keep_blanks=True)
    note = (own.is_null() | _same(own, first)) & (signed | (alone & below & _matches(first, _SENTENCE)))
    header_again = _is_header(own, header)
    return Asides(
        totals=rows.filter(total & ~header_again),
        notes=rows.filter(note & ~total & ~header_again),
        headers=rows.filter(header_again),
        empty=rows.filter(~some & own.is_null()),
    )


def report_asides(asides: Asides, body: Cells, header: Header, report: Report) -> None:
    """What was left out, with its place."""
    key = header.key or 0
    if len(asides.totals):
        shown = cells_shown((asides.totals + body.first_row).to_list(), key)
        message = f"有{len(asides.totals):,}行是合计，没有读入：{shown}。"
        report.warning("total_rows", message, "合计由程序计算，不必填报。")
    if len(asides.headers):
        shown = cells_shown((asides.headers + body.first_row).to_list(), key)
        report.info("header_again", f"有{len(asides.headers):,}行又是表头，没有读入：{shown}。")
    if len(asides.notes):
        notes = "；".join(_note(body, row) for row in asides.notes.head(SHOWN).to_list())
        more = "……" if len(asides.notes) > SHOWN else ""
        report.info("note_rows", f"有{len(asides.notes):,}行是说明或签署，没有读入：{notes}{more}。")


def _note(body: Cells, row: int) -> str:
    """Its first cell: A12“注：亩均税收=……”."""
    for place, column in enumerate(body.columns):
        texts = as_text(column.slice(row, 1))
        text = None if texts is None else trim(texts)[0]
        if text is not None:
            shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "……"
            return f"{address(row + body.first_row, place)}“{shown}”"
    return ""


def _texts(body: Cells, rows: pl.Series) -> list[pl.Series]:
    columns = [as_text(column.gather(rows)) for column in body.columns]
    return [trim(texts) for texts in columns if texts is not None and texts.null_count() < len(rows)]


def _first(texts: list[pl.Series], height: int) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Of each row: whether anything is in it, its first text, how many cells are filled."""
    nothing = pl.Series(values=[None], dtype=pl.String).new_from_index(0, height)
    number = pl.Series(values=[0], dtype=pl.UInt32).new_from_index(0, height)
    first = nothing
    for column in texts:
        number = number + column.is_not_null().cast(pl.UInt32)
        first = first.zip_with(first.is_not_null(), column)
    return number > 0, first, number


def _any(texts: list[pl.Series], pattern: str, where: pl.Series) -> pl.Series:
    found = where & False
    for column in texts:
        found = found | (_matches(column, pattern) & where)
    return found


def _matches(texts: pl.Series, pattern: str, keep_blanks: bool = False) -> pl.Series:
    bare = texts if keep_blanks else texts.str.replace_all(r"\s", "").str.replace(r"(合计|总计|小计)[:：]$", "$1")
    return bare.str.contains(pattern).fill_null(False)


def _same(keys: pl.Series, first: pl.Series) -> pl.Series:
    """The key is the row's first text; it was unified in width, so their lengths are compared."""
    return (keys.str.len_chars() == first.str.len_chars()).fill_null(False) & first.is_not_null()


def _is_header(keys: pl.Series, header: Header) -> pl.Series:
    if header.key is None:
        return keys.is_null() & False
    word = plain(header.texts[header.key])
    found = [key is not None and plain(key) == word for key in keys.to_list()]
    return pl.Series(values=found, dtype=pl.Boolean)
