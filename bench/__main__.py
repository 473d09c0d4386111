"""`make bench`: every rival at every size, and a table of seconds, ratios and peak memory in docs/bench.md."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from bench.rivals import RIVALS
from bench.units import write_units

SIZES = (100_000, 1_000_000, 10_000_000)
RUNS = 5
LIMIT = 900
"""Seconds for one rival at one size."""
BASE = "pandas, all of it"
PACKAGES = ("polars", "narwhals", "pandas", "scikit-criteria", "pymcdm", "numpy")
MARK = "<!-- measured -->"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=lambda text: int(float(text)), default=SIZES)
    parser.add_argument("--rivals", nargs="+", default=list(RIVALS), choices=list(RIVALS))
    parser.add_argument("--write", type=Path, help="put the tables into this file, after its line " + MARK)
    asked = parser.parse_args()
    tables = []
    with tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            data = Path(folder) / f"{size}.parquet"
            write_units(data, size)
            print(f"{size:,} units", flush=True)
            found = {}
            for name in asked.rivals:
                found[name] = measure(name, data)
                print(f"  {name}: {found[name]}", flush=True)
            tables.append(table(size, found))
            data.unlink()
    text = "\n\n".join([conditions(), *tables]) + "\n"
    print(text)
    if asked.write:
        before = asked.write.read_text(encoding="utf-8").partition(MARK)[0]
        asked.write.write_text(f"{before}{MARK}\n\n{text}", encoding="utf-8")


def measure(name: str, data: Path) -> dict[str, float] | str:
    """Seconds and MiB, or why there is no figure."""
    command = [sys.executable, "-m", "bench.one", name, str(data), str(RUNS)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return f"longer than {LIMIT} s"
    if done.returncode:
        reason = done.stderr.strip().splitlines()
        return reason[-1][:80] if reason else f"ended by signal {-done.returncode}"
    result: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def conditions() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    day = datetime.date.today().isoformat()
    load = os.getloadavg()[0]
    return (
        f"Measured on {day}: {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"{versions}; {RUNS} runs each (one, where a run takes over 20 s); the machine's load at the end: {load:.1f}."
    )


def table(size: int, found: dict[str, dict[str, float] | str]) -> str:
    base = found.get(BASE)
    heads = ("", "least s", "median s", "processor s", "pandas ÷ it: least", "processor", "peak MiB")
    lines = [f"### {size:,} units", "", f"| {' | '.join(heads)} |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    for name, figures in found.items():
        if isinstance(figures, str):
            lines.append(f"| {name} | {figures} | | | | | |")
            continue
        ratios = [base[kind] / figures[kind] for kind in ("seconds", "processor")] if isinstance(base, dict) else []
        clock = f"{figures['seconds']:.3f} | {figures['median']:.3f} | {figures['processor']:.3f}"
        ratio = " | ".join(f"{one:.2f}" for one in ratios) or "|"
        lines.append(f"| {name} | {clock} | {ratio} | {figures['peak']:,.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
