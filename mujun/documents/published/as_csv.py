"""The list as CSV: UTF-8 with a mark in front, so that Excel reads Chinese; its state in every row."""

from __future__ import annotations

import csv
import io

from mujun.proof.offline.lists import GROUP, NUMBER, STANDING, guard
from mujun.proof.published_list import PublishedList, printed


def csv_bytes(published: PublishedList) -> bytes:
    """Text that a spreadsheet program could take for a formula gets a ' in front; numbers stay numbers."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([GROUP, NUMBER, *(column.label for column in published.columns), STANDING])
    for group, number, cells in published.numbered():
        texts = [
            printed(cell) if column.is_number else guard(printed(cell))
            for column, cell in zip(published.columns, cells, strict=True)
        ]
        writer.writerow([guard(group), number, *texts, published.standing])
    return buffer.getvalue().encode("utf-8-sig")
