"""What a clerk is told about a cell: what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable

from mujun.intake.parse import LARGEST, SMALLEST
from mujun.intake.scan import NOT_CALCULATED
from mujun.scheme.model import Variable

Said = tuple[str, str]
"""Message and mend."""

_LONGEST = 40


def say(code: str, text: str, variable: Variable) -> Said:
    """About one cell that holds `text`."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "……"
    return _CELLS[code](shown, variable)


def say_number(code: str, variable: Variable) -> str:
    """What a summary counts."""
    return f"“{variable.label}”{_COUNTED[code]}"


def say_odd(code: str, number: int, cells: str, variable: Variable) -> Said:
    """About all the odd values of a column together."""
    what, mend = _ODD[code](variable)
    return f"“{variable.label}”有{number:,}格{what}：{cells}。", mend


def _not_a_number(text: str, variable: Variable) -> Said:
    unit = f"，单位（{variable.unit_text}）写在表头" if variable.unit_text else ""
    return f"“{variable.label}”应为数字，单元格里是“{text}”。", f"请只填数字{unit}；没有数据的请留空或填“/”。"


def _misplaced(text: str, variable: Variable) -> Said:
    return (
        f"“{variable.label}”的千分位逗号位置不对：“{text}”。",
        "请核对这个数，去掉逗号，或像1,234,567那样每三位一个。",
    )


def _not_finite(text: str, variable: Variable) -> Said:
    return f"“{variable.label}”不是有限的数：“{text}”。", "请核对来源里的除法或位数，改成实际的数；没有数据的请留空。"


def _not_whole(text: str, variable: Variable) -> Said:
    return f"“{variable.label}”应为整数，单元格里是“{text}”。", "请核对后填整数。"


def _not_a_date(text: str, variable: Variable) -> Said:
    return f"“{variable.label}”应为日期，单元格里是“{text}”。", "请写成2019-04-09那样；没有数据的请留空。"


def _no_such_day(text: str, variable: Variable) -> Said:
    return f"“{variable.label}”的“{text}”不是存在的日期。", "请核对月份和日子。"


def _not_a_boolean(text: str, variable: Variable) -> Said:
    return f"“{variable.label}”应填“是”或“否”，单元格里是“{text}”。", "请改为“是”或“否”；没有数据的请留空。"


def _spreadsheet_error(text: str, variable: Variable) -> Said:
    if text == NOT_CALCULATED:
        return (
            f"“{variable.label}”是公式，文件里没有存算出的结果。",
            "请用 WPS 或 Excel 打开，保存后再报；或粘贴为数值。",
        )
    return f"“{variable.label}”的公式出错，单元格里是“{text}”。", "请改正公式或填实际的数；没有数据的请留空。"


def _digits_lost(text: str, variable: Variable) -> Said:
    return (
        f"“{variable.label}”的代码成了科学记数“{text}”，末尾的数字已经丢失。",
        "请把这一列的单元格格式设为“文本”，从原始资料重新填写。",
    )


_CELLS: dict[str, Callable[[str, Variable], Said]] = {
    "not_a_number": _not_a_number,
    "misplaced_separator": _misplaced,
    "not_finite": _not_finite,
    "not_whole": _not_whole,
    "not_a_date": _not_a_date,
    "no_such_day": _no_such_day,
    "not_a_boolean": _not_a_boolean,
    "spreadsheet_error": _spreadsheet_error,
    "digits_lost": _digits_lost,
}
_COUNTED = {
    "not_a_number": "不是数字的",
    "misplaced_separator": "千分位逗号位置不对的",
    "not_finite": "不是有限的数的",
    "not_whole": "不是整数的",
    "not_a_date": "不是日期的",
    "no_such_day": "日期不存在的",
    "not_a_boolean": "不是“是”或“否”的",
    "spreadsheet_error": "公式出错的",
    "digits_lost": "成了科学记数的",
}
_ODD: dict[str, Callable[[Variable], Said]] = {
    "empty_cells": lambda variable: ("没有数据", "请补上；确实没有的可以不管，将按评价方案的缺失规则处理。"),
    "too_many_decimals": lambda variable: (
        f"的小数超过{variable.decimals}位",
        f"请核对；应按{variable.decimals}位小数填报。",
    ),
    "out_of_magnitude": lambda variable: (
        f"大于{LARGEST:.0e}或小于{SMALLEST:.0e}".replace("1e+12", "一万亿").replace("1e-06", "百万分之一"),
        f"请核对单位是不是“{variable.unit_text or '1'}”。",
    ),
}
