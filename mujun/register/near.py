"""Which names of a list are close to one that is not in it. Goes by pairs of signs: 50,000 names are no burden."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable

_RARE = 6
"""Pairs looked up for a name: its rarest, since 有限 and 公司 are in nearly all."""
_CANDIDATES = 20
_LEAST = 0.75


class NearNames:
    """Made once, asked many times."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for pair in _pairs(name):
                self._with[pair].append(number)

    def near(self, name: str, most: int = 3) -> list[str]:
        """The closest first; none if nothing is close."""
        rare = sorted((pair for pair in _pairs(name) if pair in self._with), key=lambda pair: len(self._with[pair]))
        shared: Counter[int] = Counter()
        for pair in rare[:_RARE]:
            shared.update(self._with[pair])
        candidates = sorted(shared, key=lambda number: (-shared[number], number))[:_CANDIDATES]
        return difflib.get_close_matches(name, [self._names[number] for number in candidates], most, _LEAST)


def _pairs(name: str) -> set[str]:
    return {name[place : place + 2] for place in range(len(name) - 1)} or {name}
