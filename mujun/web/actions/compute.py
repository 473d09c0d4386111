"""Evaluate every scheme of a track on its locked data and write the results under their hash. Moves no state."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import frozen
from django.conf import settings

from mujun.documents.report import Reported, write_report
from mujun.documents.workbook import write_workbook
from mujun.engine import Evaluation, evaluate
from mujun.engine.write import write_evaluation
from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.intake import read_dataset
from mujun.law import Law
from mujun.scheme import load_scheme
from mujun.store.sealed import DATA
from mujun.web.evidence import kept, the_store
from mujun.web.models import Plan, Run
from mujun.web.queries.results import REPORT, WORKBOOK, hash_of, plan_of, runs_folder, sealed_for
from mujun.web.queries.rules import law_with, scheme_ids

Tell = Callable[[str, int], None]
DEMO_LABEL = "示例数据"


@frozen(eq=False)
class Computed:
    """`summary` by scheme is what its evaluation.json says."""

    result_hash: str
    summary: dict[str, Any]
    evaluations: tuple[Evaluation, ...]


def compute(run: Run, tell: Tell) -> Computed:
    """Raises CannotGoOn when data or scheme are not what was locked and issued, or not fit."""
    folder = runs_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".half-", ignore_cleanup_errors=True) as half:
        computed = evaluate_into(run, Path(half), tell)
        place = folder / computed.result_hash
        if not place.exists():
            Path(half).chmod(0o755)
            Path(half).rename(place)
    return computed


def evaluate_into(run: Run, folder: Path, tell: Tell) -> Computed:
    """Everything that a run is, written into a folder."""
    plan = plan_of(run)
    if plan is None:
        raise CannotGoOn([_stop("no_plan", "找不到这次评价所用的方案。", "请用印发的方案重新运行评价。")])
    law = law_with(plan)
    sealed = sealed_for(run)
    names = tuple(name for name in scheme_ids(run.track) if name in sealed)
    reported = []
    for number, name in enumerate(names):
        start, part = 100 * number // (len(names) + 1), 100 // (len(names) + 1)
        reported.append(_evaluate_one(sealed[name], plan, name, law, folder / name, _within(tell, start, part)))
    tell("写报告", 100 * len(names) // (len(names) + 1))
    label = DEMO_LABEL if settings.DEMO else ""
    write_report(folder / REPORT, f"{run.track.title}", reported, law=law, label=label)
    summary = {name: one.summary for name, one in zip(names, reported, strict=True)}
    return Computed(hash_of(folder, names), summary, tuple(one.evaluation for one in reported))


def _evaluate_one(sealed: dict[str, Any], plan: Plan, name: str, law: Law, out: Path, tell: Tell) -> Reported:
    out.mkdir(parents=True)
    scheme_file = out / "scheme.yaml"
    scheme_file.write_bytes(kept(plan.schemes[name]))
    scheme = load_scheme(scheme_file, law)
    tell(f"{scheme.label}：读取", 0)
    data = the_store().folder / "sealed" / str(sealed["seal"]) / DATA
    if not data.exists() or _sha256(data) != sealed["sha256"]:
        message = f"“{scheme.label}”锁定的数据与锁定时的指纹不符。"
        raise CannotGoOn([_stop("seal_broken", message, "请从备份恢复，或解锁后重新锁定。")])
    reading = read_dataset(data, scheme)
    if blocking(reading.findings):
        raise CannotGoOn(blocking(reading.findings))
    tell(f"{scheme.label}：评价{reading.dataset.size}个单位", 10)
    evaluation = evaluate(
        scheme,
        reading.dataset,
        progress=lambda done, of: tell(
            f"{scheme.label}：评价{reading.dataset.size}个单位", 10 + 50 * done // max(of, 1)
        ),
    )
    if blocking(evaluation.findings):
        raise CannotGoOn(blocking(evaluation.findings))
    label = DEMO_LABEL if settings.DEMO else ""
    tell(f"{scheme.label}：写工作簿", 60)
    not_written = write_workbook(out / WORKBOOK, evaluation, law, label)
    findings = [*reading.findings, *([not_written] if not_written is not None else [])]
    tell(f"{scheme.label}：写结果", 90)
    summary = write_evaluation(evaluation, out, reading.dataset, scheme_file, findings=findings, label=label)
    files = tuple(f"{name}/{one}" for one in ("units.csv", WORKBOOK) if (out / one).exists())
    return Reported(evaluation, summary, (*findings, *evaluation.findings), None, files)


def _within(tell: Tell, start: int, part: int) -> Tell:
    return lambda step, percent: tell(step, start + part * percent // 100)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stop(code: str, message: str, mend: str) -> Finding:
    return Finding(Severity.ERROR, code, message, mend)
