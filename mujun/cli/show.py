"""How the command line shows findings, counts and walks."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mujun.engine.explain import Walk
from mujun.findings import Finding, Severity

_WIDTH_OF_FILES = 140
console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH_OF_FILES)
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_MOST_SHOWN = 40


def show_findings(findings: Sequence[Finding], *, most: int = _MOST_SHOWN, file: str = "") -> None:
    """Errors all, the rest as far as fits; `file` says where all of them stand."""
    ordered = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    for finding in ordered[: max(most, errors)]:
        colour = _COLOURS[finding.severity]
        place = f"{escape(finding.place)} " if finding.place else ""
        mend = f"[dim]{escape(finding.mend)}[/dim]" if finding.mend else ""
        console.print(
            f"[{colour}]{finding.severity.label}[/{colour}] {place}{escape(finding.message)}{mend}", soft_wrap=True
        )
    if len(ordered) > max(most, errors):
        where = f"，全部见 {file}" if file else ""
        console.print(f"[dim]……还有{len(ordered) - max(most, errors)}条{where}[/dim]")


def findings_in_words(findings: Iterable[Finding]) -> str:
    """How many of which, in words."""
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{severity.label}{counts[severity]}条" for severity in Severity if counts[severity]]
    return "、".join(parts) or "没有问题"


def marks(summary: dict[str, Any]) -> str:
    """试算、试评价、示例数据, where true."""
    words = [
        summary.get("data_label", ""),
        "试评价" if summary["trial"] else "",
        "试算" if summary["provisional"] else "",
    ]
    return "".join(f" [yellow]〔{word}〕[/yellow]" for word in words if word)


def counts_table(title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    table.add_column("", overflow="fold", min_width=20)
    for head in ("单位", "不参评", "参评", "豁免", "无总分", "排名", "入选", "备选"):
        table.add_column(head, justify="right")
    table.add_column("档次", overflow="fold")
    return table


def add_counts(table: Table, name: str, counts: dict[str, Any]) -> None:
    keys = ("units", "not_eligible", "eligible", "exempt", "without_score", "ranked", "selected", "reserve")
    tiers = counts.get("tiers", {})
    shown = "  ".join(f"{tier} {number:,}" for tier, number in tiers.items())
    table.add_row(escape(name), *(f"{counts[key]:,}" for key in keys), shown)


def show_walk(walk: Walk, marked: str = "") -> None:
    """A unit's walk, each step with its clause or assumption: numbered, and written out below."""
    console.print(f"[bold]{escape(walk.name)}[/bold]  {escape(walk.key)}  {escape(walk.title)}{marked}")
    table = Table(box=None, pad_edge=False, header_style="dim", expand=False)
    table.add_column("步骤", overflow="fold")
    table.add_column("值", justify="right", overflow="fold")
    table.add_column("怎样得来", overflow="fold")
    table.add_column("依据", style="dim", justify="right")
    numbers: dict[str, int] = {}
    for line in walk.lines:
        number = numbers.setdefault(line.basis, len(numbers) + 1) if line.basis else ""
        table.add_row("  " * line.depth + escape(line.what), escape(line.value), escape(line.how), str(number))
    console.print(table)
    console.print("[bold]依据[/bold]")
    for basis, number in numbers.items():
        console.print(f"[dim]{number:>3}[/dim] {escape(basis)}", soft_wrap=True)
