"""Write an evaluation as files that people and programs read. See docs/scheme-language.md, section 3."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from mujun import __version__
from mujun.dataset import AdoptedList, Dataset
from mujun.digest import Digest, digest_file
from mujun.engine.counts import count_units
from mujun.engine.evaluation import Evaluation
from mujun.engine.printed import (
    BENCHMARK_COLUMNS,
    FINDING_COLUMNS,
    printed_benchmark,
    printed_finding,
    printed_units,
)
from mujun.findings import Finding, blocking

MOST_CSV_ROWS = 100_000


def write_evaluation(
    evaluation: Evaluation,
    out: Path,
    dataset: Dataset,
    scheme_file: Path,
    *,
    findings: Sequence[Finding] = (),
    previous: Dataset | None = None,
    adopted: AdoptedList | None = None,
    label: str = "",
    sealed: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Write all result files into a folder and return what evaluation.json says.

    `findings` are those of reading the data; those of the evaluation are added. `label` marks the data, e.g.
    示例数据; `sealed` says which sealed dataset they are. Each
    file appears whole or not at all.
    """
    out.mkdir(parents=True, exist_ok=True)
    everything = [*findings, *evaluation.findings]
    _put(out / "units.parquet", _parquet(evaluation.units))
    _put(out / "details.parquet", _parquet(evaluation.details))
    if evaluation.units.height <= MOST_CSV_ROWS:
        units = printed_units(evaluation)
        _put(out / "units.csv", _csv(units.columns, units.iter_rows()))
    else:
        (out / "units.csv").unlink(missing_ok=True)
    _put(out / "benchmarks.csv", _csv(BENCHMARK_COLUMNS, map(printed_benchmark, evaluation.benchmarks)))
    _put(out / "findings.csv", _csv(FINDING_COLUMNS, map(printed_finding, everything)))
    _put(out / "scheme.yaml", scheme_file.read_bytes())
    summary = _summary(evaluation, out, dataset, everything, previous, adopted)
    if label:
        summary["data_label"] = label
    if sealed:
        summary["sealed"] = sealed
    _put(out / "evaluation.json", (json.dumps(summary, ensure_ascii=False, indent=2) + "\n").encode())
    return summary


def _put(path: Path, data: bytes) -> None:
    """Write beside the place and move there, so that nobody ever sees half a file."""
    half = path.with_name(f".{path.name}.half")
    half.write_bytes(data)
    os.replace(half, path)


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def _summary(
    evaluation: Evaluation,
    out: Path,
    dataset: Dataset,
    findings: Sequence[Finding],
    previous: Dataset | None,
    adopted: AdoptedList | None,
) -> dict[str, Any]:
    scheme = evaluation.scheme
    severities = [finding.severity.value for finding in findings]
    summary: dict[str, Any] = {
        "scheme": scheme.id,
        "domain": scheme.domain,
        "label": scheme.label,
        "lead_agency": scheme.lead_agency,
        "trial": scheme.trial,
        "provisional": scheme.provisional,
        "blocked": bool(blocking(findings)),
        "engine": f"mujun {__version__}",
        "counts": count_units(evaluation),
        "findings": {severity: severities.count(severity) for severity in ("error", "warning", "info")},
        "assumptions": list(scheme.assumptions),
        "scheme_file": {"name": scheme.file, **scheme.digest.as_dict()},
        "data_file": _file(dataset.file, dataset.digest),
    }
    if previous is not None:
        summary["previous_file"] = _file(previous.file, previous.digest)
    if adopted is not None:
        summary["adopted"] = {
            "file": adopted.file,
            "instrument": adopted.instrument,
            "document_number": adopted.document_number,
            "issued_on": adopted.issued_on,
            "units": len(adopted.keys),
        }
    results = ("units.parquet", "details.parquet", "units.csv", "benchmarks.csv", "findings.csv", "scheme.yaml")
    summary["results"] = {name: digest_file(out / name).as_dict() for name in results if (out / name).exists()}
    return summary


def _file(name: str, digest: Digest | None) -> dict[str, str]:
    return {"name": name, **(digest.as_dict() if digest else {})}
