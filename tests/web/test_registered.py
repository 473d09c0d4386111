"""No edge whose act means more than its state is forgotten: each has a function that carries it out."""

from __future__ import annotations

from mujun.web.actions.step import carried_out
from mujun.web.programme import workflow

MOVES_ONLY = {"R3"}
"""Edges after which nothing but the state is different."""
MACHINES = ("round", "track", "values", "objection")


def test_every_edge_with_an_effect_is_carried_out() -> None:
    wanted = {one.id for name in MACHINES for one in workflow().machines[name].edges if one.effects}

    assert wanted - carried_out() - MOVES_ONLY == set()
