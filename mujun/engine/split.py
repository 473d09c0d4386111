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
    running = _running(counted)
    base = running[order.starts[:-1]]
    limit = np.array([limits.get(scope, 0) for scope in order.scopes.tolist()], dtype=np.int64)
    over = np.flatnonzero(running[order.starts[1:]] - base > limit)
    first_outside = np.searchsorted(running, (base + limit)[over], side="right") - 1
    run = np.searchsorted(order.runs, first_outside, side="right") - 1
    begin, end = order.runs[run], order.runs[run + 1]
    stops = order.starts[1:].copy()
    stops[over] = begin
    torn = np.zeros(len(counted), dtype=np.bool_)
    ties: dict[int, Tie] = {}
    before, upto = running[begin] - base[over], running[end] - base[over]
    for place in np.flatnonzero(before < limit[over]).tolist():
        across = slice(int(begin[place]), int(end[place]))
        torn[across] = counted[across]
        asked = torn[across] if among is None else torn[across] & among[across]
        if asked.any():
            units = np.sort(order.units[across][asked])
            ties[int(order.scopes[over[place]])] = Tie(int(before[place]) + 1, int(upto[place]), units)
    return Split(counted & _up_to(order, stops), torn, ties)


def count_marked(order: Order, marked: Bools) -> dict[int, int]:
    """How many units of each scope are marked; scopes without units do not appear."""
    counts = np.diff(_running(marked)[order.starts])
    return dict(zip(order.scopes.tolist(), counts.tolist(), strict=True))


def places_of(order: Order, marked: Bools) -> Ints:
    """For each marked unit, in order, its place among the marked of its scope, from 1; the tied share the least."""
    running = _running(marked)
    at = np.flatnonzero(marked)
    run = order.runs[np.searchsorted(order.runs, at, side="right") - 1]
    start = order.starts[np.searchsorted(order.starts, at, side="right") - 1]
    return running[run] - running[start] + 1


def _running(marked: Bools) -> Ints:
    """How many are marked before each place, and in all."""
    running = np.zeros(len(marked) + 1, dtype=np.int64)
    np.cumsum(marked, out=running[1:])
    return running


def _up_to(order: Order, stops: Ints) -> Bools:
    """The places of each scope before its stop."""
    steps = np.zeros(int(order.starts[-1]) + 1, dtype=np.int8)
    np.add.at(steps, order.starts[:-1], 1)
    np.subtract.at(steps, stops, 1)
    return np.cumsum(steps[:-1], dtype=np.int8).view(np.bool_)
