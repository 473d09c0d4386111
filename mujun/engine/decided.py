"""What was decided about the ranked units, as columns for all units."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
from attrs import frozen

from mujun.engine.order import Bools, Ints
from mujun.engine.rank import Standing
from mujun.engine.select import NO_RESERVE, Chosen
from mujun.engine.tiers import NO_TIER, Division


@frozen(eq=False)
class Decided:
    """Rank, tier and selection. `chosen` is None where a scheme selects nobody by rank."""

    standing: Standing
    division: Division
    chosen: Chosen | None

    def columns(self, count: int) -> list[pl.Series]:
        """`rank`, `group_size`, `tier`, `tied_at_tier`, `selected`, `reserve`, `tied_at_cut` of `count` units by row.

        Whoever is not ranked has none of them.
        """
        tiers = self.standing.scheme.tiers
        names = pl.Series("tier", tiers.order if tiers is not None else [], dtype=pl.String)
        by_unit = self.division.order.by_unit
        tier = self._spread(by_unit(self.division.tier), count, NO_TIER)
        nobody = np.zeros(len(self.standing.rows), dtype=np.bool_)
        chosen = self.chosen or Chosen(nobody, nobody, np.full(len(nobody), NO_RESERVE, dtype=np.int64))
        return [
            self._numbers("rank", self.standing.rank, count),
            self._numbers("group_size", self.standing.group_size, count),
            names.gather(_known("tier", tier, NO_TIER).cast(pl.Int64)),
            pl.Series("tied_at_tier", self._spread(by_unit(self.division.tied), count, False)),
            pl.Series("selected", self._spread(chosen.selected, count, False)),
            self._numbers("reserve", chosen.reserve, count),
            pl.Series("tied_at_cut", self._spread(chosen.tied, count, False)),
        ]

    def _numbers(self, name: str, column: Ints, count: int) -> pl.Series:
        return _known(name, self._spread(column, count, 0), 0)

    def _spread(self, column: npt.NDArray[np.generic], count: int, nothing: object) -> npt.NDArray[np.generic]:
        if len(column) == count:
            return column
        made = np.full(count, nothing, dtype=column.dtype)
        made[self.standing.rows] = column
        return made


def _known(name: str, column: npt.NDArray[np.generic], nothing: int) -> pl.Series:
    """Null where there is nothing."""
    absent: Bools = np.equal(column, nothing)
    series = pl.Series(name, column)
    return series.set(pl.Series(absent), None) if absent.any() else series
