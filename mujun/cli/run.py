"""`mujun run`: all domains of a round, from a folder of data files to a folder of results."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from mujun.cli.evaluate import Done, evaluate_files, progress_bar
from mujun.cli.show import add_counts, console, counts_table, findings_in_words, show_findings
from mujun.documents.lists import Listed, write_lists
from mujun.documents.report import write_report
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import Law, load_law
from mujun.scheme import Round, load_round
from mujun.store import Store
from mujun.store.sealed import DATA

_SUFFIXES = (".csv", ".xlsx", ".parquet")


def run_round(name: str, data: Path, out: Path, label: str = "", store: Path | None = None) -> int:
    """With a store, the datasets sealed last are evaluated; `data` then has last round's and adopted lists only, and a
    scheme's data where nothing of it is sealed. Returns the exit code: 2 if some file could not be read, 1 if some
    finding blocks.
    """
    law = load_law()
    round_ = load_round(name, law)
    opened = None if store is None else Store(store)
    if opened is not None and not opened.exists:
        message = f"“{store}”里没有数据库。"
        raise CannotGoOn(
            [Finding(Severity.ERROR, "no_store", message, "请先用 mujun intake … --commit 入库、mujun seal 封存。")]
        )
    if not data.is_dir():
        message = f"没有“{data}”这个文件夹。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_such_folder", message, "请用 --data 给出各领域数据所在。")])
    wanted = [(domain, scheme) for domain in round_.domains for scheme in domain.schemes]
    done: dict[str, Done] = {}
    unreadable: list[Finding] = []
    lacking: list[Finding] = []
    with progress_bar() as progress:
        task = progress.add_task(round_.title, total=None)
        for domain, scheme in wanted:
            sealed = None if opened is None else opened.latest_seal(f"{round_.id}/{scheme}")
            file = find_data(data, scheme) if sealed is None else sealed / DATA
            if file is None:
                lacking += _lacking(scheme, scheme == domain.schemes[0], data)
                continue
            try:
                done[scheme] = evaluate_files(
                    round_.scheme_file(scheme),
                    file,
                    out / scheme,
                    law,
                    previous=find_data(data / "previous", scheme),
                    adopt=find_data(data, f"{scheme}.adopted"),
                    label=label,
                    tell=lambda what, now, end: progress.update(task, description=what, completed=now, total=end),
                )
            except CannotGoOn as error:
                unreadable += error.findings
        if not done and not unreadable:
            names = "、".join(f"{scheme}.csv" for _, scheme in wanted)
            message = f"“{data}”里没有可评价的数据。"
            raise CannotGoOn([Finding(Severity.ERROR, "no_data", message, f"文件名应如{names}。")])
        progress.update(task, description="写报告", total=None)
        _write(round_, done, out, law, label, [*unreadable, *lacking])
    _show(round_, done, [*unreadable, *lacking], out, label)
    blocked = lacking or any(one.summary["blocked"] for one in done.values())
    return 2 if unreadable else 1 if blocked else 0


def find_data(folder: Path, stem: str) -> Path | None:
    """The data file of a scheme, whichever format it came in."""
    found = [folder / f"{stem}{suffix}" for suffix in _SUFFIXES if (folder / f"{stem}{suffix}").exists()]
    if len(found) > 1:
        names = "、".join(path.name for path in found)
        message = f"“{stem}”有不止一份数据：{names}。"
        raise CannotGoOn([Finding(Severity.ERROR, "two_files", message, "请只留一份。")])
    return found[0] if found else None


def _lacking(scheme: str, needed: bool, data: Path) -> list[Finding]:
    """A domain's first scheme must have data; further ones may go without."""
    if not needed:
        return []
    message = f"“{data}”里没有 {scheme} 的数据。"
    return [Finding(Severity.ERROR, "no_data", message, f"请放入 {scheme}.csv、.xlsx 或 .parquet。")]


def _write(round_: Round, done: dict[str, Done], out: Path, law: Law, label: str, problems: Sequence[Finding]) -> None:
    sheets = [Listed(one.evaluation.scheme.label, one.evaluation, one.summary["counts"]) for one in done.values()]
    out.mkdir(parents=True, exist_ok=True)
    write_lists(out / "lists.xlsx", round_.title, sheets, label)
    reported = [one.reported(out) for one in done.values()]
    write_report(
        out / "report.html", round_.title, reported, law=law, label=label, lists="lists.xlsx", problems=problems
    )
    summary = {
        "round": round_.id,
        "title": round_.title,
        "data_label": label,
        "domains": {
            scheme: {
                key: one.summary[key]
                for key in (
                    "label",
                    "lead_agency",
                    "trial",
                    "provisional",
                    "blocked",
                    "counts",
                    "findings",
                    "scheme_file",
                    "data_file",
                )
            }
            for scheme, one in done.items()
        },
    }
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _show(round_: Round, done: dict[str, Done], problems: list[Finding], out: Path, label: str) -> None:
    for scheme, one in done.items():
        errors = [finding for finding in one.findings if finding.severity is Severity.ERROR]
        if errors:
            console.print(f"[bold]{one.evaluation.scheme.label}[/bold] {out / scheme}/findings.csv")
            show_findings(errors)
    show_findings(problems)
    table = counts_table(round_.title + (f" [yellow]〔{label}〕[/yellow]" if label else ""))
    for one in done.values():
        state = "试评价、试算" if one.summary["trial"] else "试算" if one.summary["provisional"] else ""
        name = one.evaluation.scheme.label
        add_counts(table, f"{name}〔{state}〕" if state else name, one.summary["counts"])
    console.print(table)
    every = [finding for one in done.values() for finding in one.findings]
    console.print(f"{findings_in_words([*every, *problems])}，见各文件夹的 findings.csv。")
    console.print(f"报告 {out / 'report.html'}，名单 {out / 'lists.xlsx'}，汇总 {out / 'summary.json'}")
