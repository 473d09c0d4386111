"""Put the scores of children together: weighted sum, mean, geometric mean; skipped children leave their place to
the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add

import narwhals as nw

from mujun.dataset import column_name
from mujun.engine.missing import BLOCKING
from mujun.engine.numbers import divide, holds, whole
from mujun.engine.sheet import Sheet
from mujun.scheme.model import Bands, BenchmarkRatio, MinMax, Node, PercentileRank, Rank, Weight


def weight_column(weight: Weight) -> nw.Expr:
    """The weight as a column; missing where no class and no default fits."""
    default = nw.lit(None, nw.Float64) if weight.default is None else nw.lit(float(weight.default))
    if weight.by is None:
        return default
    column = default
    for value, number in weight.values.items():
        column = nw.when(nw.col(column_name(weight.by.name)) == value).then(nw.lit(float(number))).otherwise(column)
    return column


def full_marks_column(node: Node) -> nw.Expr:
    """Full marks of a node, which may differ by the classes that weights go by."""
    if node.is_indicator or node.normalise or node.aggregate == "geometric_mean":
        return nw.lit(1.0 if node.of is None else float(node.of))
    total = _total(weight_column(child.weight) * full_marks_column(child) for child in node.children)
    if node.aggregate == "sum":
        return total
    weights = _total(weight_column(child.weight) for child in node.children)
    return nw.when(weights != 0).then(total / weights).otherwise(nw.lit(0.0))


def can_be_left_out(node: Node) -> bool:
    """Whether a parent may have to do without this node's score."""
    return node.applies is not None or node.missing.rule in ("skip", "group_mean", "mean_by")


def may_be_negative(node: Node) -> bool:
    """Whether the scheme leaves room for a score below 0; weights are never negative."""
    if not node.normalise:
        return node.is_indicator or any(may_be_negative(child) for child in node.children)
    match node.normalise[-1]:
        case BenchmarkRatio(floor=floor):
            return floor is None or floor < 0
        case MinMax(clip=clip, to=to):
            return not clip or min(to) < 0
        case Bands(steps=steps, below=below):
            return below < 0 or any(points < 0 for _, points in steps)
        case PercentileRank() | Rank():
            return False
        case _:
            return True


def blocked_by_children(node: Node) -> nw.Expr:
    """Whether a child is missing under `error` or `exclude`, or has such a node below it."""
    parts = [nw.col(f"status:{child.id}").is_in([int(status) for status in BLOCKING]) for child in node.children]
    return reduce(lambda left, right: left | right, parts)


def aggregate(sheet: Sheet, *, points: bool) -> str:
    """The dimension's value; with `points`, also a column `points:<child>` for each child and `size:<node>`, Σ
    |points|.
    """
    node = sheet.node
    scores = [nw.col(f"score:{child.id}") for child in node.children]
    weights = [
        nw.col(sheet.scratch("weight", weight_column(child.weight))) if child.weight.by else weight_column(child.weight)
        for child in node.children
    ]
    unknown = [
        weight.is_null()
        for weight, child in zip(weights, node.children, strict=True)
        if child.weight.by is not None and child.weight.default is None
    ]
    if unknown:
        sheet.note("unknown_class", reduce(lambda a, b: a | b, unknown))
    open_to_gaps = any(can_be_left_out(child) for child in node.children)
    if node.aggregate == "geometric_mean":
        made = _geometric(sheet, scores, weights)
        columns = [nw.lit(None, nw.Float64)] * len(node.children)
    else:
        factor = _factor(sheet, scores, weights, open_to_gaps)
        parts = [weight * score for weight, score in zip(weights, scores, strict=True)]
        if factor is not None:
            parts = [part * factor if node.aggregate == "sum" else part / factor for part in parts]
        columns = [nw.col(sheet.scratch("part", part)) for part in parts]
        there = [
            nw.when(part.is_null()).then(nw.lit(0.0)).otherwise(part) if open_to_gaps else part for part in columns
        ]
        made = total = sheet.scratch("total", _total(there))
        if factor is not None:
            made = sheet.scratch("total", nw.when(~factor.is_null()).then(nw.col(total)))
        if points:
            plain = not any(may_be_negative(child) for child in node.children)
            sheet.add(f"size:{node.id}", nw.col(total) if plain else _total(part.abs() for part in there))
    present = _total(whole(~score.is_null()) for score in scores)
    enough = present >= max(node.at_least or 0, 1)
    value = nw.when(enough & holds(~blocked_by_children(node))).then(nw.col(made))
    name = sheet.add(f"value:{node.id}", value)
    if points:
        for child, part in zip(node.children, columns, strict=True):
            sheet.add(f"points:{child.id}", nw.when(~nw.col(name).is_null()).then(part))
    return name


