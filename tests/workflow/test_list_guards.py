"""Guards of a domain's list; W12 and W21 of the workflow's checks."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from mujun.workflow import Act, Role, Target, Workflow, decide, remember
from mujun.workflow.states import RoundState, TrackState
from mujun.workflow.track_facts import Deviation
from tests.workflow.good import ADOPTED, against, ask, good, holder
from tests.workflow.people import NOW, codes

CASES = [
    ("ties_settled", "T7", {"unsettled_ties": None}, ["还没有核对末位并列。请先由评价结果生成名单。"]),
    (
        "ties_settled",
        "T7",
        {"unsettled_ties": ("乙厂", "丙厂")},
        [
            "末位名额上“乙厂”“丙厂”并列，方案没有规定怎么取舍。请修订方案补上并列规则，或把并列的都不列入并写明理由，不得自行取舍。"
        ],
    ),
    ("deviations_reasoned", "T8", {"deviations": None}, ["还没有核对名单与名次是否一致。请先核对。"]),
    (
        "deviations_reasoned",
        "T8",
        {"deviations": (Deviation(label="丙厂", reason=" "),)},
        ["“丙厂”没有按名次推荐，也没有写理由。请逐个写明理由，它会列入会议材料。"],
    ),
    (
        "adopted_document_complete",
        "T7a",
        {"adopted": evolve(ADOPTED, document_number="", file_hash="")},
        ["采用的文件缺少“文号”“扫描件”。请照省政府办公厅公布的文件补齐。"],
    ),
    (
        "differences_explained",
        "T7a",
        {"adopted": evolve(ADOPTED, differences=None)},
        ["采用的名单还没有同综合评议的排名对照。请先对照，逐个列出差异。"],
    ),
    (
        "differences_explained",
        "T7a",
        {"adopted": evolve(ADOPTED, differences=("黄岩区",))},
        ["“黄岩区”与综合评议的排名不一致，没有说明。请逐个说明。"],
    ),
    (
        "list_unchanged_since_signed",
        "T10",
        {"list_hash": "l2"},
        ["名单与签发的不一致。请恢复签发的名单，或改好后重新签发。"],
    ),
    (
        "data_stand_if_returned",
        "T12",
        {"state": TrackState.RETURNED, "data_must_change": True},
        ["退回意见要求改数据，或没有说明要不要改。要改数据的，请按“重新归集”办理。"],
    ),
    (
        "data_change",
        "T13",
        {"data_must_change": None},
        ["退回意见没有要求改数据。请直接修改名单；确要改数据的，请省亩均办在退回意见里写明。"],
    ),
    ("minutes_name_track", "T11m", {"target": Target(domain="services")}, ["纪要没有写明退回本领域。请核对纪要。"]),
    (
        "minutes_name_track",
        "T11m",
        {"round_state": RoundState.REVIEW},
        ["年度行动还没有按纪要退回“评价”阶段。请先办“审定退回”。"],
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


def test_w12_rank_passed_over_takes_a_typed_reason(workflow: Workflow) -> None:
    """Rank 5 left out, rank 6 taken. That the reason is in the pack is the pack's test."""
    edge = workflow.edge("T8")
    for typed, said in (
        ("", ["“第5名”没有按名次推荐，也没有写理由。请逐个写明理由，它会列入会议材料。"]),
        ("停产整顿", []),
    ):
        assert against(ask(edge, deviations=(Deviation(label="第5名", reason=typed),))) == said


def test_w21_adopted_list_has_its_document_and_every_difference_explained(workflow: Workflow) -> None:
    edge = workflow.edge("T7a")
    assert against(ask(edge, adopted=None)) == ["采用的文件缺少“文号”“日期”“扫描件”。请照省政府办公厅公布的文件补齐。"]
    differs = evolve(ADOPTED, differences=("黄岩区", "路桥区"), explained=frozenset({"黄岩区"}))
    assert against(ask(edge, adopted=differs)) == ["“路桥区”与综合评议的排名不一致，没有说明。请逐个说明。"]
    assert ask(edge, adopted=evolve(differs, explained=frozenset({"黄岩区", "路桥区"}))).allowed


def test_office_signs_and_accepts_domain_one_by_two_persons(workflow: Workflow) -> None:
    """It owns the domain and compiles all: the B who signs is not the B who accepts."""
    accept = workflow.edge("T10")
    county = good(accept, target=Target(domain="county"), done={Act.SIGNED: frozenset({"乙"})})
    assert codes(decide(accept, county, holder(Role.B, county.target, "乙"), NOW)) == ["second_person"]
    assert decide(accept, county, holder(Role.B, county.target, "丙"), NOW).allowed


def test_whoever_mended_the_draft_does_not_sign_it_either(workflow: Workflow) -> None:
    mend, sign = workflow.edge("T12"), workflow.edge("T8")
    done = remember(mend, good(mend, done={Act.LIST_DRAFTED: frozenset({"甲"})}), "乙")
    facts = good(sign, done=done)
    signers = {
        name: decide(sign, facts, holder(Role.D, facts.target, name), NOW).allowed for name in ("甲", "乙", "丙")
    }
    assert signers == {"甲": False, "乙": False, "丙": True}
