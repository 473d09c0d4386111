"""Have files opened by another process: one that may take only so much time and memory, and whose end is no crash here.

The process stays for the next file; one that died, hung or grew fat is replaced. It is started for the first file.
Reads wait for one another; who needs several at a time makes several readers.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import mujun
from mujun.findings import CannotGoOn
from mujun.intake.cells import Cells, Progress, refusal, silent
from mujun.intake.wire import (
    ASKED,
    CELLS,
    DONE_SO_FAR,
    READY,
    REFUSED,
    TAKEN,
    as_json,
    findings_from_json,
    read_cells,
    read_frame,
    write_frame,
)

SECONDS = 180.0
"""For one file. 50,000 rows by 20 columns take about six."""
MEMORY = 4 << 30
"""Bytes, where the system can hold a process to it."""

FAT = 512 << 20
"""Bytes. A process that ever took more is replaced after its answer, since memory once taken is not given back."""

_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "POLARS_MAX_THREADS")
_START_SECONDS = 120.0
_abandoned: list[subprocess.Popen[bytes]] = []


class LimitedReader:
    """One process and the limits it has."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self.memory = memory
        self.peak = 0
        """Bytes that the process took at most, where the system tells."""
        self.processor_seconds = 0.0
        """That the last file took."""
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Returns at once; the process gets ready by itself."""
        with self._lock:
            self._running()

    def read(self, path: Path, sheet: str | None = None, progress: Progress | None = None) -> Cells:
        """The cells of a file. Raises CannotGoOn when it cannot be read, or not within the limits."""
        with self._lock:
            process = self._running()
            self._await_ready(process, path)
            watch = _Watch(process, self.seconds)
            try:
                question = {"path": str(path.absolute()), "sheet": sheet, "progress": progress is not None}
                answer, self.peak, self.processor_seconds = _ask(process, as_json(question), progress or silent)
            except (EOFError, OSError) as error:
                self._end()
                raise _too_slow(path, self.seconds) if watch.rang else _died(path) from error
            except BaseException:  # an interrupt leaves half an answer in the pipe
                self._end()
                raise
            finally:
                watch.cancel()
            if watch.rang or self.peak > FAT:
                self._end()
        if isinstance(answer, CannotGoOn):
            raise answer
        return answer

    def close(self) -> None:
        """End the process. The next read starts another."""
        with self._lock:
            self._end()

    def abandon(self) -> None:
        """Let go of another process's reader without ending it. For a forked process."""
        if self._process is not None:
            atexit.unregister(self.close)
            _abandoned.append(self._process)  # or its end would be waited for
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    os.close(stream.fileno())
            self._process = None

    @property
    def process(self) -> int | None:
        """The process id, while there is one."""
        return None if self._process is None else self._process.pid

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._process = _start(self.memory, self.seconds)
            self._ready = False
            atexit.register(self.close)
        return self._process

    def _await_ready(self, process: subprocess.Popen[bytes], path: Path) -> None:
        if self._ready:
            return
        watch = _Watch(process, _START_SECONDS)
        try:
            kind, _ = read_frame(_out(process))
        except (EOFError, OSError) as error:
            self._end()
            message = "读取文件的程序启动不了，没有读。"
            raise refusal(path.name, "reader_failed", message, "请核对程序是否安装完整、内存是否够用。") from error
        finally:
            watch.cancel()
        self._ready = kind == READY

    def _end(self) -> None:
        process, self._process = self._process, None
        atexit.unregister(self.close)
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):  # the rest of a question that nobody reads any more
                        stream.close()


class _Watch(threading.Timer):
    """Ends the process when the time is up. A timer and not a wait with a limit, which pipes lack on some systems."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        super().__init__(seconds, self._ring)
        self.daemon = True
        self.rang = False
        self._process = process
        self.start()

    def _ring(self) -> None:
        self.rang = True
        self._process.kill()


def _start(memory: int, seconds: float) -> subprocess.Popen[bytes]:
    """With little of our environment, which may hold secrets, and without the folder we are in, which may hold code."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment["PYTHONPATH"] = str(Path(mujun.__file__).parent.parent)
    return subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-m", "mujun.intake.worker", str(memory), str(int(seconds) + 1)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _ask(
    process: subprocess.Popen[bytes], question: bytes, progress: Progress
) -> tuple[Cells | CannotGoOn, int, float]:
    """The answer, the most memory the process ever took, and the processor time of this answer."""
    assert process.stdin is not None
    write_frame(process.stdin, ASKED, question)
    answer: Cells | CannotGoOn | None = None
    while True:
        kind, content = read_frame(_out(process))
        if kind == DONE_SO_FAR:
            progress(*json.loads(content))
        elif kind == REFUSED:
            answer = CannotGoOn(findings_from_json(content))
        elif kind == CELLS:
            _, columns = read_frame(_out(process))
            answer = read_cells(content, columns)
        elif kind == TAKEN and answer is not None:
            peak, seconds = json.loads(content)
            return answer, peak, seconds


def _out(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout is not None
    return process.stdout


def _too_slow(path: Path, seconds: float) -> CannotGoOn:
    message = f"读了{seconds:g}秒还没有读完，没有再读。"
    mend = "请核对是不是拿错了文件；删去不用的表和列，或分成几个文件再报。"
    return refusal(path.name, "too_slow", message, mend)


def _died(path: Path) -> CannotGoOn:
    message = "读到一半，读取程序退出了：文件已损坏，或展开后大得超出限制。没有读入任何内容。"
    mend = "请用生成它的程序重新导出，或用 WPS 或 Excel 打开后另存一份；很大的文件请分成几个。"
    return refusal(path.name, "reader_died", message, mend)
