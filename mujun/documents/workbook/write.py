"""Write `evaluation.xlsx`: the order of the sheets and of the sums, and nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path

import polars as pl
import xlsxwriter

from mujun.documents.workbook.cells import CALC, FIRST, GUIDE, LISTS, MARKS, NOBODY, RAW, SLACK
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.flags import put_flags
from mujun.documents.workbook.indicators import put_node
from mujun.documents.workbook.language import Name
from mujun.documents.workbook.people import SLACK_PLACE, write_guide, write_lists
from mujun.documents.workbook.prepare import inputs, put_eligibility, put_identity
from mujun.documents.workbook.selection import put_selection
from mujun.documents.workbook.sheets import (
    plan_raw,
    protect,
    set_up_page,
    title,
    write_calculation,
    write_marks,
    write_raw,
)
from mujun.documents.workbook.styles import Styles
from mujun.documents.workbook.tiers import put_tiers
from mujun.documents.workbook.totals import put_standing, put_total
from mujun.engine.evaluation import Evaluation
from mujun.findings import Finding, Severity
from mujun.law import Law
from mujun.scheme.expression import Kind
from mujun.scheme.model import Classify

MOST_UNITS = 20_000
_CREATED = datetime.datetime(2019, 4, 9)
"""Same input, same bytes: the workbook carries the notice's date, not the clock's."""


def write_workbook(path: Path, evaluation: Evaluation, law: Law, label: str = "") -> Finding | None:
    """Write the audit workbook. With more than 20,000 units nothing is written, and the finding returned says so."""
    if evaluation.units.height > MOST_UNITS:
        path.unlink(missing_ok=True)
        message = f"有{evaluation.units.height}个单位，多于{MOST_UNITS}个，没有写出 {path.name}。"
        mend = "逐格核对请用 mujun explain；如需工作簿，请分领域或分批评价。"
        return Finding(Severity.INFO, "no_workbook", message, mend, file=path.name)
    desk = _lay_out(evaluation, law)
    half = path.with_name(f".{path.name}.half")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(str(half), options)
    workbook.set_properties({"title": f"{evaluation.scheme.label} 评价", "created": _CREATED})
    workbook.set_calc_mode("auto")
    _write_sheets(workbook, desk, label)
    workbook.close()
    half.replace(path)
    return None


def _lay_out(evaluation: Evaluation, law: Law) -> Desk:
    """Every column and every benchmark, in the order of the calculation."""
    scheme = evaluation.scheme
    frame = pl.concat([evaluation.units, evaluation.details.drop("key")], how="horizontal")
    groups = [f"column:{name}" for name in scheme.group_by]
    shown = [pl.col(name).cast(pl.String).fill_null(NOBODY) for name in groups]
    frame = frame.sort([*shown, "key"])
    labels = frame.select(pl.col(name).cast(pl.String) for name in groups).rows() if groups else [()] * frame.height
    desk = Desk(evaluation, law, frame, (FIRST, FIRST + max(frame.height, 1) - 1), labels)
    for one, column in plan_raw(desk):
        if isinstance(one, Classify):
            desk.names[one.id] = Name(column, Kind.TEXT)
        else:
            desk.names[one.id] = Name(column, one.kind, one.default)
    put_identity(desk)
    put_eligibility(desk)
    rows = inputs(desk)
    put_node(desk, scheme.root, rows)
    standing = put_standing(desk, put_total(desk))
    scores = [f"score:{node.id}" for node in scheme.nodes() if node is not scheme.root]
    for row, *values in zip(rows, desk.get("score"), *map(desk.get, scores), strict=True):
        row |= dict(zip([scheme.root.id, *(name.removeprefix("score:") for name in scores)], values, strict=True))
    torn = put_tiers(desk, standing, rows)
    at_cut = put_selection(desk, standing)
    put_flags(desk, torn, at_cut)
    return desk


def _write_sheets(workbook: xlsxwriter.Workbook, desk: Desk, label: str) -> None:
    scheme, styles = desk.scheme, Styles(workbook)
    lists, guide, raw, marks, calculation = (workbook.add_worksheet(name) for name in (LISTS, GUIDE, RAW, MARKS, CALC))
    column = "ABC"[SLACK_PLACE[1]]
    workbook.define_name(SLACK, f"={GUIDE}!${column}${SLACK_PLACE[0] + 1}")
    words = warnings(scheme.provisional, scheme.trial, label)
    write_lists(lists, desk, words, styles)
    write_guide(guide, desk, words, label, styles)
    for sheet, heading, frozen in ((raw, "原始数据", 2), (marks, "基准、名额", 4), (calculation, "计算", 2)):
        title(sheet, f"{scheme.label}　{heading}", words, styles)
        set_up_page(sheet, FIRST - 1, frozen)
        protect(sheet)
    write_raw(raw, desk, plan_raw(desk), styles)
    write_marks(marks, desk, styles)
    write_calculation(calculation, desk, styles)
    protect(guide)


def warnings(provisional: bool, trial: bool, label: str) -> str:
    """试算, 试评价, 示例数据: on every sheet."""
    marks = (label, "试评价" if trial else "", "试算：有假设未经方案确定，不得发布" if provisional else "")
    return "　".join(mark for mark in marks if mark)
