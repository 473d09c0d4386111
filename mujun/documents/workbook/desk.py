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
        """Where the unit finds its number."""
        if self.area.rows is not None:
            return f"{MARKS}!${column}${self.places[self.area.of_unit[unit]]}"
        rows = sorted(self.places.values())
        assert self.area.column is not None
        numbers, labels = (f"{MARKS}!${name}${rows[0]}:${name}${rows[-1]}" for name in (column, "C"))
        return f"INDEX({numbers},MATCH({self.area.column.cell(row)},{labels},0))"

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
    group_labels: list[tuple[str, ...]]
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
    weights: dict[str, Column] = field(factory=dict)
    points: list[Column] = field(factory=list)
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
            return Area(("全部",), ["全部"] * self.size, self.rows, {"全部": self.rows})
        heads = [self.scheme.column_labels.get(name, name) for name in columns]
        texts = self.frame.select(pl.col(f"column:{name}").cast(pl.String).fill_null(NOBODY) for name in columns)
        shown = [
            "；".join(f"{head}={part}" for head, part in zip(heads, one, strict=True)) for one in texts.iter_rows()
        ]
        labels = tuple(sorted(set(shown)))
        if columns == self.scheme.group_by:
            blocks: dict[str, Rows] = {}
            for place, label in enumerate(shown):
                first, _ = blocks.get(label, (FIRST + place, 0))
                blocks[label] = (first, FIRST + place)
            return Area(labels, shown, self.rows, blocks)
        starts = [text(f"{'；' if place else ''}{head}=") for place, head in enumerate(heads)]
        parts = list(zip(starts, columns, strict=True))

        def formula(unit: int, row: int) -> str:
            cells = [(start, self._scope_cell(name, row)) for start, name in parts]
            return "&".join(f'{start}&IF({cell}="",{text(NOBODY)},{cell})' for start, cell in cells)

        kinds = {self.names[name].kind.value for name in columns}
        live = kinds == {"text"}
        head = f"统计范围：{'、'.join(heads)}"
        if not live:
            self.fall_back(head)
        column = self.add(head, formula if live else None, shown, style="text", helper=True)
        return Area(labels, shown, self.rows, None, column)

    def _scope_cell(self, name: str, row: int) -> str:
        column = self.names[name].column
        assert column is not None
        return column.cell(row)

    def known(self, subject: str, step: int, statistic: str, area: Area, label: str) -> Benchmark | None:
        """The engine's own number, for the previews; asked twice of a step it gives the next one."""
        if not self._known:
            for one in self.evaluation.benchmarks:
                self._known.setdefault((one.node, one.step, one.scope, one.statistic), []).append(one)
        found = self._known.get((subject, step, self._scope_id(area, label), statistic))
        return found.pop(0) if found else None

    def _scope_id(self, area: Area, label: str) -> str:
        if label == "全部" and area.rows is not None and area.rows.get("全部") == self.rows:
            return "all"
        for columns, one in self._areas.items():
            if one is area:
                place = area.of_unit.index(label)
                parts = self.frame.select(
                    pl.col(f"column:{name}").cast(pl.String).fill_null(NOBODY) for name in columns
                )
                return ";".join(f"{name}={part}" for name, part in zip(columns, parts.row(place), strict=True))
        return "all"

    def mark(self, mark: Mark) -> int:
        """The next row of 基准."""
        self.marks.append(mark)
        return self.next_mark - 1

    @property
    def next_mark(self) -> int:
        return HEAD_ROWS + 1 + len(self.marks)

    def exists(self, node: Node, row: int) -> str:
        return f"{self.here[node.id][0].cell(row)}={text(YES)}"


__all__ = ["RAW", "Desk", "Family", "Formula", "Mark", "Written"]
