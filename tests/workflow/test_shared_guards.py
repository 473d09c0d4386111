"""Guards shared by several machines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from mujun.workflow import Role, Target, Workflow, propose
from mujun.workflow.round_facts import Quota
from tests.workflow.good import MINUTES, against, ask, good, holder
from tests.workflow.people import NOW, codes

CASES = [
    ("reason_given", "R9", {"reason": "  "}, ["没有写理由。请写明理由，它会记入审计记录并让有关各方看到。"]),
    ("document_number_free", "T2", {"document_number": " "}, ["没有填发文字号。请填写，例如“浙亩均办〔2019〕4号”。"]),
    (
        "document_number_free",
        "T2",
        {"document_number": "浙经信〔2019〕1号 ", "numbers_taken": frozenset({"浙经信〔2019〕1号"})},
        ["文号“浙经信〔2019〕1号”已经用过。请核对发文登记簿，换一个号。"],
    ),
    ("quotas_hold", "T8", {"quotas": None}, ["还没有核对名额。请先核对各领域的名额。"]),
    (
        "quotas_hold",
        "T8",
        {"quotas": (Quota(label="制造业", places=None, listed=2),)},
        ["“制造业”没有名额。请在方案里写明名额。"],
    ),
    (
        "quotas_hold",
        "R5",
        {"quotas": (Quota(label="制造业", places=2, listed=4),)},
        ["“制造业”名额2个，名单列了4个。请减去2个，或修订方案。"],
    ),
    ("minutes_recorded", "RC", {"minutes": None}, ["没有会议纪要或签字扫描件。请录入纪要并上传签字扫描件。"]),
    (
        "minutes_recorded",
        "T11m",
        {"minutes": evolve(MINUTES, scan_hash="")},
        ["没有会议纪要或签字扫描件。请录入纪要并上传签字扫描件。"],
    ),
    (
        "computed_domain",
        "T7",
        {"target": Target(domain="county")},
        ["本领域的名单采用督查激励名单，不另行推荐。请用“采用名单”办理。"],
    ),
    (
        "adopted_domain",
        "T7a",
        {"target": Target(domain="services")},
        ["只有县（市、区）领域采用别处公布的名单。请用“拟定推荐名单”办理。"],
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


def test_reauthentication_counts_for_five_minutes_and_never_from_the_future(workflow: Workflow) -> None:
    edge = workflow.edge("R10")
    moments = {"just now": 0, "five minutes ago": 300, "longer ago": 301, "later": -1}
    allowed = {}
    for label, seconds in moments.items():
        actor = holder(Role.B, Target(), reauthenticated_at=NOW - timedelta(seconds=seconds))
        allowed[label] = ask(edge, NOW, actor).allowed
    assert allowed == {"just now": True, "five minutes ago": True, "longer ago": False, "later": False}
    never = ask(edge, NOW, holder(Role.B, Target(), reauthenticated_at=None))
    assert against(never) == ["办这一步须在5分钟内重新验证过身份。请重新验证身份后再办。"]


def test_x15_whoever_has_no_second_factor_is_told_that_and_not_to_show_it(workflow: Workflow) -> None:
    """Not even a proof of this minute helps: it was by password alone."""
    edge = workflow.edge("R10")
    for moment in (NOW, None):
        without = holder(Role.B, Target(), second_factor=False, reauthenticated_at=moment)
        assert against(ask(edge, NOW, without)) == [
            "这件事须用密码和动态口令两样验证身份，您还没有设置动态口令。请先在“我的账号”里设置，约需两分钟。"
        ]


def test_x15_minutes_publication_and_correction_are_confirmed_only_after_a_fresh_log_in(workflow: Workflow) -> None:
    """Who proposes them needs none."""
    stale = {"reauthenticated_at": NOW - timedelta(hours=1)}
    for name in ("R6", "R6r", "R10", "RC", "RX1", "RX2"):
        edge = workflow.edge(name)
        assert codes(ask(edge, NOW, holder(Role.B, Target(), **stale))) == ["not_reauthenticated"]
        if edge.proposed_by:
            assert propose(edge, good(edge), holder(Role.A, Target(), **stale), NOW).allowed
