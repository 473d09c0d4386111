"""The sheet 填报: a header, the units, cells to fill in that check what is typed. What to do is in instructions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen
from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell

from mujun.collection import Form
from mujun.intake.template.columns import YES_NO, TemplateColumn
from mujun.intake.template.styles import Styles
from mujun.register.credit_code import LENGTH
from mujun.scheme.expression import Kind

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_EARLIEST = date(1900, 1, 1)


@frozen
class Table:
    """What the sheet holds. `last` is how many rows may be filled in; `credit_codes` says that keys are such.

    `filled` has, by variable, what is known already, in the order of the units; of a detail these are its records.
    """

    form: Form
    columns: tuple[TemplateColumn, ...]
    units: tuple[tuple[str, str], ...]
    last: int
    credit_codes: bool
    filled: Mapping[str, Sequence[object]] = field(factory=dict)

    @property
    def key_label(self) -> str:
        """Firms go by their credit code, and the header says so in full."""
        return "统一社会信用代码" if self.credit_codes else self.form.key_label

    @property
    def before(self) -> tuple[str, ...]:
        """The columns before the variables: key and name; records have a number only."""
        return (self.key_label, self.form.name_label) if self.form.name_label else (self.key_label,)

    @property
    def headers(self) -> tuple[str, ...]:
        return (*self.before, *(column.header for column in self.columns))


def write_table(sheet: Any, table: Table, lists: Mapping[str, str], styles: Styles) -> None:
    """`lists` says where the words of a drop-down stand."""
    for place, header in enumerate(table.headers):
        sheet.write_string(0, place, header, styles.head)
    given = styles.key if table.units else styles.open_key
    sheet.set_column(0, 0, 22, given)
    if len(table.before) > 1:
        sheet.set_column(1, 1, 32, given)
    for row, (key, name) in enumerate(table.units, start=1):
        sheet.write_string(row, 0, key, styles.key)
        if len(table.before) > 1:
            sheet.write_string(row, 1, name, styles.key)
    if not table.units:
        _check_keys(sheet, table)
    for place, column in enumerate(table.columns, start=len(table.before)):
        style = _style(column, styles)
        sheet.set_column(place, place, _width(column), None if table.units else style)
        known = table.filled.get(column.variable.id, [None] * len(table.units))
        for row, value in enumerate(known, start=1):
            write_value(sheet, row, place, value, style)
        sheet.data_validation(1, place, table.last, place, _check(column, lists))
        _show_empty(sheet, table, place, column, styles)
    _set_up(sheet, table)


def write_value(sheet: Any, row: int, place: int, value: object, style: Any) -> None:
    """As a person would have typed it; text stays text, whatever it looks like."""
    if value is None:
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, bool):
        sheet.write_string(row, place, YES_NO[0] if value else YES_NO[1], style)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, style)
    else:
        sheet.write_number(row, place, value, style)


def _style(column: TemplateColumn, styles: Styles) -> Any:
    if column.variable.kind is Kind.NUMBER:
        return styles.number
    if column.variable.kind is Kind.DATE:
        return styles.date
    return styles.centred if column.words else styles.text


def _width(column: TemplateColumn) -> int:
    """A Chinese character is two wide; a long header wraps."""
    lines = [len(line) * 2 + 2 for line in column.header.split("\n")]
    longest = max([*lines, *(len(word) * 2 + 4 for word in column.words)])
    return min(max(longest, 13), 24)


def _check(column: TemplateColumn, lists: Mapping[str, str]) -> dict[str, Any]:
    """What the spreadsheet holds a cell to while it is typed. Reading checks everything again."""
    variable = column.variable
    check: dict[str, Any] = {
        "ignore_blank": True,
        "input_title": _cut(variable.label, _LONGEST_TITLE),
        "input_message": _cut(column.hint, _LONGEST_MESSAGE),
        "error_title": _cut(f"{variable.label}填得不对", _LONGEST_TITLE),
        "error_message": _cut(column.hint, _LONGEST_MESSAGE),
    }
    if variable.id in lists:
        strict = {"error_type": "stop"} if column.strict else {"error_type": "warning"}
        return check | strict | {"validate": "list", "source": lists[variable.id]}
    if variable.kind is Kind.DATE:
        return check | {"validate": "date", "criteria": ">=", "value": _EARLIEST}
    if variable.kind is not Kind.NUMBER:
        return check | {"validate": "any"}
    number = {"validate": "integer" if column.whole else "decimal"}
    if column.not_negative:
        return check | number | {"criteria": ">=", "value": 0}
    return check | number | {"criteria": "between", "minimum": -1_000_000_000_000, "maximum": 1_000_000_000_000}


def _check_keys(sheet: Any, table: Table) -> None:
    """No key twice. EXACT, because a spreadsheet's COUNTIF takes long codes for numbers and cuts them."""
    keys = xl_range_abs(1, 0, table.last, 0)
    once = f"SUMPRODUCT(--EXACT({keys},A2))=1"
    length = f"，{LENGTH}位" if table.credit_codes else ""
    formula = f"=AND({once},LEN(A2)={LENGTH})" if table.credit_codes else f"={once}"
    what = "填这条记录的编号，一条一行" if table.form.table else f"填代码{length}，一家一行"
    message = f"{what}，不能重复。从别处复制时请“只粘贴数值”。"
    sheet.data_validation(
        1,
        0,
        table.last,
        0,
        {
            "validate": "custom",
            "value": formula,
            "input_title": _cut(table.key_label, _LONGEST_TITLE),
            "input_message": message,
            "error_title": "代码填得不对",
            "error_message": message,
        },
    )


def _show_empty(sheet: Any, table: Table, place: int, column: TemplateColumn, styles: Styles) -> None:
    """A cell that should have a value and has none yet is tinted, in rows that name a unit."""
    if not column.variable.required or column.variable.default is not None:
        return
    cell = xl_rowcol_to_cell(1, place)
    criteria = f'=AND($A2<>"",{cell}="")'
    sheet.conditional_format(
        1, place, table.last, place, {"type": "formula", "criteria": criteria, "format": styles.still_empty}
    )


def _set_up(sheet: Any, table: Table) -> None:
    sheet.set_default_row(18)
    sheet.set_row(0, 42)
    sheet.freeze_panes(1, len(table.before))
    first = len(table.before) if table.units else 0
    sheet.set_selection(1, first, 1, first)
    can = ("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")
    more = () if table.units else ("insert_rows", "delete_rows")
    sheet.protect("", dict.fromkeys((*can, *more), True))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    last = xl_col_to_name(len(table.headers) - 1)
    if table.units:
        sheet.print_area(f"A1:{last}{table.last + 1}")
    sheet.set_header(f"&C&14{table.form.label.replace('&', '&&')}")
    sheet.set_footer("&L填表人：            审核人：            联系电话：&R第 &P 页，共 &N 页")
    sheet.set_margins(left=0.5, right=0.5, top=0.9, bottom=0.8)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
