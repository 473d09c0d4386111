"""`mujun demo`: a fictitious province whose offices mail workbooks; they are taken in, sealed, evaluated."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from mujun.cli.progress import progress_bar
from mujun.cli.run import run_round
from mujun.cli.show import console
from mujun.demo import LEAST_MANUFACTURERS
from mujun.demo.make import Mailed, mail_province
from mujun.demo.take_in import Arrived, seal_all, take_in
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake.marked import write_marked
from mujun.intake.submit import FormBook, Submitted
from mujun.law import load_law
from mujun.store import Store

LABEL = "示例数据"
DATA, MAIL, BACK, STORE, RESULT = "data", "报送", "退回", "store", "result"
_NOTE = "说明.txt"


def demo(out: Path, seed: int, units: int) -> int:
    """Write what offices mail into `out`/报送, take it in, seal it, and run the 2019 round on it into `out`/result."""
    if units < LEAST_MANUFACTURERS:
        message = f"企业数{units}太少，让不了每条规则都有单位适用。"
        raise CannotGoOn([Finding(Severity.ERROR, "too_few", message, f"请写不小于{LEAST_MANUFACTURERS}的数。")])
    _clear(out)
    book = FormBook(load_law())
    console.print(f"造一个虚构的省（{LABEL}，种子{seed}）……")
    with progress_bar() as progress:
        task = progress.add_task("各部门填表", total=None)
        mailed = mail_province(
            out / DATA,
            out / MAIL,
            book,
            seed=seed,
            manufacturers=units,
            progress=lambda now, end: progress.update(task, completed=now, total=end),
        )
    console.print(f"各部门报来{mailed.files:,}份报表，在 {out / MAIL}；全部虚构，见 {out / DATA / _NOTE}")
    _take_in(out, mailed, book)
    code = run_round("2019", out / DATA, out / RESULT, LABEL, out / STORE)
    console.print(f"一个单位的来龙去脉，从名次到单元格：mujun explain {out / RESULT} <单位代码或名称>")
    return code


def _clear(out: Path) -> None:
    """An earlier demonstration makes room; anything else is left alone."""
    ours = (out / DATA / _NOTE).exists()
    for name in (DATA, MAIL, BACK, STORE):
        folder = out / name
        if ours and folder.exists():
            shutil.rmtree(folder)
        elif folder.exists() and any(folder.iterdir()):
            message = f"“{folder}”里已有别的文件。"
            raise CannotGoOn([Finding(Severity.ERROR, "not_empty", message, "请换一个 --out，或先清空它。")])


def _take_in(out: Path, mailed: Mailed, book: FormBook) -> None:
    store = Store(out / STORE)
    table = _table("收表", ("份", "单位", "格", "提醒", "说明理由", "退回"), last="退回的原因")
    with progress_bar() as progress:
        task = progress.add_task("收表", total=None)

        def tell(what: str, now: int, end: int | None) -> None:
            progress.update(task, description=escape(what[:40]), completed=now, total=end)

        for arrived in take_in(mailed.mailings, out / MAIL, store, book, mailed.beside, tell):
            _add_arrived(table, arrived, book)
            for one in arrived.sent_back:
                _mark(one, out / BACK)
        sealed = seal_all(mailed.schemes, store, book, mailed.sealed_at, tell)
    console.print(table)
    sums = [one.manifest for one, _ in sealed]
    console.print(
        f"封存{len(sealed)}个数据集：{sum(one['units'] for one in sums):,}个单位、"
        f"{sum(one['values'] for one in sums):,}个数，"
        f"来自{sum(len(one['batches']) for one in sums):,}份文件，特批{sum(len(one['waivers']) for one in sums):,}项。"
        f"数据库 {out / STORE}",
        soft_wrap=True,
    )


def _table(title: str, heads: tuple[str, ...], last: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    table.add_column("", overflow="fold", min_width=20)
    for head in heads:
        table.add_column(head, justify="right")
    table.add_column(last, overflow="fold")
    return table


def _add_arrived(table: Table, arrived: Arrived, book: FormBook) -> None:
    files = arrived.done.files
    kinds = Counter(finding.severity for one in files for finding in one.findings)
    back = "；".join(sorted({f"{one.original.stem}：{_reason(one)}" for one in arrived.sent_back}))
    figures = (
        len(files),
        arrived.units,
        sum(one.cells for one in files),
        kinds[Severity.WARNING],
        sum(len(one.waivers) for one in files),
        len(arrived.sent_back),
    )
    label = book.due(arrived.scheme).scheme.label.replace("“亩均效益”", "").replace("“亩均论英雄”改革", "")
    table.add_row(
        escape(f"{label}·{arrived.what}"), *(f"{one:,}" for one in figures), f"[yellow]{escape(back)}[/yellow]"
    )


def _reason(one: Submitted) -> str:
    first = next(finding for finding in one.findings if finding.severity is Severity.ERROR)
    return first.message.rpartition("：")[0] or first.message


def _mark(one: Submitted, folder: Path) -> None:
    """The sender's own workbook back, with what is wrong marked in it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_marked(one.original, folder / f"{one.original.stem}.核对.xlsx", one.findings)
