"""How the command line shows where a unit's numbers come from: cell, file, sender; of derived ones rule and records."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from mujun.cli.show import console
from mujun.intake.cells import address
from mujun.law import Law
from mujun.scheme.model import Scheme
from mujun.store.origins import Contributed, Origin, Origins

METHODS = {"NetLand": "登记＋承租－出租", "SignedSum": "各项带符号相加", "Coefficients": "数量乘系数相加"}


def show_origins(origins: Origins, scheme: Scheme, law: Law, seal: str) -> None:
    """A table of the unit's own cells, then each derived value with what its records gave."""
    console.print(f"[bold]数据来历[/bold]  [dim]数据集 {seal[:12]}…[/dim]")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("数据项", "数", "单元格", "报送部门", "回执"):
        table.add_column(head, overflow="fold")
    for name, variable in scheme.variables.items():
        origin = origins.cells.get(name)
        if name in origins.rules:
            given = origins.given[name]
            method = METHODS.get(origins.rules[name]["method"], origins.rules[name]["method"])
            rule = f"由{len(given)}条“{origins.rules[name]['detail']}”算出：{method}" if given else "没有明细"
            table.add_row(escape(variable.label), "", escape(rule), "", "")
        elif origin is not None:
            value = "（空）" if origin.value is None else origin.value
            cells = (variable.label, value, place(origin), origin.source, origin.receipt)
            table.add_row(*map(escape, cells))
        else:
            table.add_row(escape(variable.label), "", "没有哪份文件报过", "", "")
    console.print(table)
    for name, given in origins.given.items():
        if given:
            _show_derived(given, origins.rules[name], scheme.variables[name].label, law)


def place(origin: Origin) -> str:
    """文件!工作表!单元格."""
    return "!".join(part for part in (origin.file, origin.sheet, address(origin.row, origin.column)) if part)


def _show_derived(given: tuple[Contributed, ...], rule: dict[str, object], label: str, law: Law) -> None:
    clause, assumption = rule["clause"], rule["assumption"]
    basis = f"依据 {law.cite(str(clause))}" if clause else f"假设：{assumption}"
    console.print(f"[bold]{escape(label)}[/bold]  [dim]{escape(basis)}[/dim]", soft_wrap=True)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("记录", "数量", "算法", "计入", "各格"):
        table.add_column(head, overflow="fold")
    for one in given:
        cells = list(one.cells.values())
        first = place(cells[0]).rpartition("!")[0] if cells else ""
        where = "、".join(address(cell.row, cell.column) for cell in cells)
        shown = f"{first}!{where}" if first else where
        table.add_row(*map(escape, (one.record, one.quantity, one.factor, one.amount, shown)))
    console.print(table)
