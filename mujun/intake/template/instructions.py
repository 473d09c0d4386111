"""The sheet 填表说明, in the words of whoever fills the form in; and 代码表, to look codes up. Asks for nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import frozen

from mujun.intake.template.columns import INDUSTRY
from mujun.intake.template.styles import Styles
from mujun.intake.template.table import Table
from mujun.register import load_industries

_HEADS = (("栏目", 26), ("填什么", 46), ("从哪里取数", 24), ("没有数据怎么办", 24), ("示例", 18))
_EXAMPLE_UNIT = ("91330100MAEX000011", "示例甲机械有限公司")


@frozen
class Recipient:
    """Whom a filled-in form goes to. What is empty is left out."""

    office: str = ""
    contact: str = ""
    deadline: date | None = None


def write_instructions(sheet: Any, table: Table, recipient: Recipient, styles: Styles) -> None:
    """Three steps, the columns one by one, an example that nobody can take for data, and where it goes."""
    for place, (_, width) in enumerate(_HEADS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, f"{table.form.label} · 填表说明", styles.title)
    sheet.set_row(0, 30)
    row = _write_lines(sheet, 2, "怎样填", _steps(table), styles)
    row = _write_columns(sheet, row + 1, table, styles)
    row = _write_example(sheet, row + 1, table, styles)
    row = _write_lines(sheet, row + 1, "报送", _sending(table, recipient), styles)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R第 &P 页，共 &N 页")
    sheet.protect("", {"format_columns": True, "format_rows": True})


def write_code_table(workbook: Any, table: Table, styles: Styles) -> None:
    """Industry codes with their names, where the form asks for one."""
    industries = load_industries(table.form.round)
    if industries is None or not any(column.variable.id == INDUSTRY for column in table.columns):
        return
    sheet = workbook.add_worksheet("代码表")
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 44)
    sheet.write_string(0, 0, "行业代码", styles.head)
    sheet.write_string(0, 1, "名称（GB/T 4754—2017，本轮所用各行业）", styles.head)
    for row, (code, name) in enumerate(sorted(industries.names.items()), start=1):
        sheet.write_string(row, 0, code, styles.wrapped)
        sheet.write_string(row, 1, "　" * (len(code) - 2) + name, styles.wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(industries.names), 1)


def _steps(table: Table) -> list[str]:
    if table.form.table:
        given = "在“填报”表中一条记录一行：先填记录的编号（自编也可，不能重复），再填是哪家单位的，再填后面各栏。"
    else:
        given = _about_units(table)
    return [
        f"1. {given}",
        "2. 点到一格，旁边会出现这一栏填什么；有下拉表的从表中选。淡黄色的格是还没有填、应当填的。",
        "3. 不知道的空着，不要填0：0表示“查过，数是零”，空着表示“不知道”。不要另写“无”“同上”。",
        "4. 不要改表头、加列、合并单元格、设公式链接别的文件。合计不用填，由程序计算。",
    ]


def _about_units(table: Table) -> str:
    return (
        f"“填报”表中已列好{len(table.units):,}家，灰色的代码和名称不用填、改不动；名单有出入的，请告知收表部门。"
        if table.units
        else "在“填报”表中一家一行，先填代码和名称，再填后面各栏；从别处复制时用“只粘贴数值”。"
    )


def _write_lines(sheet: Any, row: int, heading: str, lines: list[str], styles: Styles) -> int:
    sheet.write_string(row, 0, heading, styles.heading)
    for offset, line in enumerate(lines, start=1):
        sheet.merge_range(row + offset, 0, row + offset, len(_HEADS) - 1, line, styles.plain)
        sheet.set_row(row + offset, 18)
    return row + len(lines) + 1


def _write_columns(sheet: Any, row: int, table: Table, styles: Styles) -> int:
    sheet.write_string(row, 0, "各栏", styles.heading)
    for place, (head, _) in enumerate(_HEADS):
        sheet.write_string(row + 1, place, head, styles.head)
    for offset, column in enumerate(table.columns, start=2):
        header = column.header.replace("\n", "")
        texts = (header, column.what, _from_where(table.form.source), column.where_missing, column.example)
        for place, text in enumerate(texts):
            sheet.write_string(row + offset, place, text, styles.centred_note if place == 4 else styles.wrapped)
        sheet.set_row(row + offset, 18 if len(column.what) <= 22 and len(header) <= 12 else 34)
    return row + 2 + len(table.columns)


def _from_where(source: str) -> str:
    return source if source.endswith(("申报", "填报")) else f"{source}部门的业务数据"


def _write_example(sheet: Any, row: int, table: Table, styles: Styles) -> int:
    """Down the page rather than across, so that forms of any width can be read without scrolling."""
    sheet.write_string(row, 0, "示例（虚构，不是数据，不会读入）", styles.heading)
    key, name = _EXAMPLE_UNIT if table.credit_codes else ("0001", "示例单位")
    pairs = list(zip(table.before, (key, name), strict=False))
    pairs += [(column.header.replace("\n", ""), column.example) for column in table.columns]
    for offset, (header, value) in enumerate(pairs, start=1):
        sheet.write_string(row + offset, 0, header, styles.wrapped)
        sheet.write_string(row + offset, 1, value, styles.example)
        sheet.write_string(row + offset, 2, "示例", styles.example_mark)
    return row + len(pairs) + 1


def _sending(table: Table, recipient: Recipient) -> list[str]:
    """What is not known is not made up."""
    lines = [f"填好后保存为 .xlsx，文件名不限，报送{recipient.office or '收表部门'}。"]
    if recipient.deadline is not None:
        day = recipient.deadline
        lines.append(f"截止日期：{day.year}年{day.month}月{day.day}日。")
    if recipient.contact:
        lines.append(f"联系人：{recipient.contact}。")
    lines.append("收表后会把您的原表退回一份，有问题的格都标了颜色、写了怎样改；改好后直接把那一份再报送即可。")
    lines.append(f"报表：{table.form.id}，填报部门：{table.form.source}。")
    return lines
