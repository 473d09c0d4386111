"""Orders and cuts of two small scopes, by hand."""

from __future__ import annotations

import numpy as np

from mujun.engine.order import Order, order_units
from mujun.engine.split import count_marked, places_of, split_best

SCOPE = [0, 0, 0, 0, 2, 2, 2]
SCORE = [5.0, 7.0, 5.0, 1.0, 3.0, 3.0, 9.0]


def order(breaks: list[list[float]] | None = None) -> Order:
    return order_units(np.array(SCOPE), np.array(SCORE), [np.array(one) for one in breaks or []], 1)


def test_best_first_inside_scopes_and_the_tied_share_a_run() -> None:
    made = order()
    assert made.units.tolist() == [1, 0, 2, 3, 6, 4, 5]
    assert (made.scopes.tolist(), made.starts.tolist()) == ([0, 2], [0, 4, 7])
    assert made.runs.tolist() == [0, 1, 3, 4, 5, 7]
    assert made.by_unit(made.ranks()).tolist() == [2, 1, 2, 4, 2, 2, 1]


def test_tie_break_parts_the_tied() -> None:
    made = order([[2.0, 0.0, 1.0, 0.0, 4.0, 4.0, 0.0]])
    assert made.by_unit(made.ranks()).tolist() == [3, 1, 2, 4, 2, 2, 1]


def test_scores_too_large_to_pack_are_ordered_alike() -> None:
    made = order_units(np.array(SCOPE), np.array(SCORE) * 2.0**50, [], 1)
    assert (made.units.tolist(), made.runs.tolist()) == (order().units.tolist(), order().runs.tolist())


def test_nobody_has_an_order_without_places() -> None:
    made = order_units(np.array([], dtype=np.int64), np.array([]), [], 1)
    assert (made.units.tolist(), made.ranks().tolist(), count_marked(made, np.array([], dtype=np.bool_))) == (
        [],
        [],
        {},
    )


def test_cut_through_a_tie_tears_it_and_one_beside_it_does_not() -> None:
    """After two places of scope 0 the cut runs between the tied at places 2 and 3; in scope 2 it spares them."""
    split = split_best(order(), np.ones(7, dtype=np.bool_), {0: 2, 2: 1})
    assert split.inside.tolist() == [True, False, False, False, True, False, False]
    assert split.torn.tolist() == [False, True, True, False, False, False, False]
    assert {scope: (tie.first, tie.last, tie.units.tolist()) for scope, tie in split.ties.items()} == {
        0: (2, 3, [0, 2])
    }


def test_only_the_counted_take_places_and_only_those_asked_are_tied() -> None:
    counted = np.array([False, True, True, True, True, True, True])
    split = split_best(order(), counted, {0: 1, 2: 9}, np.zeros(7, dtype=np.bool_))
    assert split.inside.tolist() == [False, False, False, False, True, True, True]
    assert (split.torn.tolist(), split.ties) == ([False, True, True, False, False, False, False], {})
    assert count_marked(order(), counted) == {0: 3, 2: 3}
    assert places_of(order(), counted, counted).tolist() == [1, 1, 3, 1, 2, 2]
