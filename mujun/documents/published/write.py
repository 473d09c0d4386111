"""The forms of a list as bytes. A list that does not add up has none."""

from __future__ import annotations

from pathlib import Path

from mujun.documents.published.as_csv import csv_bytes
from mujun.documents.published.as_html import html_bytes
from mujun.documents.published.as_xlsx import xlsx_bytes
from mujun.proof.bundle import ListFiles
from mujun.proof.published_list import PublishedList
from mujun.proof.reconcile import require_reconciled

SCHEMA_FILE = Path(__file__).parent / "list.schema.json"
"""The JSON Schema of list.json."""


def list_files(published: PublishedList) -> ListFiles:
    """CSV, XLSX and HTML beside the JSON. Raises CannotGoOn with all that does not add up or is private."""
    require_reconciled(published)
    return ListFiles(
        published,
        {"csv": csv_bytes(published), "xlsx": xlsx_bytes(published), "html": html_bytes(published)},
    )
