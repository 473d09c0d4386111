"""The marks a unit bears, in words: what was filled in, skipped, lacking; exemptions, vetoes, adjustments, ties."""

from __future__ import annotations

from mujun.documents.workbook.cells import YES, Column, all_of, text
from mujun.documents.workbook.desk import Desk

_LONGEST = 7000
"""Excel takes formulas of up to 8,192 characters."""


def put_flags(desk: Desk, torn: list[Column], at_cut: Column | None) -> None:
    """标记, live: the same marks as in units.csv with labels for ids."""
    desk.section = "标记"
    labels = {node.id: node.label for node in desk.scheme.nodes()}
    for rule in (*desk.scheme.exemptions, *desk.scheme.vetoes, *desk.scheme.adjustments):
        labels[rule.id] = rule.label

    def in_words(flags: str | None) -> str:
        parts = [one.partition(":") for one in (flags or "").split(";") if one]
        return "；".join(f"{word}：{labels[id]}" if id else word for word, _, id in parts)

    def formula(unit: int, row: int) -> str:
        parts = [f'IF({held},{text("；" + word)},"")' for word, held in _marks(desk, torn, at_cut, row)]
        return f"MID({'&'.join(parts)},2,999)" if parts else '""'

    values = [in_words(flags) for flags in desk.get("flags")]
    longest = len(formula(0, 20_000)) if desk.size else 0
    if longest > _LONGEST:
        desk.fall_back("标记")
    desk.add("标记", formula if longest <= _LONGEST else None, values, style="wide")


def _marks(desk: Desk, torn: list[Column], at_cut: Column | None, row: int) -> list[tuple[str, str]]:
    """Each mark and where it holds, in the order of units.csv."""
    scheme = desk.scheme
    here = f"{desk.here[''][0].cell(row)}={text(YES)}"
    found: list[tuple[str, str]] = []
    for node in scheme.nodes():
        found += [(f"{word}：{node.label}", held) for word, held in desk.node_marks[node.id](row)]
    for kind, rules in (("豁免", scheme.exemptions), ("否决", scheme.vetoes)):
        for rule in rules:
            held = f"{desk.rules[rule.id].cell(row)}={text(YES)}"
            found.append((f"{kind}：{rule.label}", all_of(here, held)))
    for adjustment in scheme.adjustments:
        held = all_of(here, desk.language.true(adjustment.when, row))
        found.append((f"加减分：{adjustment.label}", held))
    if torn:
        found.append(("档次线并列", f"COUNT({','.join(column.cell(row) for column in torn)})>0"))
    if at_cut is not None:
        found.append(("入选线并列", f"{at_cut.cell(row)}={text(YES)}"))
    return found
