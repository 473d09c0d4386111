"""Score one node of the tree: value, impute, treat, normalise, missing, precision, in this order. Knows no ranks."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from fractions import Fraction

import narwhals as nw

from mujun.engine.aggregate import aggregate, blocked_by_children
from mujun.engine.express import quotient
from mujun.engine.impute import impute, treat
from mujun.engine.missing import settle_missing
from mujun.engine.normalise import normalise
from mujun.engine.numbers import half_up
from mujun.engine.sheet import Addend, Context, Ratio, Sheet
from mujun.engine.statistics import Answer, Ask
from mujun.engine.waves import Calculation, Task, Wave
from mujun.scheme.expression import Arithmetic, Function, column_names, split_ratio, walk
from mujun.scheme.model import Node, Statistic
from mujun.scheme.read_tree import statistics_of


def scoring_tasks(context: Context) -> list[Task]:
    """One calculation per node; a dimension waits for its children."""
    root = context.scheme.root

    def task(node: Node) -> Task:
        return Task(
            node.id, lambda: score_node(node, context, root=node is root), [child.id for child in node.children]
        )

    return [task(node) for node in root.walk()]


def score_node(node: Node, context: Context, *, root: bool) -> Calculation:
    """Adds `value:`, `score:` and `status:` of the node, and of the root `unrounded:` and its children's `points:`."""
    sheet = Sheet(node, context)
    blocked = None
    if node.is_indicator:
        column = indicator_value(sheet)
        if node.impute is not None:
            column = yield from impute(sheet, column)
        if node.treat is not None:
            column = yield from treat(sheet, column)
    else:
        column = aggregate(sheet, points=root)
        blocked = blocked_by_children(node)
    normalised = yield from normalise(sheet, column, node.normalise)
    yield from _further_scores(sheet, column)
    score, _ = yield from settle_missing(sheet, normalised, blocked)
    if root:
        score = sheet.add(f"unrounded:{node.id}", nw.col(score))
    decimals = context.scheme.precision if root else node.precision
    size = None
    if not node.is_indicator and root and node.aggregate != "geometric_mean" and not node.normalise:
        size = nw.col(f"size:{node.id}")
    rounded = nw.col(score) if decimals is None else half_up(nw.col(score), decimals, size)
    sheet.add(f"score:{node.id}", rounded)
    yield from sheet.finish()


def indicator_value(sheet: Sheet) -> str:
    """The indicator's formula over the variables, and its numerator and denominator where a ratio of sums is asked
    for.
    """
    node, context = sheet.node, sheet.context
    assert node.expression is not None
    value = quotient(node.expression, context.columns).finite_value()
    applies = context.applies.get(node.id)
    if applies is not None:
        value = nw.when(nw.col(applies)).then(value)
    column = sheet.add(f"value:{node.id}", value)
    _note_undefined(sheet, column)
    if any(statistic.name == "ratio_of_sums" for statistic in _statistics(node)):
        _add_ratio(sheet, column)
    return column


def _statistics(node: Node) -> Iterator[Statistic]:
    for step in (*node.normalise, *(step for also in node.also for step in also.normalise)):
        yield from statistics_of(step)


def _add_ratio(sheet: Sheet, column: str) -> None:
    node, context = sheet.node, sheet.context
    assert node.expression is not None
    parts = split_ratio(node.expression)
    assert parts is not None
    there = ~nw.col(column).is_null()
    addends, factor = [], Fraction(1)
    for name, part, sign in (("above", parts[0], 1), ("below", parts[1], -1)):
        made = quotient(part, context.columns)
        if made.below is None and made.above is not None:
            held, factor = made.above, factor * made.factor**sign
        else:
            held = made.value()
        if not made.column:
            added = sheet.add(f"{name}:{node.id}", nw.when(there).then(held + 0.0 * nw.col(column)))
            sheet.temporary.append(added)
        addends.append(Addend(made.column or added, made.whole))
    context.ratios[node.id] = Ratio(addends[0], addends[1], column, factor)


def _note_undefined(sheet: Sheet, column: str) -> None:
    """Mark the units whose inputs are all there and whose formula still has no value."""
    node, context = sheet.node, sheet.context
    assert node.expression is not None
    inputs = sorted(column_names(node.expression))
    parts = list(walk(node.expression))
    divides = any(isinstance(part, Arithmetic) and part.operator == "/" for part in parts)
    functions = any(isinstance(part, Function) and part.name in ("ln", "exp", "sqrt") for part in parts)
    multiplies = any(isinstance(part, Arithmetic) and part.operator == "*" for part in parts)
    if not inputs or not (divides or functions or multiplies):
        return
    there = ~context.columns.col(inputs[0]).is_null()
    for name in inputs[1:]:
        there = there & ~context.columns.col(name).is_null()
    applies = context.applies.get(node.id)
    if applies is not None:
        there = there & nw.col(applies)
    sheet.note("division_by_zero" if divides and not functions else "undefined_value", there & nw.col(column).is_null())


def _further_scores(sheet: Sheet, column: str) -> Generator[Wave, dict[Ask, Answer], None]:
    """`also`: shown, not carried on."""
    for also in sheet.node.also:
        sheet.subject = also.id
        made = yield from normalise(sheet, column, also.normalise)
        score = nw.col(made) if also.precision is None else half_up(nw.col(made), also.precision)
        sheet.add(f"score:{also.id}", score)
    sheet.subject = sheet.node.id
