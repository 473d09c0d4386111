"""Guards of a round up to its decision: each refuses with its reason, and W14's quorum without the recused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from mujun.workflow import Effect, Workflow
from mujun.workflow.conflict import Item
from mujun.workflow.round_facts import CalendarStep, Outcome, TrackSeen
from mujun.workflow.states import TrackState
from tests.workflow.good import MEMBERS, MINUTES, NAMES, OVER, against, ask

CASES = [
    (
        "year_free",
        "R1",
        {"years_taken": frozenset({2019})},
        ["2019年已有一个年度行动。请打开它；确要重来的，先取消原来的。"],
    ),
    ("calendar_complete", "R2", {"calendar": ()}, ["没有安排日程。请按通知三的各步填写起止日期。"]),
    (
        "calendar_complete",
        "R2",
        {"calendar": (CalendarStep(label="评价", ends=None),)},
        ["日程“评价”没有截止日期。请填写；原文没有写的，注明“原文未定”。"],
    ),
    (
        "document_number_right",
        "R2",
        {"document_number": "浙亩均办[2019]4号"},
        ["文号“浙亩均办[2019]4号”的写法不对。应如“浙亩均办〔2019〕1号”：年份四位、用六角括号〔〕，序号不编虚位。"],
    ),
    (
        "document_number_right",
        "R2",
        {"document_number": "浙亩均办〔2019〕04号"},
        ["文号“浙亩均办〔2019〕04号”的写法不对。应如“浙亩均办〔2019〕1号”：年份四位、用六角括号〔〕，序号不编虚位。"],
    ),
    (
        "document_number_right",
        "R2",
        {"document_number": "浙亩均办〔19〕4号"},
        ["文号“浙亩均办〔19〕4号”的写法不对。应如“浙亩均办〔2019〕1号”：年份四位、用六角括号〔〕，序号不编虚位。"],
    ),
    (
        "plan_issued",
        "R3",
        {"tracks": (TrackSeen(label="制造业", state=TrackState.PLAN_DRAFT),)},
        ["还没有一个领域印发了具体方案。请牵头部门先印发方案。", "还没有一个领域开始归集数据。请牵头部门先开放填报。"],
    ),
    (
        "collecting_begun",
        "R3",
        {"tracks": (TrackSeen(label="制造业", state=TrackState.PLAN_ISSUED),)},
        ["还没有一个领域开始归集数据。请牵头部门先开放填报。"],
    ),
    (
        "every_track_accepted",
        "R4",
        {"tracks": (TrackSeen(label="制造业", state=TrackState.SUBMITTED),)},
        ["“制造业”的推荐名单还没有接收。请催报并接收；确定本年度不列入的，写明理由正式剔除。"],
    ),
    ("every_track_accepted", "R4", {"tracks": ()}, ["本年度没有任何领域。请先建立各领域。"]),
    (
        "every_track_accepted",
        "R4",
        {"tracks": (TrackSeen(label="制造业", state=TrackState.COLLECTING, left_out="暂缓"),)},
        ["各领域都剔除了，没有可汇总的名单。请至少保留一个领域，或取消年度行动。"],
    ),
    ("duplicates_resolved", "R5", {"duplicates": None}, ["还没有核对跨领域重复。请先核对。"]),
    (
        "duplicates_resolved",
        "R5",
        {"duplicates": ("甲厂",)},
        ["“甲厂”在几个领域的名单里重复。请逐个商有关部门确定保留在哪个领域。"],
    ),
    (
        "pack_stands",
        "R6",
        {"pack_hash": ""},
        ["现在的名单与提请审定时的会议材料不一致。请查明改动，由领导小组“审定退回”，重新汇总、定稿后再提请。"],
    ),
    ("pack_fixed", "R5", {"pack_hash": ""}, ["会议材料还没有定稿。请先定稿并计算哈希值，提请后不再改动。"]),
    (
        "every_item_decided",
        "R6",
        {"minutes": evolve(MINUTES, outcomes={"i1": Outcome.AGREED})},
        ["纪要里没有“乙厂”的审定结果。请逐项录入“同意”“不同意”或“退回”。"],
    ),
    (
        "none_sent_back",
        "R6",
        {"minutes": evolve(MINUTES, outcomes={"i1": Outcome.AGREED, "i2": Outcome.SENT_BACK})},
        ["“乙厂”的审定结果是“退回”。请按“审定退回”办理，由部门改好再报。"],
    ),
    ("quorum_holds", "R6r", {"items": ()}, ["没有列出审定事项，无法核对应到、实到人数。请先列出会议审定的事项。"]),
    (
        "quorum_holds",
        "R6",
        {
            "items": (Item(key="i1", label="甲厂", places=frozenset()),),
            "minutes": evolve(MINUTES, present=frozenset({"m1", "m2"})),
        },
        ["人数不足。甲厂：应到5人，实到2人，须3人。请另行开会审定这一项。"],
    ),
    (
        "quorum_holds",
        "R6",
        {
            "items": (Item(key="i1", label="甲厂", places=frozenset()),),
            "minutes": evolve(MINUTES, members=(*MEMBERS[:4], evolve(MEMBERS[4], places=None))),
        },
        ["没有登记“委员5”来自哪里，“甲厂”无法核对回避。请先补登记。"],
    ),
    ("tracks_named", "R6r", {"minutes": evolve(MINUTES, tracks=frozenset())}, ["纪要没有写明退回哪些领域。请写明。"]),
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


def test_late_date_of_the_calendar_is_shown_and_not_refused(workflow: Workflow) -> None:
    """The notice itself is dated after the quarter it gives its first step."""
    calendar = (
        CalendarStep(label="制定工作方案", ends=date(2019, 3, 31)),
        CalendarStep(label="评价", ends=date(2019, 6, 30)),
        CalendarStep(label="印发", ends=None, left_open=True),
    )
    decision = ask(workflow.edge("R2"), calendar=calendar)
    assert (decision.allowed, [one.message for one in decision.notes]) == (
        True,
        ["日程“制定工作方案”应于2019年3月31日前完成，已逾期。"],
    )


def test_domain_left_out_with_a_reason_does_not_hold_up_compiling(workflow: Workflow) -> None:
    tracks = (
        TrackSeen(label="制造业", state=TrackState.ACCEPTED),
        TrackSeen(label="服务业", state=TrackState.COLLECTING, left_out="试评价，暂缓"),
    )
    assert ask(workflow.edge("R4"), tracks=tracks).allowed


def test_w14_member_from_the_county_is_recused_the_quorum_counted_anew_and_the_minutes_say_so(
    workflow: Workflow,
) -> None:
    """Of five members one comes from 黄岩区: four are left, three of them are needed, and two will not do."""
    item = Item(key="i1", label="黄岩区", places=frozenset({"黄岩区"}))
    members = (evolve(MEMBERS[0], places=frozenset({"黄岩区"})), *MEMBERS[1:])
    answers = []
    for present in (("m1", "m2", "m3"), ("m1", "m2", "m3", "m4")):
        minutes = evolve(MINUTES, members=members, present=frozenset(present))
        decision = ask(workflow.edge("R6"), items=(item,), minutes=minutes)
        answers.append([decision.allowed, *(one.message for one in [*decision.reasons, *decision.notes])])
    assert answers == [
        [False, "人数不足。黄岩区：委员1来自黄岩区，回避；应到4人，实到2人，须3人。"],
        [True, "黄岩区：委员1来自黄岩区，回避；应到4人，实到3人，须3人。"],
    ]


def test_not_agreed_shortens_the_list(workflow: Workflow) -> None:
    minutes = evolve(MINUTES, outcomes={"i1": Outcome.AGREED, "i2": Outcome.NOT_AGREED})
    assert Effect.DROP_ITEMS in ask(workflow.edge("R6"), minutes=minutes).effects
    assert Effect.DROP_ITEMS not in ask(workflow.edge("R6")).effects


def test_new_notice_is_needed_for_names_added_and_not_for_names_removed(workflow: Workflow) -> None:
    edge = workflow.edge("R6")
    needed = {
        label: Effect.NEW_NOTICE_NEEDED in ask(edge, names=names, notices=(OVER,)).effects
        for label, names in (("added", NAMES | {"丁厂"}), ("removed", frozenset({"甲厂"})))
    }
    assert needed == {"added": True, "removed": False}


def test_evaluating_begins_with_the_first_domain_that_collects(workflow: Workflow) -> None:
    tracks = (
        TrackSeen(label="制造业", state=TrackState.PLAN_DRAFT),
        TrackSeen(label="服务业", state=TrackState.COLLECTING),
        TrackSeen(label="高新区", state=TrackState.PLAN_ISSUED),
    )
    assert ask(workflow.edge("R3"), tracks=tracks).allowed
