"""Whether a job still lives: it holds a lock on a small file, and the system lets go of it when the process ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

_TRIES, _PAUSE = 20, 0.05
"""Who asks whether a job lives holds the lock for a moment himself."""


@contextmanager
def alive(name: str) -> Iterator[bool]:
    """While the job lasts. False: another does it already."""
    path = _file(name)
    path.parent.mkdir(exist_ok=True)
    for _ in range(_TRIES):
        with path.open("ab") as file:
            if _locks(file, fcntl.LOCK_EX) and _is_at(file, path):
                try:
                    yield True
                finally:
                    path.unlink(missing_ok=True)
                return
        time.sleep(_PAUSE)
    yield False


def lives(name: str) -> bool:
    try:
        with _file(name).open("rb") as file:
            return not _locks(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def _locks(file: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(file: IO[bytes], path: Path) -> bool:
    """Not one that its last holder took away between opening and locking."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _file(name: str) -> Path:
    return Path(settings.HOME) / "jobs" / name
