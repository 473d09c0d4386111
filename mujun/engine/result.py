"""Read back an evaluation that was written to a folder, and check that it is what was written."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
from attrs import frozen

from mujun.digest import digest_file
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import Law
from mujun.scheme.load import load_scheme
from mujun.scheme.model import Scheme


@frozen
class Result:
    """What a folder of results holds. `benchmarks` are the rows of benchmarks.csv."""

    scheme: Scheme
    summary: dict[str, Any]
    units: pl.DataFrame
    details: pl.DataFrame
    benchmarks: tuple[dict[str, str], ...]


def read_result(folder: Path, law: Law) -> Result:
    """Raises CannotGoOn when files lack or are not the ones that evaluation.json names."""
    if not (folder / "evaluation.json").exists():
        message = f"“{folder}”里没有 evaluation.json，不是评价结果。"
        mend = "请给出 mujun evaluate 或 mujun run 写出的某个领域的文件夹。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_result", message, mend, file=folder.name)])
    summary = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    changed = [
        Finding(Severity.ERROR, "changed_result", "文件与评价时的指纹不符，已被改动或缺失。", "请重新评价。", file=name)
        for name, digest in summary["results"].items()
        if not (folder / name).exists() or digest_file(folder / name).as_dict() != digest
    ]
    if changed:
        raise CannotGoOn(changed)
    with (folder / "benchmarks.csv").open(encoding="utf-8", newline="") as file:
        benchmarks = tuple(csv.DictReader(file))
    return Result(
        scheme=load_scheme(folder / "scheme.yaml", law),
        summary=summary,
        units=pl.read_parquet(folder / "units.parquet"),
        details=pl.read_parquet(folder / "details.parquet"),
        benchmarks=benchmarks,
    )
