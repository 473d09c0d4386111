"""Add doubles up exactly, whatever their order: cut into whole numbers that cannot overflow. Knows no tables' engines.

Where a column holds whole numbers only and cannot overflow, it is added up as it stands; otherwise each double is cut
into three limbs of `bits` bits below the largest one, and the limbs' sums are put together as fractions.
"""

from __future__ import annotations

from fractions import Fraction
from math import frexp

import narwhals as nw
import numpy as np
import numpy.typing as npt
from attrs import frozen

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_LIMBS = 3
_WIDEST = 51
_SUMMABLE = 2.0**62
"""What no sum of whole numbers may reach in Int64."""
_EXACT = 2.0**53
"""Up to here doubles add whole numbers exactly."""
_HALF = 2.0**26


@frozen
class Cut:
    """How a column is cut: x·2^shift has its integer part below 2^bits; each further limb holds `bits` more."""

    shift: int
    bits: int
    limbs: int = _LIMBS

    @classmethod
    def of(cls, count: int, largest: float, whole: bool) -> Cut:
        """For so many values of at most that size."""
        if whole and largest * count < _SUMMABLE:
            return cls(0, 0, 1)
        bits = min(_WIDEST, 62 - count.bit_length())
        _, exponent = frexp(largest)
        return cls(max(min(bits - exponent, 900), -1000), bits)

    def cut(self, column: nw.Expr) -> list[nw.Expr]:
        """The limbs as columns of whole numbers."""
        if self.limbs == 1:
            return [column.cast(nw.Int64)]
        rest = column * 2.0**self.shift
        limbs = []
        for _ in range(self.limbs):
            whole = rest.floor()
            limbs.append(whole.cast(nw.Int64))
            rest = (rest - whole) * 2.0**self.bits
        return limbs

    def together(self, sums: list[int]) -> Fraction:
        """From the limbs' sums, first limb first."""
        total = 0
        for limb in sums:
            total = (total << self.bits) + limb
        places = self.shift + (self.limbs - 1) * self.bits
        return Fraction(total, 2**places) if places >= 0 else Fraction(total * 2**-places)


def add_up(values: Floats, scope: Ints, count: int, whole: bool) -> list[Fraction]:
    """The exact sum of each scope of `count`; the same cuts as in a table, so the same bytes."""
    if not len(values):
        return [Fraction(0)] * count
    largest = max(float(values.max()), -float(values.min()))
    cut = Cut.of(len(values), largest, whole or bool((np.floor(values) == values).all()))
    if cut.limbs == 1:
        return [cut.together([number]) for number in _add_whole(values, scope, count, largest)]
    rest = values * 2.0**cut.shift
    limbs = []
    for _ in range(cut.limbs):
        limb = np.floor(rest)
        limbs.append(_add_whole(limb, scope, count, 2.0**cut.bits))
        rest = (rest - limb) * 2.0**cut.bits
    return [cut.together(list(sums)) for sums in zip(*limbs, strict=True)]


def _add_whole(values: Floats, scope: Ints, count: int, largest: float) -> list[int]:
    """Sums of whole numbers: as doubles where these are exact, else in halves that are."""
    if largest * len(values) < _EXACT:
        return [int(number) for number in np.bincount(scope, values, count).tolist()]
    high = np.floor(values / _HALF)
    highs = _add_whole(high, scope, count, largest / _HALF)
    lows = _add_whole(values - high * _HALF, scope, count, _HALF)
    return [(above << 26) + below for above, below in zip(highs, lows, strict=True)]
