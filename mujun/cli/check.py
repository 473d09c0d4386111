"""`mujun check`: every mistake of every scheme at once."""

from __future__ import annotations

from mujun.cli.show import console, findings_in_words, show_findings
from mujun.findings import CannotGoOn, Finding, blocking
from mujun.law import PROGRAMME, load_law
from mujun.scheme import find_scheme, load_round, read_scheme


def check(names: list[str]) -> int:
    """Check the named schemes, or everything that comes with the package. Returns the exit code."""
    law = load_law()
    if names:
        paths = [find_scheme(name) for name in names]
    else:
        for folder in sorted(PROGRAMME.glob("*/round.yaml")):
            load_round(folder.parent.name, law)
        paths = sorted(PROGRAMME.glob("*/schemes/*.yaml"))
    unreadable = False
    every: list[Finding] = []
    for path in paths:
        try:
            reading = read_scheme(path, law)
        except CannotGoOn as error:
            unreadable = True
            show_findings(error.findings)
            continue
        every += reading.findings
        show_findings(reading.findings)
        if reading.scheme is not None and not blocking(reading.findings):
            scheme = reading.scheme
            indicators = sum(node.is_indicator for node in scheme.nodes())
            state = f"假设{len(scheme.assumptions)}处，只能试算" if scheme.provisional else "没有假设"
            console.print(
                f"[green]通过[/green] {path.name}  {scheme.label}  {indicators}项指标，{state}",
                soft_wrap=True,
            )
    console.print(f"共检查{len(paths)}个方案、{len(law.instruments)}份文件：{findings_in_words(every)}。")
    return 2 if unreadable else 1 if blocking(every) else 0
