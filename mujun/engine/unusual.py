"""What is unusual in a scored table, found in one look, so that flags and findings are worked out for that only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
from attrs import frozen

from mujun.engine.missing import Status
from mujun.scheme.model import Scheme

SAFE_LOW, SAFE_HIGH = 1e-6, 1e12
"""Beyond, doubles no longer hold every printed digit."""

Look = Callable[[Sequence[pl.Expr], bool], pl.DataFrame]
"""Work out columns of the scored table: all rows, or (True) the distinct ones."""


@frozen
class Unusual:
    """Nodes at which some unit has no score of its own, and indicators of which some value may be beyond safe sizes."""

    statuses: frozenset[str]
    values: frozenset[str]


def anything(scheme: Scheme) -> Unusual:
    """Where a look costs as much as working it all out."""
    nodes = frozenset(node.id for node in scheme.nodes())
    return Unusual(nodes, nodes)


def find_unusual(scheme: Scheme, look: Look) -> Unusual:
    nodes = [node.id for node in scheme.nodes()]
    indicators = [node.id for node in scheme.nodes() if node.is_indicator]
    usual = [(pl.col(f"status:{id}").max() == int(Status.OWN)).alias(f"status:{id}") for id in nodes]
    for id in indicators:
        value = pl.col(f"value:{id}")
        usual.append(((value.min() >= SAFE_LOW) & (value.max() <= SAFE_HIGH)).alias(f"value:{id}"))
    found = look(usual, False).row(0, named=True)
    return Unusual(
        frozenset(id for id in nodes if not found[f"status:{id}"]),
        frozenset(id for id in indicators if not found[f"value:{id}"]),
    )
