"""Which rows are units, and what their keys and names are. Reads no variables."""

from __future__ import annotations

import polars as pl
from attrs import frozen

from mujun.intake.cells import Cells, address
from mujun.intake.column import LOST_DIGITS, as_text, without_errors
from mujun.intake.header import Header
from mujun.intake.report import MOST, SHOWN, Report, cells_shown
from mujun.intake.sheet_scan import NOT_CALCULATED
from mujun.intake.words import trim, without_missing

TOTALS = ("合计", "总计", "小计")


@frozen
class Units:
    """`rows` are the cells' rows (from 0) that bring values; `keep` says which of them are a unit's own."""

    rows: pl.Series
    keep: pl.Series
    keys: pl.Series
    names: pl.Series


def read_units(body: Cells, header: Header, report: Report) -> Units:
    """Empty rows are passed over, totals told and passed over; a row without a key, or a key again, is an error."""
    raw = _texts(body, header.key)
    keys = _keys(raw)
    rows = _rows_of_units(body, header, keys, report)
    raw, keys = raw.gather(rows), keys.gather(rows)
    names = without_missing(_texts(body, header.name)).gather(rows)
    lost = keys.str.contains(LOST_DIGITS).fill_null(False)
    if header.key is not None:
        _report_without_key(body, header.key, rows, keys, report)
        _report_lost(body, header.key, rows, keys, lost, report)
        keys = keys.set(lost, None) if lost.any() else keys
        _report_twice(body, header.key, rows, keys, report)
        _report_changed(body, header.key, rows, raw, keys, report)
    keep = keys.is_not_null() & keys.is_first_distinct()
    if header.name is not None:
        _report_without_name(body, header.name, rows.filter(keep), names.filter(keep), report)
    if header.key is not None and not len(rows):
        report.error("no_rows", "表头下面没有数据。", "请核对是不是没有填，或拿错了文件。")
    return Units(rows, keep, keys, names.fill_null(keys))


def _texts(body: Cells, column: int | None) -> pl.Series:
    """A column as text; nulls where there is no such column."""
    if column is not None and column < len(body.columns):
        texts = as_text(body.columns[column])
        if texts is not None:
            return texts
    return pl.Series(values=[None], dtype=pl.String).new_from_index(0, body.height)


def _keys(raw: pl.Series) -> pl.Series:
    """Trimmed and NFKC; a leading apostrophe guards leading zeros and is no part of the key."""
    keys, _ = without_errors(raw, NOT_CALCULATED)
    if (keys.str.len_bytes() != keys.str.len_chars()).any():
        keys = trim(keys.str.normalize("NFKC"))
    return without_missing(keys.str.strip_prefix("'") if keys.str.starts_with("'").any() else keys)


def _rows_of_units(body: Cells, header: Header, keys: pl.Series, report: Report) -> pl.Series:
    """Rows that are neither empty nor a total."""
    unit = keys.is_not_null()
    if keys.has_nulls():
        without = keys.is_null().arg_true()
        some, total = _contents(body, without)
        unit = unit.scatter(without, some & ~total)
        totals = without.filter(total).to_list()
    else:
        totals = []
    if header.key is not None:
        named = _is_total(keys)
        totals += named.arg_true().to_list()
        unit = unit & ~named
    if totals:
        shown = cells_shown([row + body.first_row for row in sorted(totals)], header.key or 0)
        report.warning("total_rows", f"有{len(totals):,}行是合计，没有读入：{shown}。", "合计由程序计算，不必填报。")
    return unit.arg_true()


def _contents(body: Cells, rows: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Of these rows: whether there is anything in them, and whether they are a total."""
    some = total = pl.Series(values=[False], dtype=pl.Boolean).new_from_index(0, len(rows))
    for column in body.columns:
        texts = as_text(column.gather(rows))
        if texts is not None and texts.null_count() < len(rows):
            texts = trim(texts)
            some, total = some | texts.is_not_null(), total | _is_total(texts)
    return some, total


def _is_total(texts: pl.Series) -> pl.Series:
    """合计, also written 合　计 or 合计：."""
    return texts.str.replace_all(r"[\s:：]", "").is_in(TOTALS).fill_null(False)


def _report_without_key(body: Cells, column: int, rows: pl.Series, keys: pl.Series, report: Report) -> None:
    empty = rows.filter(keys.is_null())
    for row in empty.head(MOST).to_list():
        message = "这一行有数据，没有单位代码。"
        report.error("no_key", message, "请补上代码；不是单位的行请删去。", cell=address(row + body.first_row, column))
    report.many("no_key", len(empty), "没有单位代码的行")


def _report_lost(body: Cells, column: int, rows: pl.Series, keys: pl.Series, lost: pl.Series, report: Report) -> None:
    damaged = rows.filter(lost)
    for row, key in zip(damaged.head(MOST).to_list(), keys.filter(lost).head(MOST).to_list(), strict=True):
        message = f"单位代码成了科学记数“{key}”，末尾的数字已经丢失。"
        mend = "请把代码列的单元格格式设为“文本”，从原始资料重新填写。"
        report.error("key_digits_lost", message, mend, cell=address(row + body.first_row, column))
    report.many("key_digits_lost", len(damaged), "成了科学记数的单位代码")


def _report_twice(body: Cells, column: int, rows: pl.Series, keys: pl.Series, report: Report) -> None:
    first = keys.is_first_distinct()
    table = pl.DataFrame({"key": keys, "row": rows})
    again = table.filter(keys.is_not_null() & ~first)
    told = again.head(MOST).join(table.filter(first), on="key", maintain_order="left") if len(again) else again.head(0)
    for key, row, first_row in told.iter_rows():
        cell, other = address(row + body.first_row, column), address(first_row + body.first_row, column)
        message = f"单位代码“{key}”重复：{other}已经有了，{cell}又出现，这一行没有读入。"
        report.error("duplicate_key", message, "一个单位只能有一行，请核对后删去或合并。", cell=cell, unit=key)
    report.many("duplicate_key", len(again), "重复的单位代码")


def _report_changed(body: Cells, column: int, rows: pl.Series, raw: pl.Series, keys: pl.Series, report: Report) -> None:
    changed = (raw != keys).fill_null(False).arg_true()
    if len(changed):
        shown = cells_shown((rows.gather(changed.head(SHOWN + 1)) + body.first_row).to_list(), column)
        example = f"例如“{raw[changed[0]]}”读作“{keys[changed[0]]}”"
        message = f"{len(changed):,}个单位代码去掉了空格或改成了半角（{example}）：{shown}。"
        report.info("keys_changed", message)


def _report_without_name(body: Cells, column: int, rows: pl.Series, names: pl.Series, report: Report) -> None:
    empty = rows.filter(names.is_null())
    if len(empty):
        shown = cells_shown((empty.head(SHOWN + 1) + body.first_row).to_list(), column)
        message = f"{len(empty):,}个单位没有名称，先用代码当名称：{shown}。"
        report.warning("no_name", message, "请补上名称。")
