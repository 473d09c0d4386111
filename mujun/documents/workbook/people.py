"""The two sheets that people read first: 名单 and 说明."""

from __future__ import annotations

from typing import Any

import polars as pl

from mujun.documents.workbook.cells import NOBODY, SLACK
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.sheets import set_up_page, title
from mujun.documents.workbook.styles import Styles

_LIST = (
    ("序号", 6),
    ("代码", 22),
    ("名称", 38),
    ("总分", 12),
    ("名次", 8),
    ("参与排名", 10),
    ("档次", 8),
    ("结论", 18),
)
_HEAD = 4
SLACK_PLACE = (3, 1)
"""Where 说明 keeps the nudge: row 4, column B."""


def write_lists(sheet: Any, desk: Desk, marks: str, styles: Styles) -> None:
    """Selected and reserve units by group, best first, as they were when the workbook was written."""
    scheme = desk.scheme
    title(sheet, f"{scheme.label}名单", marks, styles)
    note = "本表是出具时的结果（固定值）。改动“原始数据”之后，以“计算”表重新算出的名次、档次、入选为准。"
    sheet.write_string(2, 0, note, styles.note)
    for column, (head, wide) in enumerate(_LIST):
        sheet.write_string(_HEAD - 1, column, head, styles.head)
        sheet.set_column(column, column, wide)
    row = _HEAD
    units = desk.evaluation.units.filter(pl.col("selected") | pl.col("reserve").is_not_null())
    group_by = list(scheme.group_by)
    ordered = units.sort([*group_by, pl.col("selected").not_(), "reserve", "rank", "key"], nulls_last=True)
    group = None
    number = 0
    for unit in ordered.iter_rows(named=True):
        here = "·".join(NOBODY if unit[name] is None else unit[name] for name in group_by) or "全部"
        if here != group:
            sheet.write_string(row, 0, here, styles.group)
            group, number, row = here, 0, row + 1
        number += 1
        _write_unit(sheet, row, number, unit, scheme.precision, styles)
        row += 1
    if not ordered.height:
        sheet.write_string(row, 0, "没有入选单位。", styles.note)
    set_up_page(sheet, _HEAD, 0)


def _write_unit(sheet: Any, row: int, number: int, unit: dict[str, Any], places: int, styles: Styles) -> None:
    verdict = "入选" if unit["selected"] else f"备选{unit['reserve']}"
    if "入选线并列" in unit["flags"] and not unit["selected"]:
        verdict += "（并列待定）"
    sheet.write_number(row, 0, number, styles.cell("whole"))
    sheet.write_string(row, 1, unit["key"], styles.cell("key"))
    sheet.write_string(row, 2, unit["name"] or "", styles.cell("name"))
    for column, name, style in ((3, "score", f"fixed:{places}"), (4, "rank", "rank"), (5, "group_size", "whole")):
        if unit[name] is not None:
            sheet.write_number(row, column, unit[name], styles.cell(style))
    sheet.write_string(row, 6, unit["tier"] or "", styles.cell("verdict"))
    sheet.write_string(row, 7, verdict, styles.cell("name"))


def write_guide(sheet: Any, desk: Desk, marks: str, label: str, styles: Styles) -> None:
    """What this is, by which rules, how to audit it, what cannot be recalculated."""
    scheme = desk.scheme
    title(sheet, f"{scheme.label}　怎样核对这份评价", marks, styles)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 110)
    sheet.write_string(SLACK_PLACE[0], 0, SLACK, styles.bold)
    sheet.write_formula(*SLACK_PLACE, "=2^-44", styles.cell("plain"), 2.0**-44)
    row = SLACK_PLACE[0] + 1
    for head, text in _guide(desk, label):
        sheet.write_string(row, 0, head, styles.bold)
        sheet.write_string(row, 1, text, styles.wrap)
        row += 1
    set_up_page(sheet, 3, 0)
    sheet.set_portrait()


def _guide(desk: Desk, label: str) -> list[tuple[str, str]]:
    scheme = desk.scheme
    law = desk.law
    basis = law.cite(scheme.basis.clause) if scheme.basis.clause else f"假设：{scheme.basis.assumption}"
    digest = scheme.digest.as_dict()
    lines = [
        ("", "“宽限”是2的-44次方：二进制存不准小数，四舍五入前把数放大这么一点点，使1.005进位成1.01，别的都不受影响。"),
        (
            "这是什么",
            f"按方案“{scheme.label}”（{scheme.file}）算出的评价，牵头部门：{scheme.lead_agency}；总的依据：{basis}。",
        ),
        ("方案的指纹", "；".join(f"{name}：{value}" for name, value in digest.items())),
        (
            "怎样核对",
            "在“计算”表点任何一格，编辑栏里就是它的算法；它引用的是同一行“原始数据”和“基准”。两张表的行号一一对应。",
        ),
        (
            "改数试算",
            "“原始数据”里绿底的格可以改（不必解锁）。改后名次、档次、入选随之重算；另存一份再改，不要改原件。",
        ),
        ("表头", "“计算”表每栏第一行是栏名，第二行是公式、依据的条款或假设。灰色的栏是辅助栏，只为排名、定档服务。"),
        ("空格", "空格就是缺数，不是0。缺数按方案的缺失处理规则办；补过、赋过分的在“标记”栏写明。"),
        ("不参评", "不参评的单位也在表里，“原始数据”第三栏写明原因；它们不计入任何统计。"),
        (
            "基准",
            "“基准”表里，本轮的平均数、合计之比、分位数等都是公式；上一轮的数和方案写定的数是固定值，“统计方法”栏写明。",
        ),
        ("名单", "“名单”表是出具时的结果，不随改动变化。"),
        (
            "不能重算的",
            "按代码归类（如行业）是固定值：改了代码、县名等使单位换组的，本表仍按原来的组计算，须重新评价。",
        ),
        *(("", f"{one}是固定值，改数不会重算。") for one in dict.fromkeys(desk.not_live)),
        ("保护", "带公式的表加了保护而没有密码，只防误改。要看懂公式、调整列宽都不受影响。"),
    ]
    if label:
        lines.append(("数据", f"{label}：不是真实数据。" if "示例" in label else label))
    if scheme.trial:
        lines.append(("试评价", "这是试评价，结果不作为激励依据。"))
    if scheme.provisional:
        lines.append(("试算", "方案里还有假设，只能试算，不得发布。全部假设如下："))
        lines += [("", f"{number}. {one}") for number, one in enumerate(scheme.assumptions, 1)]
    cited = dict.fromkeys(_clauses(desk))
    if cited:
        lines.append(("引用的条款", "；".join(cited)))
    return lines


def _clauses(desk: Desk) -> list[str]:
    scheme = desk.scheme
    rules = (*scheme.eligibility, *scheme.exemptions, *scheme.vetoes, *scheme.adjustments)
    bases = [scheme.basis, *(rule.basis for rule in rules)]
    for node in scheme.nodes():
        bases += [one for one in (node.basis, node.weight_basis, node.normalise_basis, node.missing_basis) if one]
    return [desk.law.cite(basis.clause) for basis in bases if basis.clause]
