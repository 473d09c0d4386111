"""Values that are sums of quantities times factors: signed components of tax, carriers by coefficient."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from math import lcm

from attrs import frozen

from mujun.collection.apportion import settle
from mujun.collection.derived import Part
from mujun.rounding import half_up


@frozen
class Weighted:
    """One record's quantity as written, its factor as people read it, and what it counts before rounding."""

    unit: str
    record: str
    quantity: str
    factor: str
    amount: Fraction


def add_up(entries: Sequence[Weighted], precision: int) -> list[Part]:
    """The sum of each unit, rounded half up once; its records' amounts are settled so that they add up to it."""
    parts: list[Part] = []
    for _, group in groupby(sorted(entries, key=lambda one: one.unit), key=lambda one: one.unit):
        of_unit = list(group)
        steps = 10**precision
        if all(steps % one.amount.denominator == 0 for one in of_unit):  # nothing to round, nothing to settle
            parts += [
                Part(one.unit, one.record, one.quantity, one.factor, _steps(one.amount, steps)) for one in of_unit
            ]
            continue
        common = lcm(*(one.amount.denominator for one in of_unit))
        numerators = [one.amount.numerator * (common // one.amount.denominator) * steps for one in of_unit]
        value = int(half_up(Fraction(sum(numerators), common), 0))
        amounts = settle(numerators, common, value)
        parts += [
            Part(one.unit, one.record, one.quantity, one.factor, amount)
            for one, amount in zip(of_unit, amounts, strict=True)
        ]
    return parts


def _steps(amount: Fraction, steps: int) -> int:
    return amount.numerator * (steps // amount.denominator)
