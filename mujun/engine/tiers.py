"""Divide ranked units into tiers, level by level. Shares are of the whole scope, never of the remainder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor

import numpy as np
import numpy.typing as npt
from attrs import define

from mujun.engine.order import Bools, Order
from mujun.engine.rank import Standing
from mujun.engine.scopes import Scope
from mujun.engine.split import Tie, count_marked, split_best
from mujun.rounding import half_up
from mujun.scheme.model import TierLevel, Tiers

ROUNDING: dict[str, Callable[[Fraction], int]] = {
    "floor": floor,
    "ceil": ceil,
    "half_up": lambda value: int(half_up(value, 0)),
}
NO_TIER = -1


@define(eq=False)
class Division:
    """What tiers the ranked units have got so far. Arrays are by place in `order`."""

    order: Order
    tier: npt.NDArray[np.int8]
    """Which of the scheme's tiers, best first; NO_TIER as long as there is none."""
    tied: Bools
    """Units tied across a boundary."""

    @property
    def open(self) -> Bools:
        """Who has no tier yet."""
        return np.equal(self.tier, NO_TIER)


def assign_tiers(standing: Standing) -> Division:
    """The tier of every ranked unit, in the order of the tiers' own scope.

    Units tied across a boundary go together into the worse level, or the better if `ties: up`.
    """
    scheme = standing.scheme
    tiers = scheme.tiers
    order = standing.order(scheme.group_by if tiers is None else scheme.scope_columns(tiers.over))
    count = len(order.units)
    division = Division(order, np.full(count, NO_TIER, dtype=np.int8), np.zeros(count, dtype=np.bool_))
    if tiers is None:
        return division
    scope = standing.context.scopes[scheme.scope_columns(tiers.over)]
    for veto in scheme.vetoes:
        if veto.effect == "lowest_tier":
            _place(division, standing.marked(f"veto:{veto.id}")[order.units], tiers, tiers.lowest)
    for position, level in enumerate(tiers.levels):
        if level.outside_quota:
            _place(division, _when(standing, order, position, level), tiers, level.tier)
    counted = division.open
    sizes = count_marked(order, counted)
    carry = {"top": dict.fromkeys(sizes, 0), "bottom": dict.fromkeys(sizes, 0)}
    for position, level in enumerate(tiers.levels):
        if level.outside_quota:
            continue
        asked = _when(standing, order, position, level)
        if level.share is None and level.up_to is None:
            _place(division, asked, tiers, level.tier)
        else:
            side = carry["bottom" if level.from_bottom else "top"]
            taken, ties = _take(division, counted, asked, level, sizes, side)
            _report_ties(standing, level, scope, ties)
            _place(division, taken, tiers, level.tier)
    return division


def _when(standing: Standing, order: Order, position: int, level: TierLevel) -> Bools:
    if level.when is None:
        return np.ones(len(order.units), dtype=np.bool_)
    return standing.marked(f"level:{position}")[order.units]


def _place(division: Division, chosen: Bools, tiers: Tiers, tier: str) -> None:
    """Put the chosen units that are still open into a tier."""
    division.tier[division.open & chosen] = tiers.order.index(tier)


def _take(
    division: Division,
    counted: Bools,
    asked: Bools,
    level: TierLevel,
    sizes: Mapping[int, int],
    carry: dict[int, int],
) -> tuple[Bools, Mapping[int, Tie]]:
    """The best (or worst) of the open units. `carry` is what ties took from this level's side so far."""
    order = division.order
    share = level.share if level.share is not None else level.up_to
    assert share is not None
    places = {number: ROUNDING[level.rounding](share * size) for number, size in sizes.items()}
    candidate = division.open & asked
    owed = dict.fromkeys(carry, 0)
    if level.share is not None:
        owed = {number: min(count + carry[number], 0) for number, count in places.items()}
        places = {number: max(count + carry[number], 0) for number, count in places.items()}
    cuts = places
    taking: Mapping[int, int] = {}
    if level.from_bottom:
        taking = count_marked(order, candidate)
        cuts = {number: max(taking[number] - count, 0) for number, count in places.items()}
    split = split_best(order, counted if level.up_to is not None else candidate, cuts, candidate)
    keeps_ties = (level.ties == "up") != level.from_bottom
    inside = ~split.inside & ~split.torn if level.from_bottom else split.inside
    division.tied |= candidate & split.torn
    carry.update(owed)
    for number, tie in split.ties.items():
        if level.from_bottom:
            boundary = taking[number] - (tie.first - 1 if keeps_ties else tie.last)
            carry[number] = places[number] - boundary
        else:
            due = min(places[number] - tie.first + 1, len(tie.units))
            carry[number] = due - len(tie.units) if keeps_ties else due
    return candidate & (inside | split.torn if keeps_ties else inside), split.ties


def _report_ties(standing: Standing, level: TierLevel, scope: Scope, ties: Mapping[int, Tie]) -> None:
    fate = "一并归入较差一档" if level.ties == "down" else "一并归入较好一档"
    for number, tie in ties.items():
        standing.context.record.tie(
            "tier_tie",
            scope.shown(number),
            standing.names(tie.units),
            f"档次“{level.tier}”的界线上有{len(tie.units)}个单位并列，{fate}。",
            "请核对这些单位的得分；如需区分，请在方案里写 tie_break。",
        )
