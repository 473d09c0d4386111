"""Make a register of a table of texts, with everything wrong with it told at once. Opens no file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import polars as pl
from attrs import frozen

from mujun.findings import Finding
from mujun.register.columns import COLUMNS
from mujun.register.credit_code import Override, check_credit_code, usual_form
from mujun.register.divisions import Divisions, load_divisions
from mujun.register.industries import Industries, load_industries
from mujun.register.register import SCHEMA, Register
from mujun.register.timeline import check_timelines
from mujun.register.told import Places, Told

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}.*)?")


@frozen
class RegisterReading:
    """The rows that can be used, and what is wrong with the file. Only errors keep it from being used."""

    register: Register
    findings: tuple[Finding, ...]


def make_register(
    table: pl.DataFrame,
    places: Places | None = None,
    *,
    credit_codes: bool = True,
    round_name: str = "2019",
) -> RegisterReading:
    """`table` has text columns by the ids of COLUMNS, and `row`, the row of the file.

    `credit_codes` is false for registers of towns, zones or parks, whose codes are numbers of their own.
    """
    told = Told(places or Places())
    texts = _texts(table)
    texts = texts.filter(_usable(texts, told))
    texts = _with_codes(texts, credit_codes, told)
    texts = _with_days(texts, told)
    _check_counties(texts, load_divisions(round_name), told)
    _check_industries(texts, load_industries(round_name), told)
    states = texts.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    states = states.sort("code", "valid_from", "row", nulls_last=False)
    check_timelines(states, told)
    return RegisterReading(Register(states, told.places.file), tuple(told.findings))


def _texts(table: pl.DataFrame) -> pl.DataFrame:
    """Trimmed; what is empty or lacks is null; rows with nothing in them are gone."""
    names = [column.id for column in COLUMNS]
    texts = table.select(
        *(
            pl.col(name).cast(pl.String).str.strip_chars().replace("", None)
            if name in table.columns
            else pl.lit(None, pl.String).alias(name)
            for name in names
        ),
        pl.col("row").cast(pl.Int64) if "row" in table.columns else pl.int_range(2, pl.len() + 2).alias("row"),
    )
    return texts.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in names))


def _usable(texts: pl.DataFrame, told: Told) -> pl.Series:
    for name, label in (("code", "代码"), ("name", "名称")):
        for row in texts.filter(pl.col(name).is_null())["row"]:
            told.error("register_incomplete", f"这一行没有{label}，没有读入。", f"请补上{label}。", row, name)
    return texts["code"].is_not_null() & texts["name"].is_not_null()


def _with_codes(texts: pl.DataFrame, credit_codes: bool, told: Told) -> pl.DataFrame:
    if not credit_codes:
        return texts
    overrides = {
        usual_form(code): Override(by or "", why or "", document or "")
        for code, by, why, document in texts.select("code", "approved_by", "approved_why", "evidence").iter_rows()
        if by or why
    }
    checked = {code: check_credit_code(code, overrides) for code in texts["code"].unique(maintain_order=True)}
    seen: set[str] = set()
    for row, code in texts.select("row", "code").iter_rows():
        for finding in checked[code].findings if code not in seen else ():
            told.add(finding, row, "code")
        seen.add(code)
    for row, code, by, why, document in texts.select(
        "row", "code", "approved_by", "approved_why", "evidence"
    ).iter_rows():
        if (by or why) and not (by and why and document):
            lacking = [label for label, text in (("核准人", by), ("核准理由", why), ("依据", document)) if not text]
            message = f"{code}的核准不完整，缺{'、'.join(lacking)}，不起作用。"
            told.error(
                "override_incomplete", message, "核准人、核准理由和依据（如执照扫描件）三项都要填。", row, "approved_by"
            )
    usual: Mapping[str, str] = {code: one.code for code, one in checked.items()}
    successors = pl.col("successor").str.replace_all(r"[；、,，\s]+", ";").str.to_uppercase()
    return texts.with_columns(pl.col("code").replace(usual), successors)


def _with_days(texts: pl.DataFrame, told: Told) -> pl.DataFrame:
    days: dict[str, list[date | None]] = {}
    for name, label in (("valid_from", "生效日期"), ("valid_to", "失效日期")):
        read: list[date | None] = []
        for row, text in texts.select("row", name).iter_rows():
            day = _day(text) if text else None
            if text and day is None:
                told.error("register_day", f"{label}“{text}”不是日期。", "请写成2019-04-09那样。", row, name)
            read.append(day)
        days[name] = read
    return texts.with_columns(pl.Series(name, read, pl.Date()) for name, read in days.items())


def _day(text: str) -> date | None:
    parts = _DAY.fullmatch(text.strip())
    try:
        return date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        return None


def _check_counties(texts: pl.DataFrame, divisions: Divisions | None, told: Told) -> None:
    """A county is looked up on the last day its row holds, or its first: a row that goes on is held to the latest."""
    if divisions is None:
        return
    latest = max((day for one in divisions.all if (day := one.valid_from)), default=date.max)
    days = pl.coalesce("valid_to", pl.max_horizontal("valid_from", pl.lit(latest)))
    for row, code, text, day in texts.drop_nulls("county").select("row", "code", "county", days).iter_rows():
        told.division(divisions, text, day, row, code)


def _check_industries(texts: pl.DataFrame, industries: Industries | None, told: Told) -> None:
    if industries is None:
        return
    for row, code, text in texts.drop_nulls("industry").select("row", "code", "industry").iter_rows():
        finding = industries.check(text)
        if finding is not None:
            told.add(finding, row, "industry", unit=code)
