"""Put ranked units in order inside scopes: best score first, then the tie-breaks; equals share a run. Decides nothing.

Works on plain arrays: an order needs a few columns of a table, and sorting few columns is quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from attrs import frozen

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)

_EXACT = 2.0**52
_WORD = 63


@frozen(eq=False)
class Order:
    """Units of every scope, best first, scope after scope; places count from 0 over all scopes.

    `units` says which unit stands at a place. `scopes` are the numbers of the scopes that have units, `starts` the
    first place of each and, at its end, the number of all units. `runs` are the first places of units tied with one
    another, most often of one, again with the number of all units at the end.
    """

    units: Ints
    scopes: Ints
    starts: Ints
    runs: Ints

    def by_unit(self, column: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
        """A column by place as one by unit."""
        marked = np.flatnonzero(column)
        if len(marked) > len(column) // 4:
            made = np.empty_like(column)
            made[self.units] = column
        else:
            made = np.zeros_like(column)
            made[self.units[marked]] = column[marked]
        return made

    def ranks(self) -> Ints:
        """By place: 1 for the best of each scope; the tied share the least."""
        begins = np.repeat(self.starts[:-1], np.diff(np.searchsorted(self.runs, self.starts)))
        return np.repeat(self.runs[:-1] - begins + 1, np.diff(self.runs))


def order_units(scope: Ints, score: Floats, breaks: Sequence[Floats], decimals: int) -> Order:
    """Order units by scope, score (more is better), then `breaks` (less is better), then their position.

    `score` holds doubles nearest to decimals of `decimals` places. Only units equal in score and every tie-break are
    tied.
    """
    count = len(score)
    units, same, inside = _by_score(scope, score, decimals)
    if breaks and same.any():
        _break_ties(units, same, breaks)
        for one in breaks:
            values = one[units]
            same &= values[1:] == values[:-1]
    starts = _firsts(inside, count)
    return Order(units, scope[units[starts[:-1]]], starts, _firsts(same, count))


def _by_score(scope: Ints, score: Floats, decimals: int) -> tuple[Ints, Bools, Bools]:
    """The units in order; which of them are equal to the one before, and which are in its scope.

    Scope, score and position are packed into one whole number each, where they fit: numbers sort fastest.
    """
    count = len(score)
    if count == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.bool_), np.empty(0, dtype=np.bool_)
    scaled = score * 10.0**decimals
    np.rint(scaled, out=scaled)
    most, least = float(scaled.max()), float(scaled.min())
    if max(most, -least) < _EXACT:
        score_bits, unit_bits = int(most - least).bit_length(), count.bit_length()
        if int(scope.max()).bit_length() + score_bits + unit_bits <= _WORD:
            packed = scope << score_bits
            packed += (most - scaled).astype(np.int64)
            packed <<= unit_bits
            packed += np.arange(count)
            packed.sort()
            units = packed & ((1 << unit_bits) - 1)
            packed >>= unit_bits
            same = packed[1:] == packed[:-1]
            packed >>= score_bits
            return units, same, packed[1:] == packed[:-1]
    units = np.lexsort((-score, scope))
    inside = scope[units[1:]] == scope[units[:-1]]
    return units, inside & (score[units[1:]] == score[units[:-1]]), inside


def _break_ties(units: Ints, same: Bools, breaks: Sequence[Floats]) -> None:
    """Put the units of each run of equal scores in order, in place."""
    joined = np.zeros(len(units), dtype=np.bool_)
    joined[1:] |= same
    joined[:-1] |= same
    run = np.cumsum(~np.concatenate(([False], same)))[joined]
    tied = units[joined]
    order = np.lexsort((tied, *(one[tied] for one in reversed(breaks)), run))
    units[joined] = tied[order]


def _firsts(same: Bools, count: int) -> Ints:
    """The places that begin something new, and the count of all; `same` says which resemble the one before."""
    if count == 0:
        return np.zeros(1, dtype=np.int64)
    return np.concatenate(([0], np.flatnonzero(~same) + 1, [count]))
