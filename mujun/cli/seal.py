"""`mujun seal`: fix what holds, so that it can be evaluated and looked up. `mujun verify-store`: is all as written?"""

from __future__ import annotations

from datetime import datetime
from getpass import getuser
from pathlib import Path

from rich.markup import escape

from mujun.cli.progress import progress_bar
from mujun.cli.show import console, findings_in_words, show_findings
from mujun.findings import blocking
from mujun.intake.submit import FormBook
from mujun.law import load_law
from mujun.store import Store
from mujun.store.derived import DerivedValues, derive_values
from mujun.store.seal import Sealing, seal
from mujun.store.verify import verify


def seal_scheme(scheme: str, store: Path, by: str, now: datetime) -> int:
    """Returns the exit code."""
    due = FormBook(load_law()).due(scheme)
    opened = Store(store)
    with progress_bar() as progress:
        task = progress.add_task("看库里有什么", total=None)
        holding = opened.look(due.name)
        derived = DerivedValues()
        if due.plan is not None:
            progress.update(task, description="由明细算出")
            derived = derive_values(opened, holding, due.scheme, due.plan)
        forms = tuple((form.id, form.label) for form in due.forms)
        what = Sealing(due.name, due.scheme, due.file.read_bytes(), derived, forms)
        sealed, findings = seal(
            opened,
            holding,
            what,
            by=by or getuser(),
            now=now,
            tell=lambda what, done, end: progress.update(task, description=what, completed=done, total=end),
        )
    show_findings(findings)
    manifest = sealed.manifest
    console.print(
        f"[green]已封存[/green] {escape(due.scheme.label)}：{manifest['units']:,}个单位、{manifest['values']:,}个数，"
        f"来自{len(manifest['batches'])}份文件，特批{len(manifest['waivers'])}项；{findings_in_words(findings)}。",
        soft_wrap=True,
    )
    console.print(f"数据集 {sealed.data}", soft_wrap=True)
    console.print(f"评价：mujun evaluate {due.name} {sealed.data} --out out/{due.scheme.id}", soft_wrap=True)
    return 0


def verify_store(store: Path) -> int:
    """Returns the exit code."""
    opened = Store(store)
    with progress_bar() as progress:
        task = progress.add_task("核对每一份文件", total=None)
        findings = verify(opened, lambda done, end: progress.update(task, completed=done, total=end))
        entries = opened.entries()
    show_findings(findings)
    wrong = blocking(findings)
    if wrong:
        console.print(f"[red]核对不符[/red]：日志{len(entries):,}行，{findings_in_words(findings)}。")
        return 1
    last = f"，最后一行{entries[-1].seq}的指纹是{entries[-1].hash}" if entries else ""
    console.print(f"[green]完好[/green]：日志{len(entries):,}行首尾相接，每份文件与指纹相符{last}。", soft_wrap=True)
    return 0
