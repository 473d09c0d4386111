"""Cut a scope's order after so many places, and find who is tied across the cut. Decides for neither side."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from mujun.engine.order import Bools, Ints, Order


@frozen
class Tie:
    """The units tied across a cut: their places among those counted, from 1."""

    first: int
    last: int
    units: Ints


@frozen(eq=False)
class Split:
    """By place: the counted units wholly within the first places of their scope, and those tied across the cut."""

    inside: Bools
    torn: Bools
    ties: Mapping[int, Tie]
    """The tie of each scope that has one."""


def split_best(order: Order, counted: Bools, limits: Mapping[int, int], among: Bools | None = None) -> Split:
    """Cut after `limits` places of each scope, counting the marked units. Ties are those with units `among` them."""
    limit = per_scope(order, limits)
    before, upto = order.counted(counted)
    inside = counted & (upto <= limit)
    torn = counted & (before < limit) & (upto > limit)
    ties: dict[int, Tie] = {}
    asked = torn if among is None else torn & among
    for place in np.unique(order.run[torn]).tolist():
        run = slice(place, int(order.after[place]))
        units = order.units[run][asked[run]]
        if len(units):
            ties[int(order.scope[place])] = Tie(int(before[place]) + 1, int(upto[place]), np.sort(units))
    return Split(inside, torn, ties)


def per_scope(order: Order, numbers: Mapping[int, int]) -> Ints:
    """A number per scope, at each place."""
    table = np.zeros(int(order.scope[-1]) + 1 if len(order.scope) else 0, dtype=np.int64)
    for scope, number in numbers.items():
        if scope < len(table):
            table[scope] = number
    return table[order.scope]


def count_marked(order: Order, marked: Bools) -> dict[int, int]:
    """How many units of each scope are marked; scopes without units do not appear."""
    counts = np.bincount(order.scope, weights=marked)
    present = np.bincount(order.scope)
    return {scope: int(count) for scope, count in enumerate(counts.tolist()) if present[scope]}
