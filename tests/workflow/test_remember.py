"""Who is remembered for what."""

from __future__ import annotations

from mujun.workflow import Act, Workflow, remember
from tests.workflow.good import FIRST, good


def test_whoever_does_and_whoever_proposed_are_remembered_beside_those_before(workflow: Workflow) -> None:
    edge = workflow.edge("R7")
    facts = good(edge, done={Act.NOTICE_OPENED: frozenset({"甲"}), Act.ROUND_DRAFTED: frozenset({"乙"})})
    assert remember(edge, facts, "丙") == {
        Act.ROUND_DRAFTED: frozenset({"乙"}),
        Act.NOTICE_OPENED: frozenset({"甲", "丙"}),
        Act.NOTICE_DRAFTED: frozenset({FIRST}),
    }


def test_step_that_records_nothing_leaves_all_as_it_was(workflow: Workflow) -> None:
    edge = workflow.edge("T9")
    facts = good(edge)
    assert remember(edge, facts, "丙") == facts.done
