"""Guards of a domain from its plan to a frozen evaluation; W02, W03, W07 and W08 of the workflow's checks."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from mujun.workflow import Effect, Workflow
from mujun.workflow.states import RoundState, TrackState, ValuesState
from mujun.workflow.track_facts import ValuesSeen, Weight
from tests.workflow.good import against, ask
from tests.workflow.people import NOW, codes

CASES = [
    ("domain_free", "T1", {"exists": True}, ["本领域在本年度已经有了。请打开它；改方案请用“修订方案”。"]),
    (
        "round_under_way",
        "T3",
        {"round_state": RoundState.DRAFT},
        ["年度方案还没有印发，或已经提请审定。请待省亩均办印发年度方案；已提请的，须先退回。"],
    ),
    (
        "round_before_review",
        "T4",
        {"round_state": RoundState.REVIEW},
        ["年度行动不在“评价”“汇总”阶段。已经提请审定的，须先由领导小组退回。"],
    ),
    (
        "draft_begun",
        "T15",
        {"drafted": False, "weights": None, "scheme_errors": None, "scheme_hash": ""},
        [
            "还没有拟修订稿，没有可以印发的。请经办人打开现行方案，点“拟修订稿”，改好以后再来印发；在此以前现行方案照常有效。"
        ],
    ),
    (
        "draft_begun",
        "T2",
        {"drafted": False, "issued_scheme_hash": ""},
        ["还没有拟好的方案。请经办人先拟一稿。"],
    ),
    ("weights_add_up", "T2", {"weights": ()}, ["方案没有权重。请填写各项指标的权重。"]),
    (
        "weights_add_up",
        "T2",
        {"weights": (Weight(label="总分", parts=(Fraction(60), Fraction(3999, 100))),)},
        ["“总分”的权重合计为99.99，应为100。请核对各项权重。"],
    ),
    ("scheme_sound", "T2", {"scheme_errors": None}, ["方案的规则还没有检查。请先检查。"]),
    ("scheme_sound", "T2", {"scheme_errors": 2}, ["方案的规则还有2处错误。请逐处改好。"]),
    ("scheme_is_new", "T15", {"scheme_hash": "s1"}, ["规则与已印发的方案完全相同。没有修改就不必修订。"]),
    ("every_set_accepted", "T4", {"values": ()}, ["还没有任何数据。请先归集数据。"]),
    (
        "every_set_accepted",
        "T4",
        {"values": (ValuesSeen(label="税务", state=ValuesState.CITY_OK),)},
        ["“税务”还没有收下。请催办；确定不参评的，写明理由剔除。"],
    ),
    (
        "every_set_accepted",
        "T4",
        {"values": (ValuesSeen(label="甲厂", state=ValuesState.DISPUTED, contested=("F17",)),)},
        ["“甲厂”有争议（“F17”），不能当作已确认锁定。请数据提供部门更正，或书面说明理由不改。"],
    ),
    (
        "run_on_sealed_data",
        "T5",
        {"run_data_hash": "d0"},
        ["这次评价用的不是锁定的数据。请用锁定的数据重新运行评价。"],
    ),
    (
        "run_on_sealed_data",
        "T6",
        {"run_scheme_hash": ""},
        ["这次评价用的不是印发的方案。请用印发的方案重新运行评价。"],
    ),
    (
        "no_other_frozen_run",
        "T6",
        {"frozen_runs": 1},
        ["本领域已有一次定版的评价。一个领域一年只能有一次；要换，请先解锁使它作废。"],
    ),
    ("frozen_run_stands", "T7", {"frozen_runs": 0}, ["没有一次有效的定版评价。数据有变的，请重新锁定、评价、定版。"]),
    (
        "unlocked",
        "T14x",
        {"unlocked_before": False},
        ["本领域的数据没有锁定过，不存在解锁期限。归集期间照常填报即可。"],
    ),
    ("unlock_time_boxed", "T14", {"unlock_until": None}, ["没有写明解锁到何时。请写明，最长72小时。"]),
    (
        "unlock_time_boxed",
        "T14",
        {"unlock_until": NOW + timedelta(hours=73)},
        ["解锁期限2019年6月6日10:00不在今后72小时以内。请改为从现在起72小时以内。"],
    ),
    (
        "unlock_time_boxed",
        "T14",
        {"unlock_until": NOW},
        ["解锁期限2019年6月3日09:00不在今后72小时以内。请改为从现在起72小时以内。"],
    ),
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


def test_w02_weights_that_add_up_to_99_99_are_refused_with_their_sum_and_100_passes(workflow: Workflow) -> None:
    edge = workflow.edge("T2")
    for last, said in (
        (Fraction(3999, 100), ["“总分”的权重合计为99.99，应为100。请核对各项权重。"]),
        (Fraction(40), []),
    ):
        weights = (Weight(label="总分", parts=(Fraction(60), last)),)
        assert against(ask(edge, weights=weights)) == said


def test_three_thirds_of_a_hundred_add_up_exactly(workflow: Workflow) -> None:
    thirds = (Weight(label="总分", parts=(Fraction(100, 3),) * 3),)
    assert ask(workflow.edge("T2"), weights=thirds).allowed
    two = (Weight(label="总分", parts=(Fraction(100, 3),) * 2),)
    assert against(ask(workflow.edge("T2"), weights=two)) == ["“总分”的权重合计为200/3，应为100。请核对各项权重。"]


def test_w03_issued_plan_is_changed_only_by_a_new_one_with_its_own_number(workflow: Workflow) -> None:
    """Neither drawn up nor issued again; revised under another number, and what was evaluated by the old is void."""
    issued = TrackState.PLAN_ISSUED
    mend = "方案已经印发，不得直接改；要改请用“修订方案”，另取文号。"
    for name in ("T1e", "T2"):
        assert [one.mend for one in ask(workflow.edge(name), state=issued).reasons] == [mend]
    revise = workflow.edge("T15")
    taken = frozenset({"浙经信〔2019〕1号"})
    assert against(ask(revise, state=TrackState.FROZEN, numbers_taken=taken)) == [
        "文号“浙经信〔2019〕1号”已经用过。请核对发文登记簿，换一个号。"
    ]
    revised = ask(revise, state=TrackState.FROZEN, numbers_taken=taken, document_number="浙经信〔2019〕2号")
    assert {Effect.STORE_SCHEME, Effect.VOID_RUNS, Effect.VOID_LIST} <= set(revised.effects)
    assert codes(ask(workflow.edge("T6"), issued_scheme_hash="s2")) == ["run_on_other_scheme"]


def test_w07_lock_exception_takes_two_a_time_and_a_reason_and_voids_the_frozen_run(workflow: Workflow) -> None:
    edge = workflow.edge("T14")
    unlocked = ask(edge, state=TrackState.FROZEN)
    assert (unlocked.allowed, unlocked.effects) == (True, (Effect.VOID_RUNS, Effect.VOID_LIST))
    assert edge.target(TrackState.FROZEN) is TrackState.COLLECTING
    alone = ask(edge, state=TrackState.FROZEN, proposal=None, unlock_until=None, reason="")
    assert codes(alone) == ["not_proposed", "no_time_box", "no_reason"]


def test_w08_disputed_cell_is_not_locked_as_confirmed_and_stays_marked(workflow: Workflow) -> None:
    edge = workflow.edge("T4")
    open_one = ValuesSeen(label="甲厂", state=ValuesState.DISPUTED, contested=("F17",))
    assert codes(ask(edge, values=(open_one,))) == ["set_disputed"]
    refused = ValuesSeen(label="甲厂", state=ValuesState.ACCEPTED, contested=("F17",))
    locked = ask(edge, values=(refused,))
    assert (locked.allowed, locked.effects) == (True, (Effect.MARK_CONTESTED,))
    assert [one.message for one in locked.notes] == ["“甲厂”有争议的单元格：“F17”，各处都标明“有争议”。"]


def test_set_left_out_with_a_reason_does_not_hold_up_the_lock(workflow: Workflow) -> None:
    left_out = ValuesSeen(label="甲厂", state=ValuesState.DISPUTED, excluded="停产", contested=("F17",))
    assert ask(workflow.edge("T4"), values=(left_out,)).allowed
