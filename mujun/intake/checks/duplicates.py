"""The same unit twice: one name under two codes, one body under two codes, one row copied into the next."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from mujun.collection.model import Check, Duplicates
from mujun.dataset import KEY, NAME
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.tell import Found, finding
from mujun.intake.report import MOST
from mujun.register.names import plain_names
from mujun.scheme.expression import Kind

_CODE = r"^[0-9A-Z]{18}$"
_BODY = (8, 9)
"""Where the number of the body stands in a unified social credit code: signs 9 to 17 (GB 32100)."""


def duplicates(context: Context) -> list[Finding]:
    """On forms of the units' own variables; a record twice is told where details are read."""
    if context.form.table:
        return []
    found: list[Finding] = []
    for check, rule in context.declared(Duplicates):
        frame = context.incoming.frame
        names = pl.Series("again", plain_names(frame[NAME])).set(frame[NAME] == frame[KEY], None)
        found += _twice(context, check, names, "名称与{first}行的“{name}”（{key}）相同，而代码不同")
        codes = frame[KEY].str.contains(_CODE)
        bodies = frame[KEY].str.slice(*_BODY).set(~codes, None).alias("again")
        found += _twice(
            context, check, bodies, "代码的主体识别码与{first}行的“{name}”（{key}）相同，像是同一家的新旧代码"
        )
        what = "各项数与{first}行的“{name}”（{key}）完全相同，像是复制了没有改"
        found += _twice(context, check, _rows(context, rule), what)
    return found


def _rows(context: Context, rule: Duplicates) -> pl.Series:
    """A mark that equal rows share; null for rows with too few numbers that are not zero to say anything."""
    numbers = [one.id for one in context.form.variables if one.kind is Kind.NUMBER and one.id in context.brought]
    if len(numbers) < rule.identical:
        return pl.Series("again", [None] * context.incoming.size, pl.String)
    said = pl.sum_horizontal((pl.col(name).fill_null(0.0) != 0).cast(pl.Int32) for name in numbers)
    mark = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in numbers], separator="|")
    return context.incoming.frame.select(pl.when(said >= rule.identical).then(mark).alias("again"))["again"]


def _twice(context: Context, check: Check, marks: pl.Series, what: str) -> Iterator[Finding]:
    """Every row but the first of those that share a mark."""
    table = context.incoming.frame.select(KEY, NAME).with_columns(marks)
    table = table.filter(pl.col("again").is_not_null())
    first = table.unique("again", keep="first", maintain_order=True)
    again = table.filter(~pl.col(KEY).is_in(first[KEY].implode()))
    pairs = again.join(first, on="again", suffix=":first", maintain_order="left").head(MOST)
    for key, name, first_key, first_name in pairs.select(KEY, NAME, f"{KEY}:first", f"{NAME}:first").iter_rows():
        place = f"第{context.row(first_key)}" if context.row(first_key) else ""
        message = f"“{name}”的{what.format(first=place, name=first_name, key=first_key)}。"
        mend = "是同一家的，请删去一行；确是两家的，请说明理由。" if check.needs_reason else "请核对是不是同一家。"
        cell = context.places.cell(key, next(iter(context.places.columns), "")) if key in context.places else None
        yield finding(context, check, Found(key, "", message, mend), cell or "")
    if again.height > MOST:
        told = f"疑似重复共{again.height:,}行，以上只列了前{MOST:,}行。"
        yield finding(context, check, Found("", "", told, "请先看是不是整段粘贴了两次。"), "")
