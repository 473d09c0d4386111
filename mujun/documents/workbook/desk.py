"""The sheets as they grow: columns of 计算, rows of 基准, and where everything stands. Writes no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
from attrs import define, field, frozen

from mujun.documents.workbook.areas import Area, Rows
from mujun.documents.workbook.cells import CALC, FIRST, HEAD_ROWS, MARKS, NOBODY, RAW, YES, Column, text
from mujun.documents.workbook.language import Language, Name, NotLive
from mujun.engine.evaluation import Evaluation
from mujun.engine.sheet import Benchmark
from mujun.law import Basis, Law
from mujun.scheme.model import Node, Scheme
from mujun.scheme.model import Scope as Over

EVERYONE = "全部"
_WILD = str.maketrans("*?~", "＊？～")

Formula = Callable[[int, int], str]
"""A cell's formula from the unit's place (0 is the first) and its row."""


@frozen
class Written:
    """One column of 计算. Without `formula` it holds plain values."""

    head: str
    note: str
    formula: Formula | None
    values: Sequence[Any]
    style: str
    section: str
    helper: bool


@frozen
class Mark:
    """One row of 基准. Formulas are None where the value is fixed."""

    subject: str
    use: str
    scope: str
    method: str
    count: str | None
    counted: int | None
    raw: str | None
    raw_value: float | None
    used: str | None
    used_value: float | None
    basis: str
    array: bool
    style: str = "plain"


@frozen
class Family:
    """One number per scope: rows of 基准 that stand together."""

    area: Area
    places: Mapping[str, int]
    values: Mapping[str, float | None]

    def cell(self, unit: int, row: int, column: str = "G") -> str:
        """Where the unit finds its number: looked up by its scope.

        Never a plain reference: LibreOffice computes columns of more than a hundred like formulas in threads, and
        then (seen in 7.4) reads what a cell of another sheet sums up before it is there. MATCH keeps it from that.
        """
        rows = sorted(self.places.values())
        numbers, labels = (f"{MARKS}!${name}${rows[0]}:${name}${rows[-1]}" for name in (column, "C"))
        scope = text(EVERYONE) if self.area.column is None else self.area.column.cell(row)
        return f"INDEX({numbers},MATCH({scope},{labels},0))"

    def of(self, unit: int) -> float | None:
        return self.values.get(self.area.of_unit[unit])


@define
class Desk:
    """What the writing of one workbook knows so far."""

    evaluation: Evaluation
    law: Law
    frame: pl.DataFrame
    """`units` and `details` side by side, in the order of the rows."""
    rows: Rows
    group_labels: list[tuple[str | None, ...]]
    columns: list[Written] = field(factory=list)
    marks: list[Mark] = field(factory=list)
    raw_columns: dict[str, Column] = field(factory=dict)
    names: dict[str, Name] = field(factory=dict)
    here: dict[str, tuple[Column, Sequence[bool]]] = field(factory=dict)
    """Whether a node exists for a unit."""
    scores: dict[str, tuple[Column, Sequence[float | None]]] = field(factory=dict)
    values: dict[str, tuple[Column, Sequence[float | None]]] = field(factory=dict)
    blocked: dict[str, Formula | None] = field(factory=dict)
    """Where a node lacks its score under `error` or `exclude`; None where it never does."""
    not_live: list[str] = field(factory=list)
    """What holds values because a spreadsheet cannot say it."""
    total: Column | None = None
    rank: Column | None = None
    tier: Column | None = None
    chosen: Column | None = None
    reserve: Column | None = None
    at_cut: Column | None = None
    weights: dict[str, Column] = field(factory=dict)
    points: list[Column] = field(factory=list)
    classes: list[tuple[str, str, str]] = field(factory=list)
    """Rows of 归类: the classification, how a code begins, the class."""
    rules: dict[str, Column] = field(factory=dict)
    parents: dict[str, str] = field(factory=dict)
    node_marks: dict[str, Callable[[int], list[tuple[str, str]]]] = field(factory=dict)
    """What a node may be marked with, and where that holds."""
    section: str = ""
    _lists: dict[str, list[Any]] = field(factory=dict)
    _areas: dict[tuple[str, ...], Area] = field(factory=dict)
    _known: dict[tuple[str, int, str, str], list[Benchmark]] = field(factory=dict)

    @property
    def scheme(self) -> Scheme:
        return self.evaluation.scheme

    @property
    def size(self) -> int:
        return self.frame.height

    @property
    def language(self) -> Language:
        return Language(self.names)

    def get(self, name: str) -> list[Any]:
        """A column of the evaluation, in the order of the rows."""
        if name not in self._lists:
            self._lists[name] = self.frame.get_column(name).to_list()
        return self._lists[name]

    def basis(self, *bases: Basis | None) -> str:
        """The first basis there is, in words."""
        for basis in bases:
            if basis is not None:
                return self.law.cite(basis.clause) if basis.clause else f"假设：{basis.assumption}"
        return ""

    def add(
        self,
        head: str,
        formula: Formula | None,
        values: Sequence[Any],
        *,
        note: str = "",
        style: str = "plain",
        helper: bool = False,
    ) -> Column:
        """The next column of 计算; it holds values where a spreadsheet cannot say the formula."""
        try:
            if formula is not None and self.size:
                formula(0, FIRST)
        except NotLive:
            self.fall_back(head)
            formula = None
        self.columns.append(Written(head, note, formula, values, style, self.section, helper))
        return Column(CALC, len(self.columns) - 1)

    def fall_back(self, what: str) -> None:
        """Put on record that something holds values."""
        self.not_live.append(what)

    def area(self, over: Over) -> Area:
        """The scopes of some columns; scattered ones get a column that names each unit's."""
        columns = self.scheme.scope_columns(over)
        if columns not in self._areas:
            self._areas[columns] = self._make_area(columns)
        return self._areas[columns]

    def _make_area(self, columns: tuple[str, ...]) -> Area:
        if not columns:
            return Area((EVERYONE,), [EVERYONE] * self.size, self.rows, {EVERYONE: self.rows})
        heads = [self.scheme.column_labels.get(name, name) for name in columns]
        texts = self.frame.select(pl.col(f"column:{name}").cast(pl.String).fill_null(NOBODY) for name in columns)
        shown = [
            "；".join(f"{head}={part}" for head, part in zip(heads, one, strict=True)) for one in texts.iter_rows()
        ]
        distinct, safe = findable(shown)
        named = [";".join(map("=".join, zip(columns, one, strict=True))) for one in texts.iter_rows()]
        ids = dict(zip(distinct, named, strict=True))
        head = f"统计范围：{'、'.join(heads)}"
        if columns == self.scheme.group_by:
            blocks: dict[str, Rows] = {}
            for place, label in enumerate(distinct):
                first, _ = blocks.get(label, (FIRST + place, 0))
                blocks[label] = (first, FIRST + place)
            note = "出具时的组别（固定值），统计、排名都在这一组里"
            column = self.add(head, None, distinct, note=note, style="scope", helper=True)
            return Area(tuple(blocks), distinct, self.rows, blocks, column, ids)
        starts = [text(f"{'；' if place else ''}{head}=") for place, head in enumerate(heads)]
        parts = list(zip(starts, columns, strict=True))

        def formula(unit: int, row: int) -> str:
            cells = [(start, self._scope_cell(name, row)) for start, name in parts]
            return "&".join(f'{start}&IF({cell}="",{text(NOBODY)},{cell})' for start, cell in cells)

        kinds = {self.names[name].kind.value for name in columns}
        live = kinds == {"text"} and safe
        if not live:
            self.fall_back(head)
        column = self.add(head, formula if live else None, distinct, style="scope", helper=True)
        return Area(tuple(sorted(set(distinct))), distinct, self.rows, None, column, ids)

    def _scope_cell(self, name: str, row: int) -> str:
        column = self.names[name].column
        assert column is not None
        return column.cell(row)

    def known(self, subject: str, step: int, statistic: str, area: Area, label: str) -> Benchmark | None:
        """The engine's own number, for the previews; asked twice of a step it gives the next one."""
        if not self._known:
            for one in self.evaluation.benchmarks:
                self._known.setdefault((one.node, one.step, one.scope, one.statistic), []).append(one)
        found = self._known.get((subject, step, area.ids.get(label, "all"), statistic))
        return found.pop(0) if found else None

    def mark(self, mark: Mark) -> int:
        """The next row of 基准."""
        self.marks.append(mark)
        return self.next_mark - 1

    @property
    def next_mark(self) -> int:
        return HEAD_ROWS + 1 + len(self.marks)

    def exists(self, node: Node, row: int) -> str:
        return f"{self.here[node.id][0].cell(row)}={text(YES)}"


def findable(labels: list[str]) -> tuple[list[str], bool]:
    """Labels that MATCH and COUNTIFS tell apart, which know no case and take * ? ~ for wildcards; and whether they
    are unchanged.
    """
    folded: dict[str, str] = {}
    clean = [label.translate(_WILD) for label in labels]
    for label, shown in sorted(zip(labels, clean, strict=True)):
        folded.setdefault(label, shown)
    taken: dict[str, int] = {}
    for label in sorted(folded):
        key = folded[label].upper()
        taken[key] = taken.get(key, 0) + 1
        if taken[key] > 1:
            folded[label] += f"（{taken[key]}）"
    distinct = [folded[label] for label in labels]
    return distinct, distinct == labels


__all__ = ["RAW", "Desk", "Family", "Formula", "Mark", "Written"]
