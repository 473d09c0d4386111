"""`python -m bench.intake`: how long a workbook takes from the mail into the store, and what refusing a bomb takes.

A workbook of firms by twenty numbers, with last year's beside it, goes through all that a commit does: bytes by hash,
reading in a process with limits, checks of a plan, observations, journal. Each figure comes from a process of its own.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
import zipfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import xlsxwriter

from mujun.cli.progress import progress_bar
from mujun.findings import CannotGoOn
from mujun.intake import open as opening
from mujun.intake.open_here import open_here
from mujun.intake.submit import FormBook, Wanted, submit
from mujun.law import load_law
from mujun.store import Store

SIZES = {10_000: (10, 300), 50_000: (60, 300)}
"""Rows, and what is aimed at: seconds and MiB."""
BOMB = (0.05, 10)
COLUMNS, RUNS = 20, 3
BEGIN, END = "<!-- intake -->", "<!-- /intake -->"
NOW = datetime.datetime(2019, 4, 12, 9, 30, tzinfo=datetime.UTC)

VARIABLES = "\n".join(
    f"  v{place:02d}: {{label: 数据{place:02d}, unit: 万元, source: 统计}}" for place in range(COLUMNS)
)
SCHEME = f"""\
scheme: firms
domain: manufacturing
label: 计时
basis: {{assumption: 计时}}
unit: {{label: 企业, key: uscc, name: name}}
variables:
{VARIABLES}
score:
  {{id: total, label: 总分, formula: v00 / v01, normalise: {{method: benchmark_ratio, benchmark: 1}}}}
