"""The command in a process of its own."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from mujun.documents.workbook import MOST_UNITS
from tests.cli.conftest import SCHEME


def mujun(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "mujun", *arguments]
    return subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, check=False)


def test_exit_code_and_message_reach_the_shell() -> None:
    ended = mujun("check", "nowhere.yaml")
    assert ended.returncode == 2
    assert "nowhere.yaml" in ended.stdout.decode()
    assert b"Traceback" not in ended.stderr


def test_e05_one_and_two_threads_write_the_same_bytes(tmp_path: Path) -> None:
    """E05: rows in another order and another number of threads, byte for byte.

    One unit more than a workbook is written for: the workbook's cells are cached values of the same evaluation.
    """
    draw = random.Random(3)
    units = range(MOST_UNITS + 1)
    rows = [f"U{n:05},示例{n},{draw.lognormvariate(3, 2):.4f},{draw.lognormvariate(2, 1):.2f}" for n in units]
    (tmp_path / "small.yaml").write_text(
        SCHEME.replace("benchmark: 20", "benchmark: {statistic: mean}"), encoding="utf-8"
    )
    header = "uscc,name,税收,用地面积\n"
    (tmp_path / "1.csv").write_text(header + "\n".join(rows), encoding="utf-8")
    (tmp_path / "2.csv").write_text(header + "\n".join(draw.sample(rows, len(rows))), encoding="utf-8")
    for threads in ("1", "2"):
        arguments = ("evaluate", "small.yaml", f"{threads}.csv", "--out", threads)
        assert mujun(*arguments, cwd=tmp_path, POLARS_MAX_THREADS=threads).returncode == 0
    for name in ("units.csv", "benchmarks.csv", "findings.csv"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
