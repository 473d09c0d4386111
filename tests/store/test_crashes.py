"""The store when the process, the disk or the other process does what one fears."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn, Severity
from mujun.store import Receipt, Store
from mujun.store.verify import verify
from tests.store.batches import make_batch
from tests.store.conftest import NOW

Commit = Callable[..., Receipt]
ROOT = Path(__file__).parents[2]
COMMITTER = Path(__file__).with_name("committer.py")


def committer(store: Store, *arguments: str) -> subprocess.Popen[str]:
    """A process that is loaded and waits for a line."""
    command = [sys.executable, str(COMMITTER), str(store.folder), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "POLARS_MAX_THREADS": "1"}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def begin(process: subprocess.Popen[str], first: int) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{first}\n")
    process.stdin.flush()


def said(process: subprocess.Popen[str]) -> list[list[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        process.stdin.close()  # nothing more to do
        lines = process.stdout.read().splitlines()
    return [line.split() for line in lines]


def killed(process: subprocess.Popen[str], first: int, commits: int, after: float) -> list[list[str]]:
    """What a child acknowledged that committed from `first` on, killed so many seconds after so many commits."""
    assert process.stdout is not None
    begin(process, first)
    child = int(process.stdout.readline().split()[1])
    lines = [process.stdout.readline().split() for _ in range(commits)]
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    while (line := process.stdout.readline()) != "gone\n":
        lines.append(line.split())
    return lines


def errors(store: Store) -> list[str]:
    return [str(finding) for finding in verify(store) if finding.severity is Severity.ERROR] if store.exists else []


def kill_at_random_moments(store: Store, times: int, seed: int) -> None:
    draw, first = random.Random(seed), 0
    known: set[str] = set()
    process = committer(store, "fork")
    for _ in range(times):
        lines = killed(process, first, draw.randrange(3), draw.uniform(0, 0.06))
        entries = store.entries() if store.exists else ()
        here = {f"{entry.seq:06d}-{entry.hash[:8]}" for entry in entries}
        assert known | {receipt for line in lines for receipt in line[1:]} <= here  # nothing acknowledged is lost
        assert len(entries) % 2 == 0  # two files in a command: both or none
        for tax, land in zip(entries[::2], entries[1::2], strict=True):
            assert (tax.by, tax.facts["source"], land.facts["source"]) == (land.by, "税务", "自然资源")
        assert errors(store) == []
        if entries:
            number = entries[-1].by.strip("第次")
            values = store.holding("2019/firms").select("unit", "variable", "value").rows()
            assert sorted(values) == [("A", "land", number), ("A", "tax", number), ("B", "tax", number)]
            first = int(number) + 1
        known = here
    assert said(process) == []
    assert len(known) >= times  # two receipts a commit, a commit a kill on average: the kills did not come before all


def test_f01_kill_9_at_15_moments_leaves_whole_imports_only(store: Store) -> None:
    """F01 for imports: 0 partial batches, 0 acknowledged writes lost, the chain verifies."""
    kill_at_random_moments(store, 15, seed=2019)


@pytest.mark.acceptance
def test_f01_kill_9_at_200_moments_leaves_whole_imports_only(tmp_path: Path) -> None:
    """Twenty stores, since each one is verified whole after every kill."""
    for seed in range(20):
        kill_at_random_moments(Store(tmp_path / str(seed)), 10, seed)


def test_two_processes_at_once_take_turns(store: Store) -> None:
    processes = [committer(store, "20") for _ in range(2)]
    for number, process in enumerate(processes):
        begin(process, 1000 * number)
    lines = [line for process in processes for line in said(process)]
    entries = store.entries()
    assert len(lines) == 40
    assert {receipt for line in lines for receipt in line[1:]} == {f"{one.seq:06d}-{one.hash[:8]}" for one in entries}
    assert [tax.by == land.by for tax, land in zip(entries[::2], entries[1::2], strict=True)] == [True] * 40
    assert errors(store) == []


def test_f07_a_double_click_from_two_processes_is_one_import(store: Store) -> None:
    """F07 Same file uploaded twice, and double click → one import."""
    processes = [committer(store, "5", "same") for _ in range(2)]
    for process in processes:
        begin(process, 0)
    receipts = [receipt for process in processes for line in said(process) for receipt in line[1:]]
    entries = store.entries()
    assert [entry.facts["source"] for entry in entries] == ["税务", "自然资源"]
    assert {receipt.removesuffix("again") for receipt in receipts} == {f"{e.seq:06d}-{e.hash[:8]}" for e in entries}
    assert sum(not receipt.endswith("again") for receipt in receipts) == 2


@contextmanager
def full_disk(folder: Path) -> Iterator[Callable[[], None]]:
    """A small file system of our own where we may mount one, else files that may not grow. Yields what fills it."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill() -> None:
        if mounted.returncode:
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
            return
        with (folder / "filler").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * 4096)

    try:
        yield fill
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        if not mounted.returncode:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def free(folder: Path) -> None:
    (folder / "filler").unlink(missing_ok=True)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


