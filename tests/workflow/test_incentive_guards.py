"""Guards of an incentive; W24's guard of places."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mujun.workflow import Effect, Workflow
from mujun.workflow.states import IncentiveState
from tests.workflow.good import against, ask
from tests.workflow.people import NOW, codes

CASES = [
    ("measure_named", "I1", {"measure": ""}, ["没有写明依据哪份激励措施文件。请选定已会签的文件和条款。"]),
    (
        "title_stands",
        "I2",
        {"title_stands": None},
        ["没有有效的领跑者称号。请核对印发的名单；称号已撤销的，不再享受激励。"],
    ),
    ("title_withdrawn", "I8", {"title_stands": None}, ["称号没有被撤销。收回激励须先按纪要撤销称号。"]),
    ("place_left", "I2", {"places_left": None}, ["没有写明这项激励有多少名额。请兑现单位写明，或注明不限名额。"]),
    ("place_left", "I2", {"places_left": 0}, ["这项激励的名额已经用完。请关注是否追加，或选择其他激励。"]),
    ("stacks", "I2", {"excluded_by": None}, ["还没有核对能否同已享受的激励叠加。请先核对。"]),
    ("stacks", "I2", {"excluded_by": ("用地指标",)}, ["已享受“用地指标”，不能叠加。请二者选一。"]),
    ("stacks", "I3", {"over_ceiling": ("财政奖励",)}, ["超过“财政奖励”的上限。请核对已享受的数额。"]),
    (
        "not_expired",
        "I2",
        {"expires_at": NOW - timedelta(minutes=1)},
        ["这项激励已于2019年6月3日08:59到期。请联系兑现单位。"],
    ),
    ("expired", "I7", {"expires_at": NOW}, ["这项激励没有到期。到期以前不得作废。"]),
    ("evidence_present", "I4", {"evidence_hash": ""}, ["没有兑现凭证。请上传文件、拨付单等凭证。"]),
]
"""A guard, an edge that has it, what is not well, and all that is then said against it."""


@pytest.mark.parametrize(("guard", "edge", "changed", "said"), CASES)
def test_guard_refuses_with_its_reason(
    workflow: Workflow, guard: str, edge: str, changed: dict[str, Any], said: list[str]
) -> None:
    found = workflow.edge(edge)
    assert guard in [one.name for one in found.guards]
    assert ask(found).allowed
    assert against(ask(found, **changed)) == said


def test_w24_last_place_is_taken_with_the_claim_and_there_is_none_after_it(workflow: Workflow) -> None:
    """That a hundred claims at once take a hundred places is the web application's test; here the guard."""
    claim = workflow.edge("I2")
    assert ask(claim, places_left=1).effects == (Effect.TAKE_PLACE,)
    assert codes(ask(claim, places_left=0)) == ["no_place_left"]
    assert ask(claim, places_left=None, unlimited=True).allowed


def test_place_is_released_where_one_was_taken(workflow: Workflow) -> None:
    revoke = workflow.edge("I8")
    assert ask(revoke, state=IncentiveState.OFFERED).effects == ()
    assert ask(revoke, state=IncentiveState.CLAIMED).effects == (Effect.RELEASE_PLACE,)
    assert ask(workflow.edge("I3r")).effects == (Effect.RELEASE_PLACE,)


def test_claim_made_in_time_does_not_expire_while_it_is_checked(workflow: Workflow) -> None:
    assert codes(ask(workflow.edge("I7"), state=IncentiveState.CLAIMED)) == ["wrong_state"]


def test_last_moment_is_in_time_for_a_claim(workflow: Workflow) -> None:
    assert ask(workflow.edge("I2"), expires_at=NOW).allowed
