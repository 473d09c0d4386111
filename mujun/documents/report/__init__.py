"""Pages for people: the report of an evaluation, and one unit's walk. Each page is one file that needs nothing else."""

from mujun.documents.report.content import Reported
from mujun.documents.report.explain_page import explained, write_explanation
from mujun.documents.report.page import write_report

__all__ = ["Reported", "explained", "write_explanation", "write_report"]
