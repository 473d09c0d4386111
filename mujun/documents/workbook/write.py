"""Write `evaluation.xlsx`: the order of the sheets and of the sums, and nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path

import polars as pl
import xlsxwriter

from mujun.documents.workbook import raw, tables
from mujun.documents.workbook.cells import CALC, CLASSES, FIRST, GUIDE, LISTS, MARKS, NOBODY, RAW, SLACK
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.flags import put_flags
from mujun.documents.workbook.guide import SLACK_PLACE, write_guide
from mujun.documents.workbook.indicators import put_node
from mujun.documents.workbook.language import Name
from mujun.documents.workbook.lists import write_lists
from mujun.documents.workbook.page import FormulaSheet, protect, set_up_page, title
from mujun.documents.workbook.prepare import inputs, put_eligibility, put_identity
from mujun.documents.workbook.raw import plan_raw, write_raw
from mujun.documents.workbook.selection import put_selection
from mujun.documents.workbook.styles import Styles
from mujun.documents.workbook.tables import write_calculation, write_classes, write_marks
from mujun.documents.workbook.tiers import put_tiers
from mujun.documents.workbook.totals import put_standing, put_total
from mujun.engine.evaluation import Evaluation
from mujun.findings import Finding, Severity
from mujun.law import Law

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
    desk = lay_out(evaluation, law)
    half = path.with_name(f".{path.name}.half")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    options["constant_memory"] = True  # every sheet is written row by row
    workbook = xlsxwriter.Workbook(str(half), options)
    workbook.set_properties({"title": f"{evaluation.scheme.label} 评价", "created": _CREATED})
    workbook.set_calc_mode("auto")
    _write_sheets(workbook, desk, label)
    workbook.close()
    half.replace(path)
    return None


def lay_out(evaluation: Evaluation, law: Law) -> Desk:
    """Every column and every benchmark, in the order of the calculation."""
    scheme = evaluation.scheme
    frame = pl.concat([evaluation.units, evaluation.details.drop("key")], how="horizontal")
    groups = [f"column:{name}" for name in scheme.group_by]
    frame = _in_order(frame, groups)
    labels: list[tuple[str | None, ...]] = [()] * frame.height
    if groups:
        labels = frame.select(pl.col(name).cast(pl.String) for name in groups).rows()
    desk = Desk(evaluation, law, frame, (FIRST, FIRST + max(frame.height, 1) - 1), labels)
    for one, column in plan_raw(scheme):
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


def _in_order(frame: pl.DataFrame, groups: list[str]) -> pl.DataFrame:
    """By group, those without anybody to evaluate last; inside by rank."""
    shown = [pl.col(name).cast(pl.String).fill_null(NOBODY) for name in groups]
    empty = [pl.col("eligible").any().over(groups).not_()] if groups else []
    return frame.sort([*empty, *shown, pl.col("rank").fill_null(frame.height + 1), "key"])


def _write_sheets(workbook: xlsxwriter.Workbook, desk: Desk, label: str) -> None:
    scheme, styles = desk.scheme, Styles(workbook)
    column = "ABC"[SLACK_PLACE[1]]
    workbook.define_name(SLACK, f"={GUIDE}!${column}${SLACK_PLACE[0] + 1}")
    words = warnings(scheme.provisional, scheme.trial, label)
    lists, guide = (workbook.add_worksheet(name, FormulaSheet) for name in (LISTS, GUIDE))
    write_lists(lists, desk, words, styles)
    protect(lists)
    write_guide(guide, desk, words, label, styles)
    protect(guide)
    sheets = [
        (RAW, write_raw, 2, raw.pages_wide(desk), "绿底的格可以改；改后“计算”表随之重算。空格是缺数，不是0。"),
        (MARKS, write_marks, 4, 1, "各组的统计值、名额，都是“计算”表各栏的公式；写明“固定值”“常数”的除外。"),
        (CALC, write_calculation, 2, tables.pages_wide(desk), ""),
    ]
    if desk.classes:
        sheets.insert(1, (CLASSES, write_classes, 0, 1, "代码以哪几位开头，归哪一类；几行都符合的，以位数最多的为准。"))
    for name, write, frozen, wide, hint in sheets:
        sheet = workbook.add_worksheet(name, FormulaSheet)
        title(sheet, f"{scheme.label}　{name}", words, hint, styles)
        set_up_page(sheet, FIRST - 1, frozen, wide)
        protect(sheet)
        write(sheet, desk, styles)


def warnings(provisional: bool, trial: bool, label: str) -> str:
    """试算, 试评价, 示例数据: on every sheet."""
    marks = (label, "试评价" if trial else "", "试算：有假设未经方案确定，不得发布" if provisional else "")
    return "　".join(mark for mark in marks if mark)
