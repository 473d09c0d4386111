"""What is wrong with keys and names, in the words of a clerk."""

from __future__ import annotations

import polars as pl

from mujun.intake.cells import address
from mujun.intake.report import MOST, SHOWN, Report, cells_shown


class Row:
    """Columns of the table of rows: sheet row, key as written, key, name, digits lost, key there for the first time."""

    NUMBER, RAW, KEY, NAME, LOST, FIRST = "number", "raw", "key", "name", "lost", "first"


def report_rows(table: pl.DataFrame, key_column: int, name_column: int | None, report: Report) -> None:
    """All findings about the rows of a sheet."""
    if table.is_empty():
        report.error("no_rows", "表头下面没有数据。", "请核对是不是没有填，或拿错了文件。")
    _without_key(table.filter(pl.col(Row.KEY).is_null()), key_column, report)
    _lost(table.filter(Row.LOST), key_column, report)
    _twice(table.filter(~pl.col(Row.LOST) & pl.col(Row.KEY).is_not_null()), key_column, report)
    _changed(table.filter(pl.col(Row.RAW) != pl.col(Row.KEY)), key_column, report)
    if name_column is not None:
        _without_name(table.filter(pl.col(Row.NAME).is_null() & pl.col(Row.KEY).is_not_null()), name_column, report)


def _without_key(rows: pl.DataFrame, column: int, report: Report) -> None:
    for number in rows[Row.NUMBER].head(MOST):
        message = "这一行有数据，没有单位代码。"
        report.error("no_key", message, "请补上代码；不是单位的行请删去。", cell=address(number, column))
    report.many("no_key", len(rows), "没有单位代码的行")


def _lost(rows: pl.DataFrame, column: int, report: Report) -> None:
    for number, key in rows.select(Row.NUMBER, Row.KEY).head(MOST).iter_rows():
        message = f"单位代码成了科学记数“{key}”，末尾的数字已经丢失。"
        mend = "请把代码列的单元格格式设为“文本”，从原始资料重新填写。"
        report.error("key_digits_lost", message, mend, cell=address(number, column))
    report.many("key_digits_lost", len(rows), "成了科学记数的单位代码")


def _twice(rows: pl.DataFrame, column: int, report: Report) -> None:
    again = rows.filter(~pl.col(Row.FIRST))
    if again.is_empty():
        return
    firsts = rows.filter(Row.FIRST).select(Row.KEY, pl.col(Row.NUMBER).alias("before"))
    told = again.head(MOST).join(firsts, on=Row.KEY, maintain_order="left")
    for key, number, before in told.select(Row.KEY, Row.NUMBER, "before").iter_rows():
        cell = address(number, column)
        message = f"单位代码“{key}”重复：{address(before, column)}已经有了，{cell}又出现，这一行没有读入。"
        report.error("duplicate_key", message, "一个单位只能有一行，请核对后删去或合并。", cell=cell, unit=key)
    report.many("duplicate_key", len(again), "重复的单位代码")


def _changed(rows: pl.DataFrame, column: int, report: Report) -> None:
    if rows.is_empty():
        return
    raw, key = rows.select(Row.RAW, Row.KEY).row(0)
    shown = cells_shown(rows[Row.NUMBER].head(SHOWN + 1).to_list(), column)
    message = f"{len(rows):,}个单位代码去掉了空格或改成了半角（例如“{raw}”读作“{key}”）：{shown}。"
    report.info("keys_changed", message)


def _without_name(rows: pl.DataFrame, column: int, report: Report) -> None:
    if rows.is_empty():
        return
    shown = cells_shown(rows[Row.NUMBER].head(SHOWN + 1).to_list(), column)
    message = f"{len(rows):,}个单位没有名称，先用代码当名称：{shown}。"
    report.warning("no_name", message, "请补上名称。")
