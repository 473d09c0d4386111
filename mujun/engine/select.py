"""Select inside the quota of each group, with a reserve; or take over an adopted list.

Decides nothing beyond the scheme.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from mujun.engine.order import Bools, Ints, Order
from mujun.engine.rank import Standing
from mujun.engine.scopes import Scope
from mujun.engine.split import Tie, count_marked, places_of, split_best
from mujun.engine.tiers import ROUNDING, Division
from mujun.scheme.model import Quota, Selection

NO_RESERVE = 0


@frozen(eq=False)
class Chosen:
    """Arrays by unit: who is selected, who is tied at the last place, and the place in the reserve."""

    selected: Bools
    tied: Bools
    reserve: Ints
    """From 1; NO_RESERVE for those who are not in it."""


def select_units(standing: Standing, division: Division) -> Chosen | None:
    """None where the scheme selects nobody by rank."""
    selection = standing.scheme.selection
    if selection is None or selection.quota is None:
        return None
    scope = standing.context.scopes[standing.scheme.group_by]
    order = standing.order(standing.scheme.group_by)
    limits = _places(selection.quota, scope, count_marked(order, np.ones(len(order.units), dtype=np.bool_)))
    candidate = _candidates(standing, division, selection, order)
    split = split_best(order, candidate, limits)
    stop = selection.at_the_cut == "stop"
    _report_ties(standing, scope, limits, split.ties, stop)
    chosen = split.inside if stop else split.inside | split.torn
    reserve = _reserve(order, candidate & ~chosen, selection.reserve, split.ties if stop else {})
    return Chosen(order.by_unit(chosen), order.by_unit(split.torn), order.by_unit(reserve))


def _candidates(standing: Standing, division: Division, selection: Selection, order: Order) -> Bools:
    """By place: who may be selected at all."""
    candidate = np.ones(len(standing.rows), dtype=np.bool_)
    for veto in standing.scheme.vetoes:
        candidate &= ~standing.marked(f"veto:{veto.id}")[order.units]
    if selection.from_tiers:
        tiers = standing.scheme.tiers
        known = tiers.order if tiers is not None else ()
        wanted = [known.index(tier) for tier in selection.from_tiers if tier in known]
        allowed = np.isin(division.tier, wanted)
        candidate &= allowed if division.order is order else division.order.by_unit(allowed)[order.units]
    if selection.minimum_score is not None:
        candidate &= (standing.score >= float(selection.minimum_score))[order.units]
    return candidate


def _reserve(order: Order, waiting: Bools, places: int, ties: Mapping[int, Tie]) -> Ints:
    """Those tied at the cut first, all of them, then the next until the number is full; ties come in together."""
    reserve = np.full(len(waiting), NO_RESERVE, dtype=np.int64)
    if not places:
        return reserve
    limits = dict.fromkeys(count_marked(order, waiting), places)
    limits |= {number: max(places, len(tie.units)) for number, tie in ties.items()}
    split = split_best(order, waiting, limits)
    listed = split.inside | split.torn
    reserve[listed] = places_of(order, waiting, listed)
    return reserve


def _places(quota: Quota, scope: Scope, ranked: Mapping[int, int]) -> dict[int, int]:
    """How many places each group has."""
    places = {}
    for number, labels in enumerate(scope.labels):
        if quota.share is not None:
            places[number] = ROUNDING[quota.rounding](quota.share * ranked.get(number, 0))
        else:
            places[number] = quota.by_group.get("/".join(labels), quota.default or 0)
    return places


def _report_ties(
    standing: Standing, scope: Scope, limits: Mapping[int, int], ties: Mapping[int, Tie], stop: bool
) -> None:
    fate = "按规则一个也未选，列在备选最前，须由推荐环节裁定" if stop else "按规则一并入选"
    for number, tie in ties.items():
        standing.context.record.tie(
            "cut_tie",
            scope.shown(number),
            standing.names(tie.units),
            f"第{limits[number]}个名额上有{len(tie.units)}个单位并列，{fate}。",
            "请核对这些单位的得分；如需区分，请在方案里写 tie_break。" if stop else "",
        )
