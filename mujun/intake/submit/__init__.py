"""From mailed files to the store: bytes by hash, read, check, dry run or commit. All files of one command, or none."""

from mujun.intake.submit.beside import Beside
from mujun.intake.submit.book import FormBook
from mujun.intake.submit.said import Submission, Submitted, Wanted
from mujun.intake.submit.submit import MOST_LOOKS, Files, reading, submit
from mujun.intake.submit.waive import Wish, read_wishes

__all__ = [
    "MOST_LOOKS",
    "Beside",
    "Files",
    "FormBook",
    "Submission",
    "Submitted",
    "Wanted",
    "Wish",
    "read_wishes",
    "reading",
    "submit",
]