@pytest.mark.parametrize("evidence_first", [False, True])
def test_f02_a_full_disk_is_a_clean_refusal_and_the_service_still_reads(tmp_path: Path, evidence_first: bool) -> None:
    """F02 Disk full at import → clean refusal, service still reads."""
    place = tmp_path / "disk"
    place.mkdir()
    with full_disk(place) as fill:
        store = Store(place / "store")
        store.put("税务.xlsx: A.tax=300".encode())
        store.commit([make_batch("A.tax=300")], by="张三", now=NOW)
        batch = make_batch("A.tax=310", file="更正.xlsx")
        if evidence_first:
            store.put("更正.xlsx: A.tax=310".encode())
        fill()
        with pytest.raises(CannotGoOn) as stopped:
            store.put("更正.xlsx: A.tax=310".encode()) if not evidence_first else store.commit(
                [batch], by="张三", now=NOW
            )
        (finding,) = stopped.value.findings
        assert (finding.code, finding.message) == (
            "store_full",
            "磁盘满了。这次什么也没有入库，原有的数据没有动，仍可查询。",
        )
        assert store.holding("2019/firms")["value"].to_list() == ["300"]
        assert errors(store) == []
        free(place)
        store.put("更正.xlsx: A.tax=310".encode())
        assert store.commit([batch], by="张三", now=NOW)[0].seq == 2


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Root may write everywhere but on a file system mounted read-only."""
    if os.geteuid():
        paths = [folder, *folder.rglob("*")]
        modes = [path.stat().st_mode for path in paths]
        for path in paths:
            path.chmod(path.stat().st_mode & 0o555)
        yield
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)
        return
    bind = subprocess.run(["mount", "--bind", str(folder), str(folder)], capture_output=True, check=False)
    if bind.returncode:
        pytest.skip("root without the right to mount: nothing is read-only to it")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_read_only_store_is_a_clean_refusal_and_still_reads(store: Store, commit: Commit) -> None:
    commit("A.tax=300")
    with read_only(store.folder):
        with pytest.raises(CannotGoOn) as stopped:
            commit("A.tax=310", file="更正.xlsx")
        assert [finding.code for finding in stopped.value.findings] == ["store_read_only"]
        assert store.holding("2019/firms")["value"].to_list() == ["300"]
        assert errors(store) == []
    assert commit("A.tax=310", file="更正.xlsx").seq == 2


def test_a_damaged_journal_is_told_and_not_a_crash(store: Store, commit: Commit) -> None:
    commit("A.tax=300")
    (store.folder / "journal.sqlite").write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    for attempt in (lambda: store.holding("2019/firms"), lambda: verify(store)):
        with pytest.raises(CannotGoOn) as stopped:
            attempt()
        assert [finding.code for finding in stopped.value.findings] == ["store_damaged"]
