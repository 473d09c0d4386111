"""Merged cells among the data: only the first of them holds the value, so the others count as empty, which is told."""

from __future__ import annotations

from mujun.intake.cells import Cells, address
from mujun.intake.report import SHOWN, Report
from mujun.intake.units import Units


def report_merged(body: Cells, units: Units, report: Report) -> None:
    """Those that touch a row of a unit; merged notes are nobody's concern."""
    if not body.merged:
        return
    rows = set((units.rows + body.first_row).to_list())
    found = [place for place in body.merged if any(row in rows for row in range(place[0], place[2] + 1))]
    if found:
        shown = "、".join(
            f"{address(top, left)}:{address(bottom, right)}" for top, left, bottom, right in found[:SHOWN]
        )
        more = "……" if len(found) > SHOWN else ""
        message = f"数据里有{len(found):,}处合并单元格：{shown}{more}。只有左上角一格有内容，其余各格当作空格。"
        report.warning("merged_cells", message, "请取消合并，每一格各填各的。")
