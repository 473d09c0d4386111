"""Land as parcels: registered, shared, leased in and out, so that by the plan's rule each firm has what it should have.

Counts in hundredths of a 亩, so that nothing is lost on the way: an area is written in 平方米 with two decimals, which
is exact to less than a ten-thousandth of a 亩.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, islice

import numpy as np
import polars as pl
from attrs import frozen

from mujun.dataset import KEY

COLUMNS = (
    *("unit", "parcel", "kind", "area", "share", "certificate", "certificate_date"),
    *("lease_start", "lease_end", "counterpart"),
)
CO_USERS = 12
"""On the largest shared plot, once a province."""

Cells = dict[str, object]


@frozen
class Firm:
    """`land` is in hundredths of a 亩."""

    key: str
    land: int
    county: str


def draw_parcels(rng: np.random.Generator, firms: pl.DataFrame, register: str) -> list[Cells]:
    """Records of all firms that report land, county by county; `county` says in whose file a record stands. Parcels of
    different registers are different parcels.
    """
    able = firms.filter(pl.col("land").is_not_null()).sort("county", KEY)
    land = (able["land"] * 100).round().cast(pl.Int64)
    rows = [Firm(*row) for row in zip(able[KEY], land, able["county"], strict=True)]
    records: list[Cells] = []
    for county, some in groupby(rows, key=lambda one: one.county):
        drawn = _Drawer(rng, f"{register}-{county}", CO_USERS if not records else 0)
        records += ({**record, "county": county} for record in drawn.records(iter(list(some))))
    return records


class _Drawer:
    def __init__(self, rng: np.random.Generator, prefix: str, plot: int) -> None:
        self.rng, self.prefix, self.plot, self.number = rng, prefix, plot, 0

    def records(self, firms: Iterator[Firm]) -> Iterator[Cells]:
        if self.plot:
            yield from self._shared(list(islice(firms, self.plot)))
        for firm in firms:
            drawn = self.rng.random()
            if firm.land == 0:
                yield from self._let(firm)
            elif drawn < 0.03:
                yield from self._shared([firm, *islice(firms, 2)])
            elif drawn < 0.10:
                yield from self._leased(firm, next(firms, None))
            elif drawn < 0.15 and firm.land > 100:
                part = firm.land // 3
                yield self._registered(firm, firm.land - part)
                yield self._registered(firm, part)
            else:
                yield self._registered(firm, firm.land)
                if drawn > 0.97:
                    yield self._lease("承租", firm.key, self._parcel(), 500, "", ended=True)

    def _shared(self, firms: Sequence[Firm]) -> Iterator[Cells]:
        """Each writes the whole plot and its share of it; who has no land has no share."""
        for one in firms:
            if one.land == 0:
                yield from self._let(one)
        firms = [one for one in firms if one.land > 0]
        parcel, whole = self._parcel(), sum(one.land for one in firms)
        for one in firms:
            share = float(one.land) if len(firms) > 1 else None
            yield {**self._record(one.key, parcel, "共用", whole), "share": share}

    def _leased(self, owner: Firm, tenant: Firm | None) -> Iterator[Cells]:
        """The tenant has part of the owner's parcel, and both say so."""
        if tenant is None or tenant.land < 10:
            yield self._registered(owner, owner.land)
            if tenant is not None:
                yield from [self._registered(tenant, tenant.land)] if tenant.land else self._let(tenant)
            return
        leased = max(1, int(tenant.land * (0.2 + 0.7 * self.rng.random())))
        first = self._registered(owner, owner.land + leased)
        parcel = str(first["parcel"])
        yield first
        out = self._lease("出租", owner.key, parcel, leased, tenant.key)
        yield out
        yield {**out, "unit": tenant.key, "kind": "承租", "counterpart": owner.key}
        yield self._registered(tenant, tenant.land - leased)

    def _let(self, owner: Firm) -> Iterator[Cells]:
        """All of it is let to somebody outside the round."""
        first = self._registered(owner, 800)
        yield first
        yield self._lease("出租", owner.key, str(first["parcel"]), 800, "")

    def _registered(self, firm: Firm, land: int) -> Cells:
        record = self._record(firm.key, self._parcel(), "登记", land)
        when = date(2003, 1, 1).toordinal() + int(self.rng.integers(0, 5000))
        day = date.fromordinal(when)
        return {
            **record,
            "certificate": f"示例（{day.year}）第{self.number:07d}号",
            "certificate_date": day,
        }

    def _lease(self, kind: str, unit: str, parcel: str, land: int, other: str, ended: bool = False) -> Cells:
        begins = date(2012 if ended else 2016, 1 + int(self.rng.integers(0, 12)), 1)
        ends = date(begins.year + 5, 12, 31)
        record = self._record(unit, parcel, kind, land)
        return {**record, "lease_start": begins, "lease_end": ends, "counterpart": other or None}

    def _parcel(self) -> str:
        self.number += 1
        return f"示例{self.prefix}-{self.number:05d}"

    def _record(self, unit: str, parcel: str, kind: str, land: int) -> Cells:
        empty: Cells = dict.fromkeys(COLUMNS)
        return {**empty, "unit": unit, "parcel": parcel, "kind": kind, "area": square_metres(land)}


def square_metres(land: int) -> float:
    """Of hundredths of a 亩, to two decimals: 1 亩 is 2,000/3 平方米."""
    return (land * 4000 + 3) // 6 / 100