def _factor(sheet: Sheet, scores: list[nw.Expr], weights: list[nw.Expr], open_to_gaps: bool) -> nw.Expr | None:
    """What a sum's parts are multiplied, or a mean's divided, by."""
    node = sheet.node
    if node.aggregate == "sum":
        if not open_to_gaps:
            return None
        marks = [weight * full_marks_column(child) for weight, child in zip(weights, node.children, strict=True)]
        left = _total(_there(score, mark) for score, mark in zip(scores, marks, strict=True))
        complete = reduce(lambda a, b: a & b, [~score.is_null() for score in scores])
        rescaled = nw.col(sheet.scratch("full", _total(marks) + 0.0 * left)) / nw.col(sheet.scratch("left", left))
        _note_weightless(sheet, scores, nw.col(sheet.scratch("lost", whole(~complete & (left == 0)))) > 0)
        factor = nw.when(complete).then(nw.lit(1.0)).otherwise(nw.when(left != 0).then(rescaled))
        return nw.col(sheet.scratch("factor", factor))
    total = _total(_there(score, weight) for score, weight in zip(scores, weights, strict=True))
    _note_weightless(sheet, scores, total == 0)
    return nw.col(sheet.scratch("weights", nw.when(total != 0).then(total)))


def _note_weightless(sheet: Sheet, scores: list[nw.Expr], lost: nw.Expr) -> None:
    """Mark the units that have scores whose weights are all 0: there is nothing to divide by."""
    if any(_may_be_zero(child.weight) for child in sheet.node.children):
        scored = reduce(lambda a, b: a | b, [~score.is_null() for score in scores])
        sheet.note("division_by_zero", scored & lost)


def _may_be_zero(weight: Weight) -> bool:
    return weight.default == 0 or 0 in weight.values.values()


def _geometric(sheet: Sheet, scores: list[nw.Expr], weights: list[nw.Expr]) -> str:
    """exp(Σ w·ln s / Σ w): a 0 gives 0, a negative is missing."""
    counted = [nw.when(weight > 0).then(score) for score, weight in zip(scores, weights, strict=True)]
    held = [nw.col(sheet.scratch("root", column)) for column in counted]
    logs = [
        nw.when(score > 0).then(nw.when(score > 0).then(score).log() * weight).otherwise(nw.lit(0.0))
        for score, weight in zip(held, weights, strict=True)
    ]
    total = _total(_there(score, weight) for score, weight in zip(held, weights, strict=True))
    mean = divide(_total(logs), nw.col(sheet.scratch("weights", total)))
    negative = _total(whole(score < 0) for score in held)
    zero = _total(whole(score == 0) for score in held)
    sheet.note("negative_in_geometric_mean", negative > 0)
    mean_column = nw.col(sheet.scratch("mean", mean))
    result = nw.when(zero > 0).then(nw.lit(0.0)).otherwise(mean_column.exp())
    return sheet.scratch("geometric", nw.when(negative == 0).then(result))


def _there(score: nw.Expr, amount: nw.Expr) -> nw.Expr:
    """The amount where the score is present, else 0."""
    return nw.when(~score.is_null()).then(amount).otherwise(nw.lit(0.0))


def _total(parts: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(add, parts)
