"""Where a unit reads that its values stand: a cell, or the lines of the records that gave to a derived one."""

from __future__ import annotations

from mujun.store.origins import Contributed, Origin, Origins
from mujun.web.queries.unit_page import told_places


def cell(variable: str, row: int, column: int, sheet: str = "明细") -> Origin:
    told = {"source": "税务", "by": "张三", "at": "2019-05-15T10:00:00+08:00", "receipt": "回1"}
    return Origin(variable=variable, value="1", file="税收.xlsx", sheet=sheet, row=row, column=column, **told)


def test_a_value_stands_in_its_cell_and_a_derived_one_in_the_lines_of_its_records() -> None:
    first = Contributed(
        "1", "100.5", "＋", "100.5", {"component": cell("component", 2, 2), "amount": cell("amount", 2, 3)}
    )
    second = Contributed("2", "20", "－", "-20", {"amount": cell("amount", 3, 3)})
    origins = Origins({"staff": cell("staff", 4, 2, sheet="")}, {"tax": {}}, {"tax": (first, second)})

    assert told_places(origins) == {
        "staff": ("税收.xlsx！C4", "张三，2019-05-15T10:00:00+08:00", "回1"),
        "tax": ("2条记录：税收.xlsx！明细！第2行、税收.xlsx！明细！第3行", "", ""),
    }


def test_of_many_records_the_first_lines_are_told() -> None:
    given = tuple(
        Contributed(str(row), "1", "＋", "1", {"amount": cell("amount", row, 3, sheet="")}) for row in range(2, 9)
    )
    place, _, _ = told_places(Origins({}, {"tax": {}}, {"tax": given}))["tax"]
    assert (
        place == "7条记录：税收.xlsx！第2行、税收.xlsx！第3行、税收.xlsx！第4行、税收.xlsx！第5行、税收.xlsx！第6行等"
    )
