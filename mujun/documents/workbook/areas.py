"""The units inside which something is counted: a block of rows where they stand together, else all rows with a
label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from mujun.documents.workbook.cells import CALC, MARKS, Column

Rows = tuple[int, int]

_STATISTICS = {
    "count": "COUNT({x})",
    "sum": "SUM({x})",
    "mean": "AVERAGE({x})",
    "median": "MEDIAN({x})",
    "min": "MIN({x})",
    "max": "MAX({x})",
    "quantile": "SMALL({x},MAX(1,ROUNDUP(ROUND({q}*COUNT({x}),9),0)))",
    "deviation": "IF(MAX({x})=MIN({x}),0,STDEVP({x}))",
}


@frozen
class Area:
    """The scopes of one set of columns. `rows` gives each scope's block, or is None where scopes lie scattered.
    `column` holds each unit's scope; there is none where all units are one scope.
    """

    labels: tuple[str, ...]
    """Every scope, as it is shown."""
    of_unit: Sequence[str]
    """Each unit's scope, in the order of the rows."""
    everyone: Rows
    rows: Mapping[str, Rows] | None
    column: Column | None = None
    ids: Mapping[str, str] = {}
    """What benchmarks.csv calls each scope, where that differs."""

    def within(self, column: Column, unit: int, row: int, criterion: str) -> str:
        """How many cells of the unit's scope meet a criterion, for a cell in the unit's own row."""
        if self.rows is not None:
            return f"COUNTIF({column.range(self.rows[self.of_unit[unit]])},{criterion})"
        assert self.column is not None
        scopes, own = self.column.range(self.everyone), self.column.cell(row)
        return f"COUNTIFS({scopes},{own},{column.range(self.everyone)},{criterion})"

    def cells(self, column: Column, label: str, label_cell: str, home: str = MARKS) -> str:
        """The numbers of a scope; scattered ones want an array formula."""
        if self.rows is not None:
            return column.range(self.rows[label], home)
        assert self.column is not None
        wanted, scopes = column.range(self.everyone, home), self.column.range(self.everyone, home)
        return f'IF(({scopes}={label_cell})*ISNUMBER({wanted}),{wanted},"")'

    def marked(self, column: Column, label: str, label_cell: str, word: str) -> str:
        """How many cells of a scope hold a word, for a cell in 基准."""
        if self.rows is not None:
            return f"COUNTIF({column.range(self.rows[label], MARKS)},{word})"
        assert self.column is not None
        scopes = self.column.range(self.everyone, MARKS)
        return f"COUNTIFS({scopes},{label_cell},{column.range(self.everyone, MARKS)},{word})"

    def statistic(self, kind: str, column: Column, label: str, label_cell: str, q: str = "") -> str:
        """A statistic of a scope's numbers, for a cell in 基准; an empty text where there are none."""
        cells = self.cells(column, label, label_cell)
        return _STATISTICS[kind].format(x=cells, q=q)


__all__ = ["CALC", "Area", "Rows"]
