"""A dimension's value: weighted sum, mean or geometric mean of its children's scores; skipped ones leave their
place.
"""

from __future__ import annotations

from math import exp, log

from mujun.documents.workbook.cells import NO, YES, Column, all_of, any_of, literal, text
from mujun.documents.workbook.desk import Desk, Formula
from mujun.documents.workbook.steps import Work
from mujun.engine.aggregate import can_be_left_out
from mujun.scheme.model import Node, Weight


def put_aggregate(desk: Desk, node: Node, root: bool) -> Work:
    """The children's points for the root, the value for every dimension."""
    for child in node.children:
        _put_weight(desk, child)
    desk.section = node.label
    scores = [desk.scores[child.id] for child in node.children]
    gaps = any(can_be_left_out(child) for child in node.children)
    factor = _put_factor(desk, node, scores_of(desk, node)) if _needs_factor(node, gaps) else None
    value = _geometric if node.aggregate == "geometric_mean" else _linear
    shown = [scores[place][1] for place in range(len(scores))]
    values = [_worth(desk, node, unit, [column[unit] for column in shown]) for unit in range(desk.size)]

    def counts(unit: int, row: int) -> str:
        cells = ",".join(column.cell(row) for column, _ in scores)
        blocked = [one(unit, row) for child in node.children if (one := desk.blocked[child.id]) is not None]
        free = "TRUE" if not blocked else f"NOT({any_of(*blocked)})"
        there = f'{factor.cell(row)}<>""' if factor is not None else "TRUE"
        return all_of(f"COUNT({cells})>={max(node.at_least or 0, 1)}", free, there)

    if root and node.aggregate != "geometric_mean":
        column = _put_points(desk, node, counts, factor, values)
    else:

        def formula(unit: int, row: int) -> str:
            return f'IF({counts(unit, row)},IFERROR({value(desk, node, factor, row)},""),"")'

        column = desk.add(node.label, formula, values, note=desk.basis(node.basis))
    return Work(desk, node, node.id, node.label, column, values, None, values, None)


def scores_of(desk: Desk, node: Node) -> list[Column]:
    return [desk.scores[child.id][0] for child in node.children]


def _put_weight(desk: Desk, child: Node) -> None:
    """A weight that goes by a column stands in a column of its own."""
    by = child.weight.by
    if by is None:
        return
    source = desk.names[by.name].column
    assert source is not None
    weight = child.weight

    def formula(unit: int, row: int) -> str:
        cell, result = source.cell(row), '""' if weight.default is None else literal(weight.default)
        for value, number in weight.values.items():
            same = f"{cell}={text(value)}" if value.upper() == value.lower() else f"EXACT({cell},{text(value)})"
            result = f"IF({same},{literal(number)},{result})"
        return result

    values = [None if (one := weight.of(value)) is None else float(one) for value in desk.get(f"column:{by.name}")]
    note = desk.basis(child.weight_basis, child.basis)
    desk.weights[child.id] = desk.add(f"{child.label}·权重", formula, values, note=note)


def weight_in(desk: Desk, child: Node, row: int) -> str:
    """The weight in a formula."""
    if child.weight.by is None:
        return literal(child.weight.default) if child.weight.default is not None else '""'
    return desk.weights[child.id].cell(row)


def _weight_of(desk: Desk, weight: Weight, unit: int) -> float | None:
    value = None if weight.by is None else desk.get(f"column:{weight.by.name}")[unit]
    found = weight.of(value)
    return None if found is None else float(found)


def full_marks(desk: Desk, node: Node, row: int) -> str:
    """Full marks in a formula; they may differ by the columns that weights go by."""
    if node.is_indicator or node.normalise or node.aggregate == "geometric_mean":
        return "1" if node.of is None else literal(node.of)
    parts = [f"{weight_in(desk, child, row)}*{full_marks(desk, child, row)}" for child in node.children]
    if node.aggregate == "sum":
        return f"({'+'.join(parts)})"
    return f"(({'+'.join(parts)})/({'+'.join(weight_in(desk, child, row) for child in node.children)}))"


def full_marks_of(desk: Desk, node: Node, unit: int) -> float:
    if node.is_indicator or node.normalise or node.aggregate == "geometric_mean":
        return 1.0 if node.of is None else float(node.of)
    weights = [_weight_of(desk, child.weight, unit) or 0.0 for child in node.children]
    total = sum(w * full_marks_of(desk, child, unit) for w, child in zip(weights, node.children, strict=True))
    return total if node.aggregate == "sum" else total / sum(weights) if sum(weights) else 0.0


def _needs_factor(node: Node, gaps: bool) -> bool:
    return node.aggregate == "mean" or (node.aggregate == "sum" and gaps)


