"""名单: selected and reserve units by group, best first, as they were issued, and beside them what 计算 says now.

Prints what was decided, decides nothing.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from attrs import frozen

from mujun.documents.workbook.cells import FIRST, LISTS, NOBODY, YES, Column, text
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.page import set_up_page, title, write_cell
from mujun.documents.workbook.styles import Styles

_HEADS = (
    ("序号", 6, "left"),
    ("代码", 22, "left"),
    ("名称", 38, "left"),
    ("总分", 12, "right"),
    ("名次", 8, "centre"),
    ("参与排名", 10, "centre"),
    ("档次", 8, "centre"),
    ("结论", 20, "left"),
    ("现名次", 9, "centre"),
    ("现结论", 20, "left"),
)
_HEAD = 4
_NO_QUOTA = "本方案不遴选，以下是全部参与排名的单位。"
_FIXED = "左边是出具时的结果（固定值）；右边“现名次”“现结论”随“原始数据”重算，与出具时不同的标成黄底。"


@frozen
class _Live:
    """Where 计算 says what a unit has come to."""

    rank: Column
    tier: Column | None
    chosen: Column | None
    reserve: Column | None
    at_cut: Column | None


def write_lists(sheet: Any, desk: Desk, marks: str, styles: Styles) -> None:
    """One block per group; with no selection, all who are ranked."""
    assert desk.rank is not None
    live = _Live(desk.rank, desk.tier, desk.chosen, desk.reserve, desk.at_cut)
    hint = _FIXED if desk.chosen is not None else _NO_QUOTA + _FIXED
    title(sheet, f"{desk.scheme.label}名单", marks, hint, styles)
    sheet.set_row(_HEAD - 1, 22)
    for place, (head, wide, side) in enumerate(_HEADS):
        sheet.set_column(place, place, wide)
        sheet.write_string(_HEAD - 1, place, head, styles.list_head[side])
    row = _HEAD
    for group, units in groupby(_listed(desk), key=lambda unit: desk.group_labels[unit]):
        members = list(units)
        heading = "·".join(NOBODY if one is None else one for one in group) or "全部"
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, f"{heading}（{_counted(desk, members)}）", styles.group)
        for place in range(1, len(_HEADS)):
            sheet.write_blank(row, place, None, styles.group)
        for number, unit in enumerate(members, 1):
            _write_unit(sheet, row + number, number, unit, desk, live, styles)
        row += 1 + len(members)
    if row == _HEAD:
        sheet.write_string(row, 0, "没有入选单位。", styles.note)
    changed = {"type": "formula", "format": styles.changed}
    sheet.conditional_format(
        _HEAD, 8, max(row, _HEAD + 1) - 1, 8, {**changed, "criteria": f"=$I{_HEAD + 1}<>$E{_HEAD + 1}"}
    )
    sheet.conditional_format(
        _HEAD, 9, max(row, _HEAD + 1) - 1, 9, {**changed, "criteria": f"=$J{_HEAD + 1}<>$H{_HEAD + 1}"}
    )
    set_up_page(sheet, _HEAD, 0)


def _listed(desk: Desk) -> list[int]:
    """The units of the list in its order, group by group as in 计算."""
    selected, reserve, rank = desk.get("selected"), desk.get("reserve"), desk.get("rank")
    if desk.chosen is None:
        return [unit for unit in range(desk.size) if rank[unit] is not None]
    listed = [unit for unit in range(desk.size) if selected[unit] or reserve[unit] is not None]
    keys, last = desk.get("key"), desk.size + 1
    ordered: list[int] = []
    for _, some in groupby(listed, key=lambda unit: desk.group_labels[unit]):
        ordered += sorted(
            some, key=lambda unit: (not selected[unit], reserve[unit] or 0, rank[unit] or last, keys[unit])
        )
    return ordered


def _counted(desk: Desk, members: list[int]) -> str:
    if desk.chosen is None:
        return f"{len(members)}个"
    chosen = sum(1 for unit in members if desk.get("selected")[unit])
    waiting = len(members) - chosen
    return f"入选{chosen}" + (f"，备选{waiting}" if waiting else "")


def _write_unit(sheet: Any, row: int, number: int, unit: int, desk: Desk, live: _Live, styles: Styles) -> None:
    there = FIRST + unit
    verdict, score = _verdict(desk, unit), f"fixed:{desk.scheme.precision}"
    shown = (
        (number, "whole", None),
        (desk.get("key")[unit], "key", None),
        (desk.get("name")[unit], "name", None),
        (desk.get("score")[unit], score, None),
        (desk.get("rank")[unit], "rank", None),
        (desk.get("group_size")[unit], "count", None),
        (desk.get("tier")[unit], "verdict", None),
        (verdict, "name", None),
        (desk.get("rank")[unit], "count", live.rank.cell(there, LISTS)),
        (verdict, "name", _verdict_now(live, there)),
    )
    for place, (value, style, formula) in enumerate(shown):
        write_cell(sheet, row, place, formula, value, styles.listed(style))


def _verdict(desk: Desk, unit: int) -> str:
    if desk.chosen is None:
        tier = desk.get("tier")[unit]
        return f"{tier}档" if tier else ""
    if desk.get("selected")[unit]:
        return "入选"
    torn = "（并列待定）" if "入选线并列" in desk.get("flags")[unit] else ""
    return f"备选{desk.get('reserve')[unit]}{torn}"


def _verdict_now(live: _Live, row: int) -> str:
    if live.chosen is None:
        cell = live.tier.cell(row, LISTS) if live.tier is not None else '""'
        return f'IF({cell}="","",{cell}&"档")'
    waiting = text("未入选")
    if live.reserve is not None:
        cell = live.reserve.cell(row, LISTS)
        torn = "" if live.at_cut is None else f'&IF({live.at_cut.cell(row, LISTS)}="{YES}","（并列待定）","")'
        waiting = f'IF(ISNUMBER({cell}),"备选"&{cell}{torn},{waiting})'
    return f'IF({live.chosen.cell(row, LISTS)}="{YES}","入选",{waiting})'
