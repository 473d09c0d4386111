"""Effects that follow only sometimes. All others follow whenever their edge is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mujun.workflow.acts import Effect
from mujun.workflow.facts import Facts
from mujun.workflow.objection_facts import ObjectionFacts
from mujun.workflow.objection_guards import is_late
from mujun.workflow.round_facts import Outcome, RoundFacts
from mujun.workflow.states import IncentiveState, RoundState
from mujun.workflow.track_facts import TrackFacts


def follow(effects: tuple[Effect, ...], facts: Facts) -> tuple[Effect, ...]:
    """Those of an edge's effects that these facts call for."""
    return tuple(one for one in effects if one not in _WHEN or _WHEN[one](facts))


def _contested(facts: Any) -> bool:
    return isinstance(facts, TrackFacts) and any(one.contested for one in facts.values or ())


def _late(facts: Any) -> bool:
    return isinstance(facts, ObjectionFacts) and is_late(facts)


def _adopted(facts: Any) -> bool:
    return isinstance(facts, ObjectionFacts) and facts.adopted_list


def _not_agreed(facts: Any) -> bool:
    outcomes = facts.minutes.outcomes.values() if isinstance(facts, RoundFacts) and facts.minutes else ()
    return Outcome.NOT_AGREED in outcomes


def _names_added(facts: Any) -> bool:
    """After a decision taken anew; a round that never was on notice gets its first one anyway."""
    if not isinstance(facts, RoundFacts):
        return False
    return bool(facts.names - frozenset().union(*(one.names for one in facts.notices)))


def _noticed(facts: Any) -> bool:
    return isinstance(facts, RoundFacts) and bool(facts.notices)


def _before_collecting(facts: Any) -> bool:
    return isinstance(facts, TrackFacts) and facts.round_state is RoundState.PLANNED


def _place_taken(facts: Facts) -> bool:
    return facts.state in (IncentiveState.CLAIMED, IncentiveState.CHECKED)


_WHEN: dict[Effect, Callable[[Facts], bool]] = {
    Effect.MARK_CONTESTED: _contested,
    Effect.MARK_LATE: _late,
    Effect.FORWARD_TO_ISSUER: _adopted,
    Effect.DROP_ITEMS: _not_agreed,
    Effect.NEW_NOTICE_NEEDED: _names_added,
    Effect.STATE_PUBLICLY: _noticed,
    Effect.START_EVALUATING: _before_collecting,
    Effect.RELEASE_PLACE: _place_taken,
}
