"""`mujun intake`: files in, a dry run, and with --commit the receipts. All of them or none."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from getpass import getuser
from pathlib import Path

from rich.markup import escape

from mujun.cli.progress import progress_bar
from mujun.cli.show import console, findings_in_words, show_findings
from mujun.findings import Finding, Severity, blocking
from mujun.intake.submit import FormBook, Submission, Submitted, Wanted, read_wishes, submit
from mujun.law import load_law
from mujun.store import Store

_COLUMNS = ("级别", "代号", "文件", "工作表", "单元格", "单位", "数据项", "问题", "怎样改正", "是否须说明理由")
_WORKBOOK = ".xlsx"
_MOST_MARKED = 250_000
"""Cells of a workbook that is given back with marks."""


def intake(
    files: Sequence[Path],
    store: Path,
    *,
    commit: bool,
    by: str,
    agency: str,
    scheme: str,
    sheet: str | None,
    waive: Sequence[str],
    previous: Path | None,
    register: Path | None,
    controls: Path | None,
    out: Path,
    now: datetime,
) -> int:
    """Returns the exit code."""
    law = load_law()
    wanted = Wanted(agency, scheme, sheet, read_wishes(waive), previous, register, controls)
    with progress_bar() as progress:
        task = progress.add_task("准备", total=None)
        submission = submit(
            files,
            Store(store),
            FormBook(law),
            wanted,
            by=by or getuser(),
            now=now,
            commit=commit,
            tell=lambda what, done, end: progress.update(task, description=what, completed=done, total=end),
        )
        progress.update(task, description="写核对结果", total=None)
        reports = _write_reports(submission, out)
    for one in submission.files:
        _show(one, out)
    show_findings(submission.notes)
    if reports:
        console.print(f"核对结果：{'、'.join(str(path) for path in reports)}", soft_wrap=True)
    _conclude(submission, commit)
    return 2 if any(one.unreadable for one in submission.files) else 1 if submission.stopped else 0


def _show(one: Submitted, out: Path) -> None:
    form = f"{one.form.label}（{one.form.id}）" if one.form is not None else "认不出是哪张报表"
    size = f"  {one.units:,}个单位、{one.cells:,}格" if one.cells else ""
    console.print(f"[bold]{escape(one.original.name)}[/bold]  {escape(form)}{size}", soft_wrap=True)
    show_findings(one.findings, file=str(out / "findings.csv"))
    if one.receipt is not None:
        console.print(
            f"[green]{'此前已入库' if one.receipt.again else '已入库'}[/green] {escape(str(one.receipt))}",
            soft_wrap=True,
        )
    if one.corrected_since:
        console.print(
            f"[yellow]其中{one.corrected_since:,}格后来的文件又报过，以后来的为准；要改回这份文件的数，请在表中改动后另存再报。[/yellow]",
            soft_wrap=True,
        )


def _conclude(submission: Submission, commit: bool) -> None:
    findings = [finding for one in submission.files for finding in one.findings]
    errors = len(blocking(findings))
    asked = Counter(finding.code for one in submission.files for finding in one.open)
    waived = sum(len(one.waivers) for one in submission.files)
    told = findings_in_words(findings) + (f"，已说明理由{waived}类" if waived else "")
    if not submission.stopped:
        if all(one.receipt is not None and one.receipt.again for one in submission.files):
            console.print("没有新的内容：文件此前都已入库，这次什么也没有改动。")
        elif submission.committed:
            console.print(f"[green]入库完成[/green]（{told}）。请保存回执号，日后可凭它查到原件。")
        else:
            files = "这份文件" if len(submission.files) == 1 else f"这{len(submission.files)}份文件"
            console.print(f"[green]可以入库[/green]（{told}）。以上只是试核对，还没有入库。")
            console.print(f"{files}确认无误后，同一条命令加上 --commit。")
        return
    reasons = "、".join(f"{code}（{number:,}处）" for code, number in asked.items())
    parts = [f"错误{errors:,}条须改正"] if errors else []
    parts += [f"须说明理由：{reasons}，写法是 --waive {next(iter(asked))}=理由"] if asked else []
    if any(number > 1 for number in asked.values()):
        parts.append("一条理由管同一代号的全部；只对几个单位的，写成“代号:单位,单位=理由”")
    whole = "，" if len(submission.files) == 1 else "，有一份不行，其余的也不入库，"
    console.print(f"[red]不能入库[/red]{whole}什么也没有存进数据库：{'；'.join(parts)}。", soft_wrap=True)


def _write_reports(submission: Submission, out: Path) -> list[Path]:
    """The findings as a table, and each sender's own workbook with the cells marked; none without findings."""
    told = [(one, finding) for one in submission.files for finding in one.findings]
    if not told:
        return []
    out.mkdir(parents=True, exist_ok=True)
    path = out / "findings.csv"
    _put(path, _csv(told))
    return [path, *(_mark(one, out) for one in submission.files if _worth_marking(one))]


def _worth_marking(one: Submitted) -> bool:
    """A workbook that was read, is not in the store yet, and has cells to look at; a huge one would take minutes."""
    if (
        one.unreadable
        or one.receipt is not None
        or one.original.suffix.lower() != _WORKBOOK
        or one.cells > _MOST_MARKED
    ):
        return False
    return any(finding.severity is not Severity.INFO for finding in one.findings)


def _mark(one: Submitted, out: Path) -> Path:
    from mujun.intake.marked import write_marked  # brings openpyxl along, which nobody else needs

    return write_marked(one.original, out / f"{one.original.stem}.核对.xlsx", one.findings)


def _csv(told: Sequence[tuple[Submitted, Finding]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one, finding in told:
        place = (finding.file or one.original.name, finding.sheet, finding.cell, finding.unit, finding.variable)
        asked = "是" if finding in one.open else ""
        writer.writerow(
            (finding.severity.label, finding.code, *map(_tame, place), finding.message, finding.mend, asked)
        )
    return text.getvalue().encode("utf-8-sig")


def _tame(text: str) -> str:
    """What a spreadsheet program would take for a formula stays text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _put(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.half")
    beside.write_bytes(data)
    os.replace(beside, path)
