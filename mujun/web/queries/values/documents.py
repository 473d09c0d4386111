"""A statement as a file to print or send. What stands in it is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from mujun.documents.statement import Statement, write_statement_docx, write_statement_xlsx

_OFFICE = "application/vnd.openxmlformats-officedocument"
WRITERS: dict[str, tuple[Callable[[Path, Statement], object], str]] = {
    "docx": (write_statement_docx, f"{_OFFICE}.wordprocessingml.document"),
    "xlsx": (write_statement_xlsx, f"{_OFFICE}.spreadsheetml.sheet"),
}


def written(statement: Statement, suffix: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"statement.{suffix}"
        WRITERS[suffix][0](path, statement)
        return path.read_bytes()
