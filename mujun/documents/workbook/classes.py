"""Classifications: how a code begins, and the class that follows, as a table that is looked up. Knows no scores."""

from __future__ import annotations

from mujun.documents.workbook.cells import CLASSES, FIRST, text
from mujun.documents.workbook.desk import Desk, Formula
from mujun.documents.workbook.language import Name
from mujun.scheme.expression import Kind
from mujun.scheme.model import Classify


def put_classes(desk: Desk, derived: Classify) -> None:
    """The class as a column of 计算, the longest beginning first; its table as rows of 归类."""
    label = desk.scheme.column_labels.get(derived.id, derived.id)
    spans = _put_table(desk, derived, label)
    code = desk.names[derived.of.name].column
    assert code is not None
    otherwise = text(derived.otherwise or "")

    def formula(unit: int, row: int) -> str:
        cell, result = code.cell(row), otherwise
        for length, (first, last) in sorted(spans.items()):
            starts, classes = (f"{CLASSES}!${name}${first}:${name}${last}" for name in "BC")
            result = f"IFERROR(INDEX({classes},MATCH(LEFT({cell},{length}),{starts},0)),{result})"
        return f'IF({cell}="","",{result})'

    live: Formula | None = formula
    if not _can_be_matched(desk, derived):
        desk.fall_back(label)
        live = None
    note = "按“归类”表，代码开头最长的一致者为准"
    values = desk.get(f"column:{derived.id}")
    desk.names[derived.id] = Name(desk.add(label, live, values, style="class", note=note), Kind.TEXT)


def _put_table(desk: Desk, derived: Classify, label: str) -> dict[int, tuple[int, int]]:
    """Rows of 归类 by the length of the beginning; says where each length stands."""
    starts = [(len(start), start, name) for name, some in derived.classes.items() for start in some]
    spans: dict[int, tuple[int, int]] = {}
    for length, start, name in sorted(starts):
        desk.classes.append((label, start, name))
        row = FIRST + len(desk.classes) - 1
        spans[length] = (spans.get(length, (row, row))[0], row)
    return spans


def _can_be_matched(desk: Desk, derived: Classify) -> bool:
    """MATCH knows no case and takes * ? ~ for wildcards."""
    starts = [start for some in derived.classes.values() for start in some]
    codes = {code for code in desk.get(f"column:{derived.of.name}") if code}
    return all(start.upper() == start.lower() for start in starts) and not any(set(code) & set("*?~") for code in codes)
