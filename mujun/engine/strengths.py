"""突出之处: the indicators in which a unit stands out, by name and never by number.

An indicator counts with what it brings above the benchmark: (score - 1) times its weight where it is measured against a
benchmark, else the score above the mean of the unit's group. Scores that were filled in are nobody's strength.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any

import polars as pl
from attrs import frozen

from mujun.engine.missing import Status
from mujun.rounding import shortest
from mujun.scheme.model import BenchmarkRatio, Node, Scheme


@frozen
class _Leaf:
    """An indicator and the nodes above it, itself first and the root left out."""

    node: Node
    way: tuple[Node, ...]


def name_strengths(
    scheme: Scheme, units: pl.DataFrame, details: pl.DataFrame, keys: Collection[str], most: int
) -> dict[str, tuple[str, ...]]:
    """At most so many labels for each unit, what brings most above the benchmark first; ties in the scheme's order."""
    leaves = list(_leaves(scheme.root, ()))
    means = _group_means(scheme, units, leaves)
    told = units.filter(pl.col("key").is_in(list(keys)))
    more = {row["key"]: row for row in details.filter(pl.col("key").is_in(list(keys))).iter_rows(named=True)}
    found = {}
    for unit in told.iter_rows(named=True):
        detail = more[unit["key"]]
        group = tuple(unit[name] for name in scheme.group_by)
        above = [(_above(leaf, unit, detail, means.get((leaf.node.id, *group))), leaf) for leaf in leaves]
        best = sorted((pair for pair in above if pair[0] > 0), key=lambda pair: -pair[0])[:most]
        found[unit["key"]] = tuple(leaf.node.label for _, leaf in best)
    return found


def _leaves(node: Node, way: tuple[Node, ...]) -> Iterator[_Leaf]:
    for child in node.children:
        here = (child, *way)
        if child.is_indicator:
            yield _Leaf(child, here)
        else:
            yield from _leaves(child, here)


def _against_benchmark(node: Node) -> bool:
    return len(node.normalise) == 1 and isinstance(node.normalise[0], BenchmarkRatio)


def _group_means(scheme: Scheme, units: pl.DataFrame, leaves: list[_Leaf]) -> dict[tuple[Any, ...], Fraction]:
    """The mean score of each group, of the indicators that have no benchmark; exact, so that the order of rows and the
    number of threads are all one.
    """
    means: dict[tuple[Any, ...], Fraction] = {}
    for leaf in leaves:
        if _against_benchmark(leaf.node):
            continue
        gathered: dict[tuple[Any, ...], list[Fraction]] = {}
        for *group, score in units.select(*scheme.group_by, f"score:{leaf.node.id}").iter_rows():
            if score is not None:
                gathered.setdefault((leaf.node.id, *group), []).append(_as_printed(score))
        means |= {group: sum(scores, Fraction(0)) / len(scores) for group, scores in gathered.items()}
    return means


def _above(leaf: _Leaf, unit: dict[str, Any], detail: dict[str, Any], mean: Fraction | None) -> Fraction:
    """What the indicator adds to the total above its benchmark; nothing where the score is not the unit's own."""
    node = leaf.node
    score, status = unit.get(f"score:{node.id}"), detail.get(f"status:{node.id}", int(Status.OWN))
    reference = Fraction(1) if _against_benchmark(node) else mean
    if score is None or reference is None or status != Status.OWN or detail.get(f"imputed:{node.id}"):
        return Fraction(0)
    worth = _as_printed(score) - reference
    for step in leaf.way:
        which = detail.get(f"column:{step.weight.by.name}") if step.weight.by is not None else None
        worth *= step.weight.of(which) or 0
    return worth


def _as_printed(score: float) -> Fraction:
    """The decimal that people see; its last binary digits decide no order."""
    return Fraction(shortest(score))
