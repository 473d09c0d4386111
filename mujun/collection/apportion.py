"""Divide a whole among several so that the parts add up to it exactly: by largest remainder. Knows no land."""

from __future__ import annotations

from collections.abc import Sequence


def apportion(whole: int, weights: Sequence[int]) -> list[int]:
    """Parts of a whole number of smallest steps, in proportion to weights that are not all zero.

    Each part is rounded down; the steps left over go one by one to the largest remainders, of equal ones to the first.
    """
    total = sum(weights)
    return settle([whole * weight for weight in weights], total, whole)


def settle(numerators: Sequence[int], denominator: int, whole: int) -> list[int]:
    """Whole numbers next to `numerators / denominator` that add up to `whole`, which is next to their exact sum."""
    parts = [numerator // denominator for numerator in numerators]
    left = whole - sum(parts)
    order = sorted(range(len(parts)), key=lambda place: -(numerators[place] % denominator))
    for place in order[:left]:
        parts[place] += 1
    return parts
