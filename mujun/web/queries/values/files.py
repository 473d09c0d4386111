"""Stored bytes as a file for a moment: to be read under the sender's name, or to be marked and given back."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from mujun.findings import Finding
from mujun.intake.file_name import display_name
from mujun.web.evidence import kept


@contextmanager
def as_file(sha256: str, name: str) -> Iterator[Path]:
    """The stored bytes under the sender's name, as far as that name can be shown; gone at the end."""
    folder = Path(mkdtemp(prefix="mujun-web-"))
    try:
        file = folder / display_name(name)
        file.write_bytes(kept(sha256))
        yield file
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def marked_copy(sha256: str, name: str, findings: Iterable[Finding]) -> bytes:
    """The sender's own workbook with the cells marked. Raises CannotGoOn for what reading refuses."""
    from mujun.intake.marked import write_marked  # brings openpyxl along, which nobody else needs

    with as_file(sha256, name) as file:
        return write_marked(file, file.with_name("marked.xlsx"), findings).read_bytes()
