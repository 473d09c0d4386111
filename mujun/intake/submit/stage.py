"""Take a file's bytes once: a private copy, hashed, which everything after reads. Interprets nothing.

What is checked is what is stored, whatever happens to the sender's file meanwhile.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from attrs import frozen

from mujun.digest import Digest, digest_file
from mujun.findings import CannotGoOn
from mujun.intake.kind import unreadable


@frozen
class Staged:
    """`original` is the sender's file, `path` our copy under the same name."""

    original: Path
    path: Path
    digest: Digest

    @property
    def name(self) -> str:
        return self.original.name


@contextmanager
def staged(files: Sequence[Path]) -> Iterator[tuple[Staged, ...]]:
    """Copies of all files, gone at the end. Raises CannotGoOn that names every file that cannot be had."""
    folder = Path(mkdtemp(prefix="mujun-"))
    try:
        taken, findings = [], []
        for number, file in enumerate(files):
            try:
                taken.append(_take(file, folder / str(number)))
            except OSError as error:
                findings += unreadable(file, error).findings
        if findings:
            raise CannotGoOn(findings)
        yield tuple(taken)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take(file: Path, folder: Path) -> Staged:
    folder.mkdir()
    copy = folder / file.name
    shutil.copyfile(file, copy)
    return Staged(file, copy, digest_file(copy))
