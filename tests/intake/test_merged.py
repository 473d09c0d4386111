from __future__ import annotations

from pathlib import Path

import xlsxwriter

from mujun.intake import read_dataset
from mujun.scheme import Scheme


def test_merged_cells_among_the_units_are_told_and_merged_notes_are_not(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("填报")
        page.write_row(0, 0, ["代码", "名称", "税收"])
        page.write_row(1, 0, ["A", "甲"])
        page.write_row(2, 0, ["B", "乙"])
        page.merge_range("C2:C3", 5)
        page.merge_range("A4:C4", "注：示例数据")
    reading = read_dataset(path, scheme)
    assert [str(finding) for finding in reading.findings] == [
        "data.xlsx!填报 有1行是说明或签署，没有读入：A4“注：示例数据”。",
        "data.xlsx!填报 数据里有1处合并单元格：C2:C3。只有左上角一格有内容，其余各格当作空格。"
        "请取消合并，每一格各填各的。",
        "data.xlsx!填报 “税收”有1格没有数据：C3。请补上；确实没有的可以不管，将按评价方案的缺失规则处理。",
    ]
    assert reading.dataset.frame["tax"].to_list() == [5.0, None]
