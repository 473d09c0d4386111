"""The table of guards as a whole."""

from __future__ import annotations

import pytest

from mujun.workflow import Workflow
from mujun.workflow.facts import Facts
from mujun.workflow.guard import guard
from mujun.workflow.guards import GUARDS
from tests.workflow import (
    test_incentive_guards,
    test_list_guards,
    test_notice_guards,
    test_objection_guards,
    test_round_guards,
    test_shared_guards,
    test_track_guards,
    test_values_guards,
)
from tests.workflow.good import ask

TABLES = (
    test_incentive_guards,
    test_list_guards,
    test_notice_guards,
    test_objection_guards,
    test_round_guards,
    test_shared_guards,
    test_track_guards,
    test_values_guards,
)


def test_every_guard_is_shown_refusing() -> None:
    shown = {str(case[0]) for table in TABLES for case in table.CASES}
    assert set(GUARDS) - shown == {"reauthenticated"}  # asks about the actor: test_shared_guards has it by itself
    assert shown - set(GUARDS) == set()


def test_every_guard_stands_at_some_edge_and_every_edge_lets_pass(workflow: Workflow) -> None:
    assert {guard.name for edge in workflow.edges for guard in edge.guards} == set(GUARDS)
    assert [edge.id for edge in workflow.edges if not ask(edge).allowed] == []


def test_two_guards_of_one_name_are_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="two guards are called year_free"):
        guard("year_free", Facts)(lambda facts, at: [])
