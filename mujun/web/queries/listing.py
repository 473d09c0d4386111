"""Draw a list from ranked candidates inside the quota, with what somebody leaves out. Pure; decides no tie.

Whoever is left out makes room for the next. Units of one rank that do not all fit
are torn: neither is taken. Only if all of them are left out together, with a reason, is that settled, and then nobody
ranked below takes the place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby

from attrs import field, frozen

from mujun.web.models import Nomination, NominationItem, Run, RunUnit
from mujun.web.queries.outcomes import Status

LeftOut = Mapping[str, str]
"""The reason by key; it may still be empty in a draft."""


@frozen
class Drawn:
    """In the order of groups and ranks."""

    listed: tuple[RunUnit, ...] = ()
    waiting: tuple[RunUnit, ...] = ()
    passed_over: tuple[RunUnit, ...] = ()
    torn: tuple[RunUnit, ...] = ()


@frozen
class _Group:
    listed: list[RunUnit] = field(factory=list)
    waiting: list[RunUnit] = field(factory=list)
    passed_over: list[RunUnit] = field(factory=list)
    torn: list[RunUnit] = field(factory=list)


def candidates_of(run: Run, scheme: str) -> list[RunUnit]:
    """Best first within each group."""
    found = RunUnit.objects.filter(run=run, scheme=scheme, status=Status.CANDIDATE, rank__isnull=False)
    return list(found.order_by("group", "rank", "key"))


def draw_list(
    candidates: Iterable[RunUnit],
    places: Mapping[str, int | None],
    left_out: LeftOut,
    *,
    ties_included: bool = False,
    reserve: int = 0,
) -> Drawn:
    groups: dict[str, list[RunUnit]] = defaultdict(list)
    for unit in candidates:
        groups[unit.group].append(unit)
    drawn = [_draw(groups[name], places.get(name) or 0, left_out, ties_included, reserve) for name in sorted(groups)]
    return Drawn(
        tuple(unit for one in drawn for unit in one.listed),
        tuple(unit for one in drawn for unit in one.waiting),
        tuple(unit for one in drawn for unit in one.passed_over),
        tuple(unit for one in drawn for unit in one.torn),
    )


def _draw(units: list[RunUnit], room: int, left_out: LeftOut, ties_included: bool, reserve: int) -> _Group:
    group = _Group()
    for _, together in groupby(units, lambda unit: unit.rank):
        members = list(together)
        out = [unit for unit in members if unit.key in left_out]
        if room <= 0:
            group.waiting.extend(unit for unit in members if unit not in out)
        elif len(members) <= room or ties_included:
            group.passed_over.extend(out)
            group.listed.extend(unit for unit in members if unit not in out)
            room -= len(members) - len(out)
        elif len(out) == len(members):
            group.passed_over.extend(out)
            room = 0
        else:
            group.torn.extend(members)
            room = 0
    del group.waiting[reserve:]
    return group


def left_out_in(form: Mapping[str, object]) -> dict[str, str]:
    """What a form leaves out, by key, with the reason."""
    rows = form.get("left_out") or []
    assert isinstance(rows, list)
    return {str(one["key"]): str(one.get("reason", "")).strip() for one in rows}


def left_out_of(nomination: Nomination) -> dict[str, str]:
    """What a list that is there left out."""
    rows = nomination.items.filter(kind=NominationItem.Kind.PASSED_OVER)
    return dict(rows.values_list("key", "reason"))
