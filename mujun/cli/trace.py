"""`mujun trace`: one sealed value back to its cell, its file, its sender and every correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from rich.markup import escape
from rich.table import Table

from mujun.cli.sealed_scheme import sealed_scheme
from mujun.cli.show import console
from mujun.cli.show_origins import METHODS
from mujun.intake.cells import address
from mujun.law import Law, load_law
from mujun.rounding import shortest
from mujun.scheme.model import Scheme
from mujun.store import Store, open_sealed
from mujun.store.trace import Given, Sighting, Walk, trace

_STANDING = {"holds": "[green]现用[/green]", "superseded": "[dim]此前[/dim]", "later": "[yellow]封存后[/yellow]"}


def trace_value(dataset: Path, unit: str, variable: str, store: Path | None) -> int:
    """Returns the exit code."""
    law = load_law()
    sealed = open_sealed(dataset)
    opened = Store(store if store is not None else sealed.folder.parent.parent)
    scheme = sealed_scheme(opened, sealed, law)
    _show(trace(opened, sealed, scheme, unit, variable), scheme, law, opened)
    return 0


def _show(walk: Walk, scheme: Scheme, law: Law, store: Store) -> None:
    variable = scheme.variables[walk.variable]
    measure = f" {variable.unit_text}" if variable.unit_text and walk.value is not None else ""
    console.print(
        f"[bold]{escape(walk.name)}[/bold]  {escape(walk.unit)}  {escape(variable.label)}（{variable.id}）"
        f" = [bold]{escape(_value(walk.value))}[/bold]{measure}",
        soft_wrap=True,
    )
    console.print(f"[dim]数据集 {walk.sealed[:12]}…  方案 {walk.scheme}[/dim]")
    if walk.members:
        console.print(f"合并评价的{len(walk.members)}家：{escape('、'.join(walk.members))}", soft_wrap=True)
    if walk.rule is not None:
        clause, assumption = walk.rule["clause"], walk.rule["assumption"]
        basis = f"依据 {law.cite(clause)}" if clause else f"假设：{assumption}"
        method = METHODS.get(walk.rule["method"], walk.rule["method"])
        console.print(f"由明细“{walk.rule['detail']}”算出：{method}。{escape(basis)}", soft_wrap=True)
        for given in walk.given:
            _show_given(given, walk.rule["columns"])
    elif walk.sightings:
        _show_sightings(walk.sightings)
    else:
        console.print("没有哪份文件报过这个数。")
    for seen in walk.sightings:
        for waiver in seen.waivers:
            reason = f"{seen.receipt} 特批 {waiver['code']}：{waiver['why']}（{waiver['who']}，{waiver['at']}）"
            console.print(f"[yellow]{escape(reason)}[/yellow]", soft_wrap=True)
    files = {seen.file: seen.sha256 for seen in (*walk.sightings, *(s for g in walk.given for s in g.sightings))}
    for name, sha256 in files.items():
        console.print(f"[dim]原件 {escape(name)}：{store.evidence(sha256)}[/dim]", soft_wrap=True)


def _show_given(given: Given, labels: Mapping[str, str]) -> None:
    console.print(f"记录 {escape(given.record)}：{given.quantity} {given.factor} → {given.amount}", soft_wrap=True)
    _show_sightings(given.sightings, labels)


def _show_sightings(sightings: Sequence[Sighting], labels: Mapping[str, str] = MappingProxyType({})) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("", "数", "单元格", "报送部门", "经手人", "入库时间", "回执"):
        table.add_column(head, overflow="fold")
    for seen in sightings:
        place = "!".join(part for part in (seen.file, seen.sheet, address(seen.row, seen.column)) if part)
        value = "（空）" if seen.value is None else seen.value
        shown = f"{value}（原文“{seen.text}”）" if seen.text is not None and seen.value is not None else value
        who = (seen.source, seen.by, seen.at.replace("T", " ")[:19], seen.receipt)
        label = f"{labels.get(seen.variable, seen.variable)} " if seen.table else ""
        table.add_row(_STANDING[seen.standing], escape(label + shown), escape(place), *map(escape, who))
    console.print(table)


def _value(value: object) -> str:
    if value is None:
        return "（缺）"
    if isinstance(value, bool):
        return "是" if value else "否"
    return shortest(value) if isinstance(value, float) else str(value)
