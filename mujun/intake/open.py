"""Open a data file, or refuse it with the reason. The work is done in a process with limits; see `limited`."""

from __future__ import annotations

import os
from pathlib import Path

from mujun.intake.cells import Cells, Progress
from mujun.intake.limited import LimitedReader

_reader = LimitedReader()


def open_cells(path: Path, sheet: str | None = None, *, progress: Progress | None = None) -> Cells:
    """The cells of a file, of one sheet if it has sheets. Raises CannotGoOn when it cannot be read at all.

    `progress` is told how much is done, and of how much.
    """
    return _reader.read(path, sheet, progress)


def prepare_to_open() -> None:
    """Start the process ahead of the first file, for those who have something else to do meanwhile."""
    _reader.start()


def _start_anew() -> None:
    """A forked process may not share its parent's reader: answers would reach the wrong one."""
    global _reader
    _reader.abandon()
    _reader = LimitedReader()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
