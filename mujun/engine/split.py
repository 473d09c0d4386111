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
    at = np.flatnonzero(counted)
    base = np.searchsorted(at, order.starts)
    limit = np.array([limits.get(scope, 0) for scope in order.scopes.tolist()], dtype=np.int64)
    over = np.flatnonzero(np.diff(base) > limit)
    base, limit, scopes = base[over], limit[over], order.scopes[over].tolist()
    run = np.searchsorted(order.runs, at[base + limit], side="right") - 1
    begin, end = order.runs[run], order.runs[run + 1]
    before, upto = np.searchsorted(at, begin) - base, np.searchsorted(at, end) - base
    inside = counted.copy()
    torn = np.zeros(len(counted), dtype=np.bool_)
    ties: dict[int, Tie] = {}
    for scope, begins, ends, stop, first, last, most in zip(
        scopes, *(one.tolist() for one in (begin, end, order.starts[over + 1], before, upto, limit)), strict=True
    ):
        inside[begins:stop] = False
        if first < most:
            torn[begins:ends] = counted[begins:ends]
            asked = torn[begins:ends] if among is None else torn[begins:ends] & among[begins:ends]
            if asked.any():
                ties[scope] = Tie(first + 1, last, np.sort(order.units[begins:ends][asked]))
    return Split(inside, torn, ties)


def count_marked(order: Order, marked: Bools) -> dict[int, int]:
    """How many units of each scope are marked; scopes without units do not appear."""
    counts = np.diff(np.searchsorted(np.flatnonzero(marked), order.starts))
    return dict(zip(order.scopes.tolist(), counts.tolist(), strict=True))


def places_of(order: Order, marked: Bools, asked: Bools) -> Ints:
    """For each of some marked units, in order, its place among the marked of its scope; the tied share the least."""
    at, places = np.flatnonzero(marked), np.flatnonzero(asked)
    run = order.runs[np.searchsorted(order.runs, places, side="right") - 1]
    start = order.starts[np.searchsorted(order.starts, places, side="right") - 1]
    return np.searchsorted(at, run) - np.searchsorted(at, start) + 1
