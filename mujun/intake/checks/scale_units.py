"""Which other units of measurement a column may have been written in, and how its numbers then look. Sees no data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import log10

from attrs import frozen

from mujun.scheme.model import Variable
from mujun.scheme.units import KNOWN_UNITS, conversion, parse_unit

_POWERS = (-8, -7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7, 8)
"""Powers of ten that no unit explains are a slip all the same, but for ten itself, which may be the truth."""


@frozen
class Candidate:
    """Written in `unit`, the numbers are `factor` times what they should be. Without a name: a point misplaced."""

    factor: Fraction
    unit: str = ""

    @property
    def decades(self) -> float:
        return log10(self.factor)


RIGHT = Candidate(Fraction(1))


def candidates_for(variable: Variable, others: Mapping[str, tuple[Fraction, str]]) -> list[Candidate]:
    """RIGHT first, then units of the same kind, then bare powers of ten."""
    found = [RIGHT]
    for name in KNOWN_UNITS:
        unit = parse_unit(name)
        factor = conversion(variable.unit, unit) if unit is not None else None
        if factor is not None and factor != 1 and name not in ("1", "%"):
            found.append(Candidate(factor, name))
    for name, (times, of) in others.items():
        unit = parse_unit(of)
        factor = conversion(variable.unit, unit) if unit is not None else None
        if factor is not None and factor / times != 1:
            found.append(Candidate(factor / times, name))
    taken = {one.factor for one in found}
    powers = [Fraction(10) ** power for power in _POWERS]
    return found + [Candidate(power) for power in powers if power not in taken]
