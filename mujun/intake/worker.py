"""The process that opens files: `python -m mujun.intake.worker MEMORY SECONDS`. Answers one question after another.

It is given a path and a sheet, and answers with cells or with findings. It may not write files, take more memory than
allowed, or live on when nobody asks any more.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import IO

from mujun.findings import CannotGoOn
from mujun.intake.cells import Cells, Progress, refusal, silent
from mujun.intake.open_here import open_here
from mujun.intake.wire import (
    ASKED,
    DONE_SO_FAR,
    READY,
    REFUSED,
    TAKEN,
    as_json,
    findings_as_json,
    read_frame,
    write_cells,
    write_frame,
)

try:
    import resource
except ImportError:  # Windows: the time limit alone, which the other side keeps
    resource = None  # type: ignore[assignment]


def main() -> None:
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get among the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program; it ends us
    _hold_to(memory)
    write_frame(answers, READY, b"")
    while True:
        try:
            kind, content = read_frame(questions)
        except EOFError:
            return
        if kind == ASKED:
            before = _processor_seconds()
            _allow_time(int(before) + seconds * (os.cpu_count() or 1))
            try:
                _answer(answers, **json.loads(content))
                write_frame(answers, TAKEN, as_json([_peak(), _processor_seconds() - before]))
            except BrokenPipeError:
                return


def _answer(answers: IO[bytes], path: str, sheet: str | None, progress: bool) -> None:
    told: tuple[int, int] | None = None

    def tell(done: int, end: int) -> None:
        nonlocal told
        if (done, end) != told:
            told = (done, end)
            write_frame(answers, DONE_SO_FAR, as_json(told))

    try:
        cells = _open(Path(path), sheet, tell if progress else silent)
    except CannotGoOn as stopped:
        write_frame(answers, REFUSED, findings_as_json(stopped.findings))
    else:
        write_cells(answers, cells)


def _open(path: Path, sheet: str | None, progress: Progress) -> Cells:
    try:
        return open_here(path, sheet, progress)
    except (CannotGoOn, BrokenPipeError):
        raise
    except BaseException as error:  # whatever a damaged file brings forth, panics of the libraries too
        message = f"文件已损坏，读不下去（{type(error).__name__}）。没有读入任何内容。"
        mend = "请用生成它的程序重新导出，或用 WPS 或 Excel 打开后另存一份。"
        raise refusal(path.name, "broken_file", message, mend) from error


def _hold_to(memory: int) -> None:
    """So much memory, no files written, no core dumps."""
    if resource is None:
        return
    limits = {"RLIMIT_DATA": memory, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    if sys.platform != "linux":  # elsewhere RLIMIT_DATA leaves out mapped memory
        limits["RLIMIT_AS"] = memory
    for name, limit in limits.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, most = resource.getrlimit(kind)
        allowed = limit if most == resource.RLIM_INFINITY else min(limit, most)
        try:
            resource.setrlimit(kind, (allowed, most))
        except (ValueError, OSError):  # a system that knows the limit and does not let it be set
            continue


def _processor_seconds() -> float:
    """On every thread, since the start."""
    return time.process_time()


def _allow_time(until: int) -> None:
    """Processor time: ends us even when the program that asked is gone."""
    if resource is None:
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most))


def _peak() -> int:
    """Bytes. Linux counts what `getrusage` tells from before we became another program, so its own file is asked."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration, ValueError):
        if resource is None:
            return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


if __name__ == "__main__":
    main()
