"""`evaluation.xlsx`: an evaluation as a workbook whose numbers can be audited cell by cell."""

from mujun.documents.workbook.write import MOST_UNITS, write_workbook

__all__ = ["MOST_UNITS", "write_workbook"]
