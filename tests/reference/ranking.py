"""Ranks, tiers and selection of units that have a score. Knows nothing of how the scores were made."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cmp_to_key
from typing import Any

from . import arithmetic, formula
from .columns import Scope, Unit, scope_text, value_text
from .rounds import Round


@dataclass
class Placed:
    """A ranked unit and its places."""

    unit: Unit
    score: Fraction
    tie_break: tuple[Any, ...]  # each from high to low, missing last
    rank: int = 0
    group_size: int = 0
    tier: str | None = None
    selected: bool = False
    reserve: int | None = None
    flags: list[str] = field(default_factory=list)


def tied(a: Placed, b: Placed) -> bool:
    """Tied means equal score and equal tie-breaks."""
    return a.score == b.score and a.tie_break == b.tie_break


def _compare(a: Placed, b: Placed) -> int:
    """Negative where a is better."""
    for left, right in zip((a.score, *a.tie_break), (b.score, *b.tie_break), strict=True):
        if left != right:
            if left is None or right is None:
                return 1 if left is None else -1
            return -1 if left > right else 1
    return 0


def best_first(placed: Sequence[Placed]) -> list[Placed]:
    """By score, then tie-breaks, then key (which decides nothing)."""
    return sorted(sorted(placed, key=lambda p: p.unit.key), key=cmp_to_key(_compare))


def by_scope(round: Round, placed: Sequence[Placed], over: Any) -> dict[Scope, list[Placed]]:
    """The units of each scope, best first."""
    scopes: dict[Scope, list[Placed]] = {}
    for one in best_first(placed):
        scopes.setdefault(one.unit.scope(round.over(over)), []).append(one)
    return scopes


def comparable(value: Any) -> Any:
    """A variable in a tie-break: numbers, text by code point, dates, truth values."""
    if isinstance(value, formula.Quantity):
        return value.number
    return value if isinstance(value, Fraction | str | bool | datetime.date) else None


def rank(round: Round, placed: list[Placed]) -> None:
    """1 for the best in its group; ties share the least."""
    for group in by_scope(round, placed, "group").values():
        for place, one in enumerate(group):
            one.rank = group[place - 1].rank if place and tied(group[place - 1], one) else place + 1
            one.group_size = len(group)


# --- tiers ---

Meets = Callable[[Placed, dict[str, Any]], bool]


def place_in_tiers(round: Round, placed: list[Placed], meets: Meets) -> None:
    """Levels are tried in their order, in every scope."""
    tiers = round.scheme.get("tiers")
    if not tiers:
        return
    lowest = {veto["id"] for veto in round.scheme.get("vetoes") or [] if veto["effect"] == "lowest_tier"}
    for one in placed:
        outside = (lv for lv in tiers["levels"] if lv.get("outside_quota") and meets(one, lv))
        if lowest & set(one.unit.vetoed):
            one.tier = tiers["order"][-1]
        elif level := next(outside, None):
            one.tier = level["tier"]
    for scope, units in by_scope(round, [one for one in placed if one.tier is None], tiers.get("over")).items():
        _share_out(round, scope, units, meets)


def _share_out(round: Round, scope: Scope, units: list[Placed], meets: Meets) -> None:
    """Give the units of one scope, best first, to the levels."""
    tiers = round.scheme["tiers"]
    carried = {"top": 0, "bottom": 0}  # what ties took from (+) or added to (−) the levels so far on each side
    for level in tiers["levels"]:
        if level.get("outside_quota"):
            continue
        candidates = [one for one in units if one.tier is None and meets(one, level)]
        side = "bottom" if level.get("from") == "bottom" else "top"
        if side == "bottom":
            candidates.reverse()
        room = _room(level, units, candidates, carried[side])
        if room is None:
            taken = len(candidates)
        elif "up_to" in level:
            taken, room = _up_to(round, scope, units, candidates, room, _ties_go_in(level, tiers, side))
            carried[side] = room - taken
        else:
            taken = _whole_ties(round, scope, candidates, room, _ties_go_in(level, tiers, side))
            carried[side] = min(room, len(candidates)) - taken if room >= 0 else room
        for one in candidates[:taken]:
            one.tier = level["tier"]


def _room(level: dict[str, Any], units: list[Placed], candidates: list[Placed], carried: int) -> int | None:
    """How many places a level has before ties are looked at; None for as many as there are candidates.

    `share` is rounding(share × units of that scope), of the whole scope and never of the remainder.
    `up_to: 0.3` means rank ≤ 0.3 × n, cumulative, counted from the top of the scope.
    """
    share = level.get("share", level.get("up_to"))
    if share is None:
        return None
    count = arithmetic.rounded_count(Fraction(share) * len(units), level.get("rounding", "floor"))
    return count + carried if "share" in level else count


def _up_to(
    round: Round, scope: Scope, units: list[Placed], candidates: list[Placed], limit: int, go_in: bool
) -> tuple[int, int]:
    """How many candidates stand within the first places of the scope; and how many would, if those tied across the
    limit were parted and candidates among them came first: what ties took or added is the difference.
    """
    if not 0 < limit < len(units) or not tied(units[limit - 1], units[limit]):
        within = sum(any(one is other for other in units[:limit]) for one in candidates)
        return within, within
    block = [i for i, one in enumerate(units) if tied(one, units[limit])]
    asked = [one for one in candidates if tied(one, units[limit])]
    before = sum(any(one is other for other in units[: block[0]]) for one in candidates)
    for one in asked:
        one.flags.append("档次线并列")
    if asked:
        round.find("tier_tie", scope_text(scope))
    return before + len(asked) if go_in else before, before + min(limit - block[0], len(asked))


def _ties_go_in(level: dict[str, Any], tiers: dict[str, Any], side: str) -> bool:
    """Into the worse level (`ties: up` into the better); at the bottom the worse is the level itself."""
    up = level.get("ties", tiers.get("ties")) == "up"
    return up if side == "top" else not up


def _whole_ties(round: Round, scope: Scope, candidates: list[Placed], room: int, go_in: bool) -> int:
    """Move the cut so that it parts no tied units; a finding names them."""
    if not 0 < room < len(candidates) or not tied(candidates[room - 1], candidates[room]):
        return min(max(room, 0), len(candidates))
    block = [i for i, one in enumerate(candidates) if tied(one, candidates[room])]
    for i in block:
        candidates[i].flags.append("档次线并列")
    round.find("tier_tie", scope_text(scope))
    return block[-1] + 1 if go_in else block[0]


# --- selection ---


def select(round: Round, placed: list[Placed]) -> None:
    """By group: ranked, without any veto, tier in `from_tiers`, score at least `minimum_score`, best first."""
    rule = round.scheme.get("selection")
    if not rule or "adopt" in rule:
        return
    for scope, group in by_scope(round, placed, "group").items():
        candidates = [
            one
            for one in group
            if not one.unit.vetoed
            and ("from_tiers" not in rule or one.tier in rule["from_tiers"])
            and ("minimum_score" not in rule or one.score >= Fraction(rule["minimum_score"]))
        ]
        first, last = _cut(round, scope, candidates, _quota(rule["quota"], scope, len(group)))
        taken = last if rule.get("at_the_cut", "stop") == "include_ties" else first
        for one in candidates[:taken]:
            one.selected = True
        _reserve(candidates[taken:], last - taken, rule.get("reserve") or 0)


def _quota(said: Any, scope: Scope, ranked: int) -> int:
    """Places of a group: a number, by group, or a share of its ranked units."""
    if not isinstance(said, dict):
        return int(said)
    if "share" in said:
        return arithmetic.rounded_count(Fraction(said["share"]) * ranked, said.get("rounding", "floor"))
    groups = said["by_group"]
    return int(groups.get("/".join(value_text(value) for _, value in scope), groups.get("default", 0)))


def _cut(round: Round, scope: Scope, candidates: list[Placed], quota: int) -> tuple[int, int]:
    """Where those surely in end, and where those tied at the cut end."""
    if not 0 < quota < len(candidates) or not tied(candidates[quota - 1], candidates[quota]):
        return min(quota, len(candidates)), min(quota, len(candidates))
    block = [i for i, one in enumerate(candidates) if tied(one, candidates[quota])]
    for i in block:
        candidates[i].flags.append("入选线并列")
    round.find("cut_tie", scope_text(scope))
    return block[0], block[-1] + 1


def _reserve(waiting: list[Placed], tied_at_the_cut: int, number: int) -> None:
    """Those tied at the cut first, all of them, then the next until the number is full; ties come in together."""
    if not number:
        return
    for place, one in enumerate(waiting):
        together = place > 0 and tied(waiting[place - 1], one)
        if place >= max(number, tied_at_the_cut) and not together:
            return
        one.reserve = waiting[place - 1].reserve if together else place + 1
