"""The process that opens files: what it may take, and what happens when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from mujun.findings import CannotGoOn
from mujun.intake.limited import LimitedReader
from mujun.intake.open_here import open_here

TextFile = Callable[..., Path]
Workbook = Callable[..., Path]


@pytest.fixture
def reader() -> Iterator[LimitedReader]:
    made = LimitedReader()
    yield made
    made.close()


def refused(reader: LimitedReader, path: Path) -> str:
    with pytest.raises(CannotGoOn) as stopped:
        reader.read(path)
    return str(stopped.value)


def test_cells_are_those_that_are_read_in_process(
    reader: LimitedReader, text_file: TextFile, workbook: Workbook, tmp_path: Path
) -> None:
    parquet = tmp_path / "data.parquet"
    pl.DataFrame({"代码": ["A"], "税收": [1.5], "列表": [[1]], "空": [None]}).write_parquet(parquet)
    for path in (text_file("代码,税收", "A,1", ""), workbook([["代码"], ["A", 1, "=x"]], more=["说明"]), parquet):
        there, here = reader.read(path), open_here(path)
        assert [column.to_list() for column in there.columns] == [column.to_list() for column in here.columns]
        assert [column.dtype for column in there.columns] == [column.dtype for column in here.columns]
        assert (
            there.file,
            there.sheet,
            there.top,
            there.first_row,
            there.ragged,
            there.other_sheets,
            there.merged,
        ) == ((here.file, here.sheet, here.top, here.first_row, here.ragged, here.other_sheets, here.merged))


def test_process_is_another_one_and_stays(reader: LimitedReader, text_file: TextFile) -> None:
    path = text_file("代码", "A")
    assert reader.process is None
    reader.read(path)
    first = reader.process
    assert first not in (None, os.getpid())
    reader.read(path)
    assert refused(reader, path.with_name("nowhere.csv")) == "nowhere.csv 没有这个文件。请核对路径。"
    assert reader.process == first
    assert reader.peak > 10 << 20


def test_what_we_take_is_not_counted_as_the_worker_s(reader: LimitedReader, text_file: TextFile) -> None:
    ballast = bytearray(os.urandom(1)) * (700 << 20)
    reader.read(text_file("代码", "A"))
    assert (len(ballast) > reader.peak, reader.process is not None) == (True, True)


def test_process_that_died_between_two_files_is_replaced(reader: LimitedReader, text_file: TextFile) -> None:
    path = text_file("代码", "A")
    reader.read(path)
    first = reader.process
    assert first is not None
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    assert reader.read(path).top == (("代码",), ("A",))
    assert reader.process != first


def test_process_that_takes_too_long_is_ended_and_replaced(text_file: TextFile) -> None:
    path = text_file("代码", *["A,1"] * 500_000)
    hasty = LimitedReader(seconds=0.001)
    assert refused(hasty, path) == (
        "data.csv 读了0.001秒还没有读完，没有再读。请核对是不是拿错了文件；删去不用的表和列，或分成几个文件再报。"
    )
    hasty.seconds = 60
    assert hasty.read(path).height == 500_001
    hasty.close()


def test_process_that_takes_too_much_memory_ends_and_nothing_of_the_file_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    pl.DataFrame({"代码": pl.repeat("示例", 30_000_000, eager=True)}).with_row_index("n").write_parquet(path)
    tight = LimitedReader(memory=400 << 20)
    assert refused(tight, path) == (
        "data.parquet 读到一半，读取程序退出了：文件已损坏，或展开后大得超出限制。没有读入任何内容。"
        "请用生成它的程序重新导出，或用 WPS 或 Excel 打开后另存一份；很大的文件请分成几个。"
    )
    small = tmp_path / "small.csv"
    small.write_text("代码\nA\n", encoding="utf-8")
    assert tight.read(small).height == 2
    tight.close()


def test_process_that_grew_fat_is_replaced(reader: LimitedReader, tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    pl.DataFrame({"代码": pl.repeat(1.5, 40_000_000, eager=True)}).write_parquet(path)
    assert reader.read(path).height == 40_000_000
    assert reader.peak > 512 << 20
    assert reader.process is None


def test_progress_is_told_and_ends_with_everything(reader: LimitedReader, workbook: Workbook) -> None:
    told: list[tuple[int, int]] = []
    reader.read(workbook([["代码"], *([f"K{number}", "x" * 50] for number in range(25_000))]), progress=_into(told))
    shares = [done / end for done, end in told]
    assert shares == sorted(shares)
    assert (shares[-1], len(shares) > 10) == (1.0, True)


def test_error_in_a_progress_callback_leaves_no_half_answer_behind(reader: LimitedReader, text_file: TextFile) -> None:
    def give_up(done: int, end: int) -> None:
        raise KeyboardInterrupt

    path = text_file("代码", "A")
    with pytest.raises(KeyboardInterrupt):
        reader.read(path, progress=give_up)
    assert reader.read(path).top == (("代码",), ("A",))


def test_many_threads_take_turns(reader: LimitedReader, tmp_path: Path) -> None:
    heights: dict[int, int] = {}

    def read(rows: int) -> None:
        path = tmp_path / f"{rows}.csv"
        path.write_text("代码\n" * rows, encoding="utf-8")
        heights[rows] = reader.read(path).height

    threads = [threading.Thread(target=read, args=(rows,)) for rows in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heights == {rows: rows for rows in range(1, 9)}


def test_worker_sees_neither_our_secrets_nor_code_in_our_folder(tmp_path: Path, text_file: TextFile) -> None:
    path = text_file("代码", "A")
    for name in ("polars.py", "csv.py", "sitecustomize.py"):
        (tmp_path / name).write_text("raise SystemExit('not me')", encoding="utf-8")
    code = (
        "import os, pathlib\nfrom mujun.intake.open import _reader, open_cells\n"
        f"print(open_cells(pathlib.Path({str(path)!r})).top)\n"
        "environment = pathlib.Path(f'/proc/{_reader.process}/environ')\n"
        "print('MUJUN_SECRET' in (environment.read_text() if environment.exists() else ''))\n"
    )
    command = [sys.executable, "-P", "-c", code]
    environment = {**os.environ, "MUJUN_SECRET": "x", "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert ended.stdout == "(('代码',), ('A',))\nFalse\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_forked_process_has_a_reader_of_its_own(text_file: TextFile) -> None:
    path = text_file("代码", "A")
    code = (
        "import os, pathlib\nfrom mujun.intake import open as opening\n"
        f"path = pathlib.Path({str(path)!r})\n"
        "opening.open_cells(path)\nfirst = opening._reader.process\n"
        "child = os.fork()\n"
        "ours = opening.open_cells(path).height == 2 and (opening._reader.process == first) == bool(child)\n"
        "if not child:\n    raise SystemExit(0 if ours else 1)\n"
        "_, status = os.waitpid(child, 0)\n"
        "print(ours, os.waitstatus_to_exitcode(status), opening.open_cells(path).height)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("True 0 2\n", "")


def test_worker_ends_when_nobody_asks_any_more(text_file: TextFile) -> None:
    path = text_file("代码", "A")
    code = (
        "import os, pathlib\nfrom mujun.intake.open import _reader, open_cells\n"
        f"open_cells(pathlib.Path({str(path)!r}))\nprint(_reader.process, flush=True)\nos._exit(0)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    worker = int(ended.stdout)
    for _attempt in range(3_000):
        if not _lives(worker):
            return
        threading.Event().wait(0.01)
    raise AssertionError("the worker lives on")


def _lives(process: int) -> bool:
    """A process that ended and that nobody has asked about yet does not count."""
    status = Path(f"/proc/{process}/stat")
    try:
        os.kill(process, 0)
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def _into(told: list[tuple[int, int]]) -> Callable[[int, int], None]:
    return lambda done, end: told.append((done, end))
