"""Read the score tree: indicators and dimensions, any depth."""

from __future__ import annotations

from mujun.law import Basis
from mujun.scheme.expression import split_ratio
from mujun.scheme.fields import Fields
from mujun.scheme.formula import Names
from mujun.scheme.model import Also, BenchmarkRatio, MinMax, Node, Statistic, Step
from mujun.scheme.read_steps import (
    read_impute,
    read_missing,
    read_normalise,
    read_treat,
    read_weight,
)
from mujun.scheme.units import parse_unit

AGGREGATES = ("sum", "mean", "geometric_mean")


def read_node(fields: Fields, names: Names, inherited: Basis | None) -> Node:
    """One node and all below it."""
    node_id = fields.text("id")
    label = fields.text("label", node_id)
    fields.what = f"“{label}”"
    basis = fields.basis("basis", inherited)
    if basis is None:
        fields.error("id", "no_basis", f"{fields.what}没有依据。", "请写 basis: {clause: …} 或 {assumption: 为何}。")
    is_dimension = fields.has("children")
    if is_dimension == fields.has("formula"):
        fields.error("id", "wrong_kind", f"{fields.what}须有 formula（指标）或 children（维度）之一。")
    unit, unit_text = fields.unit()
    wanted = None if parse_unit(unit_text) is None else unit
    node = Node(
        id=node_id,
        label=label,
        line=fields.line("of" if fields.has("of") else "weight"),
        weight=read_weight(fields, names),
        direction=fields.choice("direction", ("higher", "lower"), "higher"),
        applies=fields.condition("applies", names),
        expression=None if is_dimension else fields.formula("formula", names, wanted),
        formula="" if is_dimension else fields.text("formula", ""),
        unit=unit,
        unit_text=unit_text,
        aggregate=fields.choice("aggregate", AGGREGATES, "sum") if is_dimension else "",
        children=tuple(read_node(child, names, basis) for child in fields.items("children", "指标")),
        at_least=fields.whole("at_least") if is_dimension else None,
        impute=None if is_dimension else read_impute(fields, names),
        treat=None if is_dimension else read_treat(fields),
        normalise=read_normalise(fields.source, fields.raw("normalise"), fields.line("normalise"), fields.what, names),
        missing=read_missing(fields, names),
        precision=fields.decimals("precision"),
        print=fields.decimals("print"),
        also=tuple(_also(item, names) for item in fields.items("also", f"{fields.what}的 also")),
        of=fields.number("of"),
        basis=basis,
        weight_basis=fields.basis("weight_basis"),
        normalise_basis=fields.basis("normalise_basis"),
        missing_basis=fields.basis("missing_basis"),
    )
    fields.done()
    _check_ratio(fields, node)
    return node


def _also(fields: Fields, names: Names) -> Also:
    also = Also(
        fields.text("id"),
        read_normalise(fields.source, fields.raw("normalise"), fields.line("normalise"), fields.what, names),
        fields.decimals("precision"),
    )
    fields.text("label", "")
    fields.done()
    return also


def statistics_of(step: Step) -> list[Statistic]:
    """The statistics that a step asks for by name."""
    if isinstance(step, BenchmarkRatio):
        levels = [step.benchmark]
    elif isinstance(step, MinMax):
        levels = [step.low, step.high]
    else:
        levels = []
    return [level for level in levels if isinstance(level, Statistic)]


def _check_ratio(fields: Fields, node: Node) -> None:
    """`ratio_of_sums` needs a formula `a / b`, and must be the first thing that happens to its value."""
    for steps in (node.normalise, *(also.normalise for also in node.also)):
        for position, step in enumerate(steps):
            if not any(statistic.name == "ratio_of_sums" for statistic in statistics_of(step)):
                continue
            if position > 0 or node.expression is None or split_ratio(node.expression) is None:
                message = f"{fields.what}用 ratio_of_sums，而它不是第一步，或公式不是“甲 / 乙”。"
                fields.error("normalise", "not_a_ratio", message, "请改写公式，或改用 mean、median。")