"""
ALL = "rule: {rule}, tables: [firms], severity: warning, basis: {{assumption: 计时}}"
PLAN = f"""\
round: 2018
label: 计时
basis: {{clause: zhe-mujunban-2019-4#3.2}}
data_year: 2018
data_year_basis: {{assumption: 计时}}
details: []
derivations: []
checks:
  - {{id: negative, label: 负数, {ALL.format(rule="in_range")}, at_least: 0}}
  - {{id: scale, label: 单位, {ALL.format(rule="unit_scale").replace("warning", "error")}, variables: 全部, at_least: 4,
     certainty: 4, least_spread: 0.25, near: 0.35, peers_at_least: 20, peers_spread: 0.5, peers_near: 0.6,
     peers_apart: 1, part_at_least: 3, part_apart: 1.6, part_share: 0.02}}
  - {{id: over, label: 大于, {ALL.format(rule="at_most")}, left: v02, right: v03, times: 1000}}
  - {{id: year, label: 比上年, {ALL.format(rule="year_on_year")}, variables: [v00, v01], factor: 1000}}
  - {{id: twice, label: 重复, {ALL.format(rule="duplicates")}, identical: 3}}
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description=__doc__)
    parser.add_argument("--write", type=Path, help=f"put the table into this file, between {BEGIN} and {END}")
    parser.add_argument("--once", nargs=2, metavar=("what", "folder"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        what, folder = asked.once
        print(json.dumps(refuse(Path(folder)) if what == "bomb" else commit(Path(folder), what)))
        return
    with tempfile.TemporaryDirectory() as place:
        lines = [*measured(Path(place))]
    text = "\n".join([conditions(), "", "| | aim | seconds | peak MiB | |", "|---|---|--:|--:|---|", *lines])
    print(text)
    if asked.write:
        page = asked.write.read_text(encoding="utf-8")
        head, rest = page.partition(BEGIN)[0], page.partition(END)[2]
        asked.write.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest}", encoding="utf-8")


def measured(folder: Path) -> list[str]:
    lines = []
    write_round(folder)
    for rows, (seconds, mebibytes) in SIZES.items():
        write_table(folder / f"{rows}.xlsx", rows, seed=2019)
        write_table(folder / f"{rows}.before.xlsx", rows, seed=2018)
        found = best(str(rows), folder)
        met = _verdict(found, seconds, mebibytes)
        lines.append(
            f"| {rows:,} rows × {COLUMNS}, checked and committed | ≤ {seconds} s, ≤ {mebibytes} MiB | "
            f"{found['seconds']:.2f} | {found['together']:.0f} | {met} |"
        )
        print(lines[-1], flush=True)
    found = best("bomb", folder)
    met = found["seconds"] <= BOMB[0] and found["peak"] <= BOMB[1]
    lines.append(
        f"| a bomb of {found['kibibytes']:.0f} KiB that holds 183 MiB, refused | ≤ 0.05 s, ≤ {BOMB[1]} MiB | "
        f"{found['seconds']:.4f} | {found['peak']:.2f} | {'yes' if met else '**no**'} |"
    )
    return lines


def _verdict(found: dict[str, float], seconds: float, mebibytes: float) -> str:
    """There are two processes; what they hold together at one moment is what the machine has to have."""
    return "yes" if found["seconds"] <= seconds and found["together"] <= mebibytes else "**no**"


def best(what: str, folder: Path) -> dict[str, float]:
    """The quickest of some runs, each in a process of its own."""
    command = [sys.executable, "-m", "bench.intake", "--once", what, str(folder)]
    runs = []
    for _ in range(RUNS):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        together = 0
        while process.poll() is None:
            together = max(together, sum(proportional(one) for one in family(process.pid)))
            time.sleep(0.05)
        said, _ = process.communicate()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        runs.append({**json.loads(said.strip().splitlines()[-1]), "together": together / 1024})
    return min(runs, key=lambda run: float(run["seconds"]))


def family(process: int) -> list[int]:
    """A process and those it has started, as Linux tells."""
    try:
        tasks = os.listdir(f"/proc/{process}/task")
        started = [Path(f"/proc/{process}/task/{task}/children").read_text().split() for task in tasks]
    except OSError:
        return [process]
    return [process, *(found for some in started for one in some for found in family(int(one)))]


def proportional(process: int) -> int:
    """KiB a process holds; what it shares counts in part (PSS)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def commit(folder: Path, rows: str) -> dict[str, float]:
    """As `mujun intake … --commit --previous …` does, bar of progress and all; into a store of its own."""
    wanted = Wanted("统计", "2018/firms", previous=folder / f"{rows}.before.xlsx")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=folder) as store, progress_bar() as progress:
        task = progress.add_task("", total=None)
        done = submit(
            [folder / f"{rows}.xlsx"],
            Store(Path(store)),
            FormBook(load_law(), folder),
            wanted,
            by="bench",
            now=NOW,
            commit=True,
            tell=lambda what, now, end: progress.update(task, description=what, completed=now, total=end),
        )
        seconds = time.perf_counter() - start
    if not done.committed:
        raise SystemExit("\n".join(str(finding) for one in done.files for finding in one.findings[:5]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak": peak, "reader": opening._reader.peak / (1 << 20)}


def refuse(folder: Path) -> dict[str, float]:
    """The bytes that go into the memory of who refuses are counted, not the process as it is."""
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        content = b"<c r='A1'>" + bytes(range(64)) * 7_000 + np.random.default_rng(1).bytes(280_000)
        archive.writestr("xl/worksheets/sheet1.xml", content + b"0" * ((183 << 20) - len(content)))
    del content
    tracemalloc.start()
    start = time.perf_counter()
    try:
        open_here(path)
    except CannotGoOn as refused:
        seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1] / (1 << 20)
        if refused.findings[0].code != "zip_bomb":
            raise
    return {"seconds": seconds, "peak": peak, "kibibytes": path.stat().st_size / 1024}


def write_round(folder: Path) -> None:
    (folder / "2018" / "schemes").mkdir(parents=True)
    (folder / "2018" / "schemes" / "firms.yaml").write_text(SCHEME, encoding="utf-8")
    (folder / "2018" / "collection.yaml").write_text(PLAN, encoding="utf-8")


def write_table(path: Path, rows: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("填报")
        sheet.write_row(0, 0, ["代码", "名称", *(f"数据{place:02d}（万元）" for place in range(COLUMNS))])
        for row in range(1, rows + 1):
            sheet.write_row(
                row, 0, [f"{row:09d}", f"示例{row}厂", *np.round(draw.lognormal(5, 1, COLUMNS), 2).tolist()]
            )


def conditions() -> str:
    day, load = datetime.date.today().isoformat(), os.getloadavg()[0]
    return (
        f"Measured on {day}: {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"polars {version('polars')}; the best of {RUNS} runs; the machine's load at the end was {load:.1f}."
    )


if __name__ == "__main__":
    main()
