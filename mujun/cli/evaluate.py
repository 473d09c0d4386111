"""`mujun evaluate`: one scheme, one data file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import frozen
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from mujun.cli.show import add_counts, console, counts_table, findings_in_words, marks, show_findings
from mujun.documents.report import Reported, write_report
from mujun.documents.workbook import write_workbook
from mujun.engine import Evaluation, evaluate
from mujun.engine.write import write_evaluation
from mujun.findings import Finding, blocking
from mujun.intake import read_adopted, read_dataset
from mujun.law import Law, load_law
from mujun.scheme import find_scheme, load_scheme
from mujun.store.sealed import sealed_beside


@frozen
class Done:
    """One evaluation that was written. `last` is last round's data by this round's scheme."""

    evaluation: Evaluation
    summary: dict[str, Any]
    findings: tuple[Finding, ...]
    last: Evaluation | None
    folder: Path

    def reported(self, beside: Path) -> Reported:
        """What the report says of it; `beside` is the folder of the page, from which files are named."""
        rest = [self.folder / name for name in ("units.csv", "evaluation.xlsx")]
        names = tuple(path.relative_to(beside).as_posix() for path in rest if path.exists())
        return Reported(self.evaluation, self.summary, self.findings, self.last, names)


def evaluate_one(
    name: str, data: Path, out: Path, previous: Path | None, adopt: Path | None, sheet: str | None, label: str
) -> int:
    """Returns the exit code."""
    law = load_law()
    with progress_bar() as progress:
        task = progress.add_task("读取", total=None)
        done = evaluate_files(
            find_scheme(name),
            data,
            out,
            law,
            previous=previous,
            adopt=adopt,
            sheet=sheet,
            label=label,
            tell=lambda what, now, end: progress.update(task, description=what, completed=now, total=end),
        )
        progress.update(task, description="写报告", total=None)
        write_report(out / "report.html", done.evaluation.scheme.label, [done.reported(out)], law=law, label=label)
    show_findings(done.findings, file=str(out / "findings.csv"))
    table = counts_table(f"{done.evaluation.scheme.label}{marks(done.summary)}")
    for group, counts in done.summary["counts"]["groups"].items():
        add_counts(table, group, counts)
    add_counts(table, "合计", done.summary["counts"])
    console.print(table)
    console.print(
        f"{findings_in_words(done.findings)}。结果在 {out}：报告 report.html，可逐格核对的工作簿 evaluation.xlsx，"
        "以及 units.csv、benchmarks.csv、findings.csv、evaluation.json"
    )
    return 1 if done.summary["blocked"] else 0


def relative(folder: Path, out: Path) -> str:
    """From the results to the dataset, so that both can be moved together."""
    try:
        return Path(os.path.relpath(folder.resolve(), out.resolve())).as_posix()
    except ValueError:  # pragma: no cover - another drive of Windows
        return folder.resolve().as_posix()


def progress_bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def evaluate_files(
    scheme_file: Path,
    data: Path,
    out: Path,
    law: Law,
    *,
    previous: Path | None = None,
    adopt: Path | None = None,
    sheet: str | None = None,
    label: str = "",
    tell: Callable[[str, int, int | None], None] = lambda what, now, end: None,
) -> Done:
    """Read, evaluate, write. Raises CannotGoOn when a file cannot be read or the scheme is not fit."""
    scheme = load_scheme(scheme_file, law)
    tell(f"{scheme.label} 读取", 0, None)
    sealed = sealed_beside(data)
    reading = read_dataset(data, scheme, sheet)
    findings = list(reading.findings)
    last = None
    if previous is not None:
        last_reading = read_dataset(previous, scheme)
        last = last_reading.dataset
        findings += blocking(last_reading.findings)
    adopted = None
    if adopt is not None:
        adopted_reading = read_adopted(adopt, scheme)
        adopted = adopted_reading.adopted
        findings += adopted_reading.findings
    evaluation = evaluate(
        scheme,
        reading.dataset,
        previous=last,
        adopted=adopted,
        progress=lambda now, end: tell(f"{scheme.label} 评价", now, end),
    )
    by_this_scheme = None if last is None else evaluate(scheme, last)
    tell(f"{scheme.label} 写工作簿", 0, None)
    out.mkdir(parents=True, exist_ok=True)
    not_written = write_workbook(out / "evaluation.xlsx", evaluation, law, label)
    if not_written is not None:
        findings.append(not_written)
    tell(f"{scheme.label} 写出", 0, None)
    summary = write_evaluation(
        evaluation,
        out,
        reading.dataset,
        scheme_file,
        findings=findings,
        previous=last,
        adopted=adopted,
        label=label,
        sealed=None if sealed is None else {"hash": sealed.hash, "folder": relative(sealed.folder, out)},
    )
    return Done(evaluation, summary, (*findings, *evaluation.findings), by_this_scheme, out)
