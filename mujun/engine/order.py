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

    `units` says which unit stands at a place, `scope` its scope's number, `begin` the place at which that scope begins,
    `run` the first place of the units one is tied with and `after` the first place behind them.
    """

    units: Ints
    scope: Ints
    begin: Ints
    run: Ints
    after: Ints

    def by_unit(self, column: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
        """A column by place as one by unit."""
        made = np.empty_like(column)
        made[self.units] = column
        return made

    def counted(self, marked: Bools) -> tuple[Ints, Ints]:
        """For each place, how many marked units of its scope stand before its run, and up to the end of its run."""
        running = np.zeros(len(marked) + 1, dtype=np.int64)
        np.cumsum(marked, out=running[1:])
        base = running[self.begin]
        return running[self.run] - base, running[self.after] - base


def order_units(scope: Ints, score: Floats, breaks: Sequence[Floats], decimals: int) -> Order:
    """Order units by scope, score (more is better), then `breaks` (less is better), then their position.

    `score` holds doubles nearest to decimals of `decimals` places. Only units equal in score and every tie-break are
    tied.
    """
    units = _by_score(scope, score, decimals)
    lined, scores = scope[units], score[units]
    same = (lined[1:] == lined[:-1]) & (scores[1:] == scores[:-1])
    if breaks and same.any():
        _break_ties(units, same, breaks)
        for one in breaks:
            values = one[units]
            same &= values[1:] == values[:-1]
    run, after = _runs(same, len(units))
    begin, _ = _runs(lined[1:] == lined[:-1], len(units))
    return Order(units, lined, begin, run, after)


def _by_score(scope: Ints, score: Floats, decimals: int) -> Ints:
    """Scope, score and position packed into one whole number each, where they fit: numbers sort fastest."""
    count = len(score)
    if count == 0:
        return np.empty(0, dtype=np.int64)
    scaled = np.rint(score * 10.0**decimals)
    if np.abs(scaled).max() < _EXACT:
        low = int(scaled.max())
        span = low - int(scaled.min())
        score_bits, unit_bits = span.bit_length(), count.bit_length()
        if int(scope.max()).bit_length() + score_bits + unit_bits <= _WORD:
            packed = scope << score_bits
            packed |= low - scaled.astype(np.int64)
            packed <<= unit_bits
            packed |= np.arange(count)
            packed.sort()
            packed &= (1 << unit_bits) - 1
            return packed
    return np.lexsort((-score, scope))


def _break_ties(units: Ints, same: Bools, breaks: Sequence[Floats]) -> None:
    """Put the units of each run of equal scores in order, in place."""
    joined = np.zeros(len(units), dtype=np.bool_)
    joined[1:] |= same
    joined[:-1] |= same
    run = np.cumsum(~np.concatenate(([False], same)))[joined]
    tied = units[joined]
    order = np.lexsort((tied, *(one[tied] for one in reversed(breaks)), run))
    units[joined] = tied[order]


def _runs(same: Bools, count: int) -> tuple[Ints, Ints]:
    """For each place the first of its run, and the first behind it; `same` says which resemble the one before."""
    starts = np.ones(count, dtype=np.bool_)
    starts[1:] = ~same
    first = np.flatnonzero(starts)
    ends = np.append(first, count)[1:]
    lengths = ends - first
    return np.repeat(first, lengths), np.repeat(ends, lengths)
