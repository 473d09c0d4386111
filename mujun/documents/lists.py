"""`lists.xlsx`: the lists of a round, one sheet a domain, as people pass them round.

Prints what was decided, decides nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from attrs import frozen

from mujun.engine.evaluation import Evaluation

_CREATED = datetime.datetime(2019, 4, 9)
"""Same input, same bytes: the workbook carries the notice's date, not the clock's."""
_COLUMNS = (
    ("序号", 8),
    ("代码", 22),
    ("名称", 38),
    ("总分", 12),
    ("名次", 8),
    ("参与排名", 10),
    ("档次", 8),
    ("结论", 14),
)
_NUMBERS = ("总分", "名次", "参与排名")


@frozen
class Listed:
    """One domain's sheet."""

    title: str
    evaluation: Evaluation
    counts: dict[str, Any]


def write_lists(path: Path, title: str, sheets: Sequence[Listed], label: str = "") -> None:
    """A sheet with the counts of all domains, then one of selected and reserve units for each."""
    half = path.with_name(f".{path.name}.half")
    workbook = xlsxwriter.Workbook(str(half), {"strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": title, "created": _CREATED})
    styles = _Styles(workbook)
    _write_summary(workbook.add_worksheet("汇总"), title, sheets, label, styles)
    for listed in sheets:
        _write_list(workbook.add_worksheet(_sheet_name(listed.title)), listed, label, styles)
    workbook.close()
    half.replace(path)


class _Styles:
    def __init__(self, workbook: Any) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        self.title = workbook.add_format({**base, "font_size": 16, "bold": True})
        self.note = workbook.add_format({**base, "font_color": "#8a6d1d"})
        self.head = workbook.add_format({**base, "bold": True, "bottom": 1})
        self.head_right = workbook.add_format({**base, "bold": True, "bottom": 1, "align": "right"})
        self.group = workbook.add_format({**base, "bold": True, "font_color": "#1f6b4f"})
        self.text = workbook.add_format(base)
        self.count = workbook.add_format({**base, "align": "left"})
        self.number = workbook.add_format({**base, "num_format": "#,##0"})
        self.score = {
            places: workbook.add_format({**base, "num_format": "0." + "0" * places if places else "0"})
            for places in range(10)
        }


def _sheet_name(title: str) -> str:
    """Excel allows 31 characters and none of these."""
    return "".join(character for character in title if character not in "[]:*?/\\'“”")[:31]


def _marks(provisional: bool, trial: bool, label: str) -> str:
    marks = [label, "试评价" if trial else "", "试算：有假设未经方案确定，不得发布" if provisional else ""]
    return "　".join(mark for mark in marks if mark)


def _write_summary(sheet: Any, title: str, sheets: Sequence[Listed], label: str, styles: _Styles) -> None:
    heads = ("领域", "单位", "不参评", "参评", "豁免", "无总分", "参与排名", "入选", "备选")
    keys = ("units", "not_eligible", "eligible", "exempt", "without_score", "ranked", "selected", "reserve")
    sheet.write_string(0, 0, title, styles.title)
    sheet.write_string(
        1, 0, _marks(any(one.evaluation.scheme.provisional for one in sheets), False, label), styles.note
    )
    for column, head in enumerate(heads):
        sheet.write_string(3, column, head, styles.head_right if column else styles.head)
    for row, listed in enumerate(sheets, start=4):
        sheet.write_string(row, 0, listed.title, styles.text)
        for column, key in enumerate(keys, start=1):
            sheet.write_number(row, column, listed.counts[key], styles.number)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(keys), 10)
    print_set_up(sheet, 3)


def _write_list(sheet: Any, listed: Listed, label: str, styles: _Styles) -> None:
    scheme = listed.evaluation.scheme
    sheet.write_string(0, 0, f"{scheme.label}名单", styles.title)
    sheet.write_string(1, 0, _marks(scheme.provisional, scheme.trial, label), styles.note)
    for column, (head, width) in enumerate(_COLUMNS):
        sheet.write_string(3, column, head, styles.head_right if head in _NUMBERS else styles.head)
        sheet.set_column(column, column, width)
    row = 4
    for group, units in _groups(listed.evaluation):
        selected = units.filter("selected").height
        reserve = f"，备选{units.height - selected}" if units.height > selected else ""
        sheet.write_string(row, 0, f"{group}（入选{selected}{reserve}）", styles.group)
        row += 1
        for number, unit in enumerate(units.iter_rows(named=True), start=1):
            _write_unit(sheet, row, number, unit, scheme.precision, styles)
            row += 1
    if row == 4:
        sheet.write_string(row, 0, "没有入选单位。", styles.text)
    print_set_up(sheet, 3)


def _groups(evaluation: Evaluation) -> Iterator[tuple[str, pl.DataFrame]]:
    """Selected and reserve units by group, best first."""
    group_by = list(evaluation.scheme.group_by)
    listed = evaluation.units.filter(pl.col("selected") | pl.col("reserve").is_not_null())
    ordered = listed.sort([*group_by, pl.col("selected").not_(), "reserve", "rank", "key"], nulls_last=True)
    if not group_by:
        if ordered.height:
            yield "全部", ordered
        return
    for names, units in ordered.group_by(group_by, maintain_order=True):
        yield "·".join("（空）" if name is None else str(name) for name in names), units


def _write_unit(sheet: Any, row: int, number: int, unit: dict[str, Any], places: int, styles: _Styles) -> None:
    verdict = "入选" if unit["selected"] else f"备选{unit['reserve']}"
    if "入选线并列" in unit["flags"] and not unit["selected"]:
        verdict += "（并列待定）"
    sheet.write_number(row, 0, number, styles.count)
    sheet.write_string(row, 1, unit["key"], styles.text)
    sheet.write_string(row, 2, unit["name"], styles.text)
    for column, value, style in (
        (3, unit["score"], styles.score[places]),
        (4, unit["rank"], styles.number),
        (5, unit["group_size"], styles.number),
    ):
        if value is not None:
            sheet.write_number(row, column, value, style)
    sheet.write_string(row, 6, unit["tier"] or "", styles.text)
    sheet.write_string(row, 7, verdict, styles.text)


def print_set_up(sheet: Any, head_row: int, *, landscape: bool = True) -> None:
    """A4, the head on every page, pages numbered."""
    sheet.freeze_panes(head_row + 1, 0)
    sheet.repeat_rows(head_row)
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
