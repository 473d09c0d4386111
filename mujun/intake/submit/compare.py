"""Hold what comes in against what holds: corrections are told, what would wipe out or rename is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from attrs import frozen

from mujun.collection import Form
from mujun.dataset import NAME
from mujun.findings import Finding, Severity
from mujun.intake.cells import address
from mujun.intake.report import MOST
from mujun.intake.submit.read_form import FormReading
from mujun.register.names import plain_names
from mujun.store.holding import UNIT, Holding
from mujun.store.store import receipt_of

ASKED = frozenset({"value_withdrawn", "renamed", "record_moved", "unit_unknown", "unit_closed", "unit_merged"})
"""Codes of this room that want a reason, beside those the plan declares."""

_CELL = [UNIT, "record"]


@frozen
class _Kind:
    code: str
    severity: Severity
    message: str
    mend: str
    counted: str


_CORRECTED = _Kind("corrects", Severity.INFO, "“{label}”更正：原来是{old}（{whence}），这次是{new}。", "", "更正的格")
_WITHDRAWN = _Kind(
    "value_withdrawn",
    Severity.WARNING,
    "“{label}”原来是{old}（{whence}），这次是空的：入库后这一格就没有数了。",
    "不是要撤回的，请补上数，或删去这一行；确实要撤回的，请说明理由。",
    "撤回的格",
)
_RENAMED = _Kind(
    "renamed",
    Severity.WARNING,
    "单位名称原来是“{old}”（{whence}），这次是“{new}”。",
    "请核对代码和名称是不是同一个单位；确实改了名的，请说明理由。",
    "名称不同的单位",
)
_MOVED = _Kind(
    "record_moved",
    Severity.WARNING,
    "记录“{record}”原来属于单位{old}（{whence}），这次属于{new}。",
    "编号重复的请改编号；确实换了单位的，请说明理由，原来那一条随之撤回。",
    "换了单位的记录",
)


def compare(reading: FormReading, form: Form, holding: Holding) -> list[Finding]:
    """Findings about the cells that were said before."""
    labels = {one.id: one.label for one in form.variables}
    findings: list[Finding] = []
    for name in (NAME, *labels):
        if (form.table, name) not in holding.said:
            continue
        said = reading.observations.filter(pl.col("variable") == name)
        held = holding.of(form.table, name).select(*_CELL, pl.col("value").alias("old"), "batch")
        both = said.join(held, on=_CELL, how="inner", maintain_order="left").filter(pl.col("old").is_not_null())
        differ = both.filter(pl.col("value").ne_missing(pl.col("old")))
        if name == NAME:
            another = differ.filter(plain_names(differ["value"]) != plain_names(differ["old"]))
            findings += _tell(another, _RENAMED, "", reading, holding)
            continue
        label = labels.get(name, name)
        findings += _tell(differ.filter(pl.col("value").is_not_null()), _CORRECTED, label, reading, holding)
        findings += _tell(differ.filter(pl.col("value").is_null()), _WITHDRAWN, label, reading, holding)
    return findings + _moved(reading, form, holding)


def withdrawn_records(reading: FormReading, form: Form, holding: Holding) -> pl.DataFrame:
    """Observations that empty a record under its former unit, for records that came with another."""
    parts = [
        moved.select(
            "table",
            pl.col("old").alias(UNIT),
            "record",
            pl.lit(name).alias("variable"),
            pl.lit(None, pl.String).alias("value"),
            pl.col(UNIT).alias("text"),
            "row",
            "column",
        )
        for name, moved in _records_elsewhere(reading, form, holding)
    ]
    return pl.concat([reading.observations, *parts]) if parts else reading.observations


def _moved(reading: FormReading, form: Form, holding: Holding) -> list[Finding]:
    parts = [moved for _, moved in _records_elsewhere(reading, form, holding)]
    if not parts:
        return []
    once = pl.concat(parts).unique([UNIT, "record", "old"], keep="first", maintain_order=True)
    return _tell(once.with_columns(value=pl.col(UNIT)), _MOVED, "", reading, holding)


def _records_elsewhere(reading: FormReading, form: Form, holding: Holding) -> list[tuple[str, pl.DataFrame]]:
    """By variable: records said of a unit that hold of another (`old`)."""
    units = reading.observations.filter(pl.col("variable") == UNIT)
    found = []
    for table, name in holding.said if form.table else ():
        if table != form.table:
            continue
        held = holding.of(table, name).filter(pl.col("value").is_not_null())
        held = held.select("record", pl.col(UNIT).alias("old"), "batch")
        moved = units.join(held, on="record", how="inner", maintain_order="left").filter(pl.col(UNIT) != pl.col("old"))
        if not moved.is_empty():
            found.append((name, moved))
    return found


def _tell(rows: pl.DataFrame, kind: _Kind, label: str, reading: FormReading, holding: Holding) -> list[Finding]:
    entries = {entry.seq: entry for entry in holding.entries}
    places = reading.places
    findings = []
    for row in rows.head(MOST).iter_rows(named=True):
        entry = entries[row["batch"]]
        whence = f"{entry.facts['file']}，{entry.by} {entry.at[:10]}入库，回执{receipt_of(entry).number}"
        message = kind.message.format(
            label=label, old=row["old"], new=row["value"], whence=whence, record=row["record"]
        )
        cell, variable = address(row["row"], row["column"]), "" if row["variable"] == NAME else row["variable"]
        findings.append(
            Finding(
                kind.severity,
                kind.code,
                message,
                kind.mend,
                places.file,
                places.sheet,
                cell,
                unit=row[UNIT],
                variable=variable,
            )
        )
    if rows.height > MOST:
        about = f"“{label}”" if label else ""
        message = f"{about}{kind.counted}共{rows.height:,}处，以上只列了前{MOST:,}处。"
        findings.append(Finding(kind.severity, kind.code, message, kind.mend, places.file, places.sheet))
    return findings


def contradictions(readings: Sequence[tuple[Form, FormReading]]) -> list[Finding]:
    """Cells that two files of one command fill in differently: which of them should hold, nobody could tell."""
    findings = []
    by_form: dict[str, list[FormReading]] = {}
    for form, reading in readings:
        by_form.setdefault(form.id, []).append(reading)
    for form in {form.id: form for form, _ in readings}.values():
        labels = {one.id: one.label for one in form.variables}
        for row, first, second in _differing(by_form[form.id]):
            here = "!".join(part for part in (first.places.file, address(row["row"], row["column"])) if part)
            message = (
                f"单位{row[UNIT]}的“{labels[row['variable']]}”两份文件说法不一："
                f"{here}是{_said(row['value'])}，这里是{_said(row['value_2'])}。"
            )
            cell = address(row["row_2"], row["column_2"])
            place = (second.places.file, second.places.sheet, cell)
            mend = "同一格只能有一个数：请改成一致，或先报一份，再把更正的另报一次。"
            findings.append(
                Finding(Severity.ERROR, "said_twice", message, mend, *place, unit=row[UNIT], variable=row["variable"])
            )
    return findings


def _differing(readings: Sequence[FormReading]) -> Iterator[tuple[dict[str, Any], FormReading, FormReading]]:
    """Each cell said again with another value, beside the first that said it. Most files have no cell in common."""
    if len(readings) < 2:
        return
    cell = ["table", UNIT, "record", "variable"]
    said = pl.concat(
        one.observations.filter(pl.col("variable") != NAME).with_columns(pl.lit(number).alias("file"))
        for number, one in enumerate(readings)
    )
    firsts = said.unique(cell, keep="first", maintain_order=True)
    again = said.join(
        firsts.select(*cell, "value", "row", "column", "file"), on=cell, suffix="_1", maintain_order="left"
    )
    differ = again.filter(pl.col("file") != pl.col("file_1"), pl.col("value").ne_missing(pl.col("value_1")))
    for row in differ.head(MOST).iter_rows(named=True):
        told = {**row, "value": row["value_1"], "row": row["row_1"], "column": row["column_1"]}
        told |= {"value_2": row["value"], "row_2": row["row"], "column_2": row["column"]}
        yield told, readings[row["file_1"]], readings[row["file"]]


def _said(value: str | None) -> str:
    return "空" if value is None else value
