"""A table as somebody lays it out who thinks of paper: title, groups over columns, totals between, notes below."""

from __future__ import annotations

from datetime import date
from typing import Any

from mujun.demo.offices.mail import Mail
from mujun.intake.template.columns import YES_NO, header_of
from mujun.scheme.expression import Kind

_BLOCK = 40
"""Rows to a page, with the header over again on the next."""


class OwnLayout:
    def __init__(self, workbook: Any, sheet: Any, mail: Mail, heads: list[str]) -> None:
        self.sheet, self.mail = sheet, mail
        self.title = workbook.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.head = workbook.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"})
        self.cell = workbook.add_format({"border": 1})
        self.day = workbook.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        self.before = ["序号", *heads]
        self.headers = [header_of(one).replace("\n", "") for one in mail.form.variables]
        self.width = len(self.before) + len(self.headers)

    def write(self) -> None:
        """From the top down."""
        form = self.mail.form
        last = self.width - 1
        for place in range(self.width):
            widths = (6, 21, 36) if form.name_label else (6, 21)
            self.sheet.set_column(place, place, widths[place] if place < len(widths) else 14)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.merge_range(0, 0, 0, last, f"2018年度{form.label}数据报送表（示例数据，全部虚构）", self.title)
        self.sheet.write_string(1, 0, f"填报单位：{self.mail.place}{form.source}部门（示例）")
        self.sheet.write_string(1, last, "2019年4月")
        row = self._header(2)
        for number in range(len(self.mail.keys)):
            if number and number % _BLOCK == 0:
                row = self._header_again(row)
            row = self._unit(row, number)
        row = self._totals(row)
        for place, text in enumerate(("填表人：示例甲", "审核人：示例乙", "联系电话：0571-00000000")):
            self.sheet.write_string(row + 1, place, text)
        self.sheet.write_string(row + 2, 0, "注：1. 空着的和划线的是没有数据；2. 本表数据全部虚构。")

    def _header(self, row: int) -> int:
        """Two rows where there is a group of numbers, its name over all of them."""
        numbers = [place for place, one in enumerate(self.mail.form.variables) if one.kind is Kind.NUMBER]
        grouped = len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1
        for place, text in enumerate([*self.before, *self.headers]):
            own = place - len(self.before)
            if not grouped:
                self.sheet.write_string(row, place, text, self.head)
            elif own in numbers:
                self.sheet.write_string(row + 1, place, text, self.head)
            else:
                self.sheet.merge_range(row, place, row + 1, place, text, self.head)
        if grouped:
            left = len(self.before) + numbers[0]
            self.sheet.merge_range(row, left, row, left + len(numbers) - 1, "主要数据", self.head)
        self.sheet.set_row(row + grouped, 32)
        return row + 1 + grouped

    def _header_again(self, row: int) -> int:
        for place, text in enumerate([*self.before, *self.headers]):
            self.sheet.write_string(row, place, text, self.head)
        return row + 1

    def _unit(self, row: int, number: int) -> int:
        mail = self.mail
        values: list[object] = [number + 1, mail.keys[number]]
        values += [mail.names[number]] if mail.form.name_label else []
        for place, value in enumerate([*values, *(mail.cells[one.id][number] for one in mail.form.variables)]):
            if isinstance(value, bool):
                self.sheet.write_string(row, place, YES_NO[0] if value else YES_NO[1], self.cell)
            elif isinstance(value, date):
                self.sheet.write_datetime(row, place, value, self.day)
            elif isinstance(value, str):
                self.sheet.write_string(row, place, value, self.cell)
            elif isinstance(value, int | float):
                self.sheet.write_number(row, place, value, self.cell)
        return row + 1

    def _totals(self, row: int) -> int:
        self.sheet.write_string(row, len(self.before) - 1, "合计", self.head)
        for place, one in enumerate(self.mail.form.variables, start=len(self.before)):
            numbers = [value for value in self.mail.cells[one.id] if isinstance(value, int | float)]
            if one.kind is Kind.NUMBER and numbers:
                self.sheet.write_number(row, place, round(sum(numbers), 2), self.head)
        return row + 1
