"""The sender's own workbook back, with the cells marked and the findings in front. The only room that uses openpyxl."""

from mujun.intake.marked.same_bytes import fix_dates
from mujun.intake.marked.write import write_marked

__all__ = ["fix_dates", "write_marked"]