def _put_factor(desk: Desk, node: Node, scores: list[Column]) -> Column:
    """What a sum's parts are multiplied, or a mean's divided, by."""

    def formula(unit: int, row: int) -> str:
        cells = [score.cell(row) for score in scores]
        if node.aggregate == "mean":
            parts = [
                f'IF({cell}="",0,{weight_in(desk, child, row)})'
                for cell, child in zip(cells, node.children, strict=True)
            ]
            total = "+".join(parts)
            return f'IFERROR(IF({total}=0,"",{total}),"")'
        marks = [f"{weight_in(desk, child, row)}*{full_marks(desk, child, row)}" for child in node.children]
        left = "+".join(f'IF({cell}="",0,{mark})' for cell, mark in zip(cells, marks, strict=True))
        rescaled = f'IFERROR(({"+".join(marks)})/({left}),"")'
        return f"IF(COUNT({','.join(cells)})={len(cells)},1,{rescaled})"

    values = [_factor_of(desk, node, unit) for unit in range(desk.size)]
    head = "计入的权重" if node.aggregate == "mean" else "折算系数"
    note = "各项权重之和，缺项不计" if node.aggregate == "mean" else "全部满分÷计入各项的满分"
    return desk.add(f"{node.label}·{head}", formula, values, note=note, helper=True)


def _factor_of(desk: Desk, node: Node, unit: int) -> float | None:
    scores = [desk.scores[child.id][1][unit] for child in node.children]
    weights = [_weight_of(desk, child.weight, unit) or 0.0 for child in node.children]
    if node.aggregate == "mean":
        total = sum(w for w, score in zip(weights, scores, strict=True) if score is not None)
        return total or None
    marks = [w * full_marks_of(desk, child, unit) for w, child in zip(weights, node.children, strict=True)]
    if None not in scores:
        return 1.0
    left = sum(mark for mark, score in zip(marks, scores, strict=True) if score is not None)
    return sum(marks) / left if left else None


def _part(desk: Desk, node: Node, child: Node, factor: Column | None, row: int) -> str:
    part = f"{weight_in(desk, child, row)}*{desk.scores[child.id][0].cell(row)}"
    if factor is None:
        return part
    return f"{part}*{factor.cell(row)}" if node.aggregate == "sum" else f"{part}/{factor.cell(row)}"


def _linear(desk: Desk, node: Node, factor: Column | None, row: int) -> str:
    gaps = any(can_be_left_out(child) for child in node.children)
    parts = [
        f'IF({desk.scores[child.id][0].cell(row)}="",0,{part})' if gaps else part
        for child, part in ((child, _part(desk, node, child, factor, row)) for child in node.children)
    ]
    return "+".join(parts)


def _geometric(desk: Desk, node: Node, factor: Column | None, row: int) -> str:
    pairs = [(weight_in(desk, child, row), desk.scores[child.id][0].cell(row)) for child in node.children]
    negative = any_of(*(f"AND({w}>0,N({s})<0)" for w, s in pairs))
    zero = any_of(*(f"AND({w}>0,ISNUMBER({s}),N({s})=0)" for w, s in pairs))
    logs = "+".join(f"IF(AND({w}>0,N({s})>0),{w}*LN({s}),0)" for w, s in pairs)
    weights = "+".join(f'IF({s}="",0,{w})' for w, s in pairs)
    return f'IF({negative},"",IF({zero},0,EXP(({logs})/({weights}))))'


def _put_points(desk: Desk, node: Node, counts: Formula, factor: Column | None, values: list[float | None]) -> Column:
    """What each child adds, in columns side by side, and their sum."""
    ready = desk.add(
        f"{node.label}·可合计",
        lambda unit, row: f"IF({counts(unit, row)},{text(YES)},{text(NO)})",
        [NO if value is None else YES for value in values],
        style="text",
        helper=True,
        note="各项得分齐备，或缺项按规则可以不计",
    )
    columns = []
    for child in node.children:

        def formula(unit: int, row: int, child: Node = child) -> str:
            score = desk.scores[child.id][0].cell(row)
            part = _part(desk, node, child, factor, row)
            return f'IF(OR({ready.cell(row)}={text(NO)},{score}=""),"",IFERROR({part},""))'

        note = desk.basis(child.weight_basis, child.basis)
        if child.weight.by is None and child.weight.default is not None:
            note = f"权重{literal(child.weight.default)}；{note}"
        columns.append(
            desk.add(f"{child.label}·分值", formula, desk.get(f"points:{child.id}"), note=note, style="points")
        )
    desk.points = columns

    def total(unit: int, row: int) -> str:
        first, last = columns[0].cell(row), columns[-1].cell(row)
        return f'IF({ready.cell(row)}={text(YES)},SUM({first}:{last}),"")'

    return desk.add(f"{node.label}·合计", total, values, note=desk.basis(node.basis))


def _worth(desk: Desk, node: Node, unit: int, scores: list[float | None]) -> float | None:
    present = [score for score in scores if score is not None]
    if len(present) < max(node.at_least or 0, 1) or desk.get(f"status:{node.id}")[unit] == 6:
        return None
    weights = [_weight_of(desk, child.weight, unit) for child in node.children]
    if None in weights:
        return None
    pairs = [(w, s) for w, s in zip(weights, scores, strict=True) if s is not None and w is not None]
    if node.aggregate == "geometric_mean":
        counted = [(w, s) for w, s in pairs if w > 0]
        if any(s < 0 for _, s in counted):
            return None
        if any(s == 0 for _, s in counted):
            return 0.0
        total = sum(w for w, _ in counted)
        return exp(sum(w * log(s) for w, s in counted) / total) if total else None
    gaps = any(can_be_left_out(child) for child in node.children)
    factor = _factor_of(desk, node, unit) if _needs_factor(node, gaps) else 1.0
    if factor is None:
        return None
    if node.aggregate == "mean":
        return sum(w * s / factor for w, s in pairs)
    return sum(w * s * factor for w, s in pairs)
