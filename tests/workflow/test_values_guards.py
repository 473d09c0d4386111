"""Guards of a set of values; W05, W06 and W09 of the workflow's checks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mujun.workflow import Workflow
from mujun.workflow.states import TrackState
from tests.workflow.good import against, ask
from tests.workflow.people import NOW

CASES = [
    (
        "track_collecting",
        "V1",
        {"track_state": TrackState.LOCKED},
        ["本领域现在不在归集数据。已锁定的，须先由牵头部门两人限时解锁。"],
    ),
    (
        "unlock_in_time",
        "V1",
        {"unlock_until": NOW - timedelta(minutes=1)},
        ["限时解锁到2019年6月3日08:59为止，已经过期。请锁定数据；确要再改的，由牵头部门两人“延长解锁”。"],
    ),
    ("values_sound", "V2", {"blocking_findings": None}, ["数据还没有校验。请先校验。"]),
    ("values_sound", "V2", {"blocking_findings": 3}, ["数据还有3处错误。请按校验意见逐处改好。"]),
    (
        "confirmation_open",
        "V3",
        {"confirm_by": NOW - timedelta(minutes=1)},
        ["确认期限2019年6月3日08:59已过。逾期视为无异议；确有错误的，请向县亩均办书面反映，由其退回后再改。"],
    ),
    (
        "confirmation_over",
        "V4",
        {"confirm_by": None},
        ["方案没有规定确认期限。没有期限就不能视同确认，请评价对象确认。"],
    ),
    ("confirmation_over", "V4", {"confirm_by": NOW}, ["确认期限到2019年6月3日09:00，还没有过。请待期满。"]),
    (
        "silence_confirms",
        "V4",
        {"silence_confirms": False},
        ["方案没有规定“逾期视为无异议”。请催评价对象确认，或由县亩均办代为确认。"],
    ),
    (
        "no_unanswered_dispute",
        "V6",
        {"unanswered": ("F17",)},
        ["对“F17”的疑问还没有答复，仍有争议。请数据提供部门更正，或书面说明理由不改。"],
    ),
    ("cells_disputed", "V5", {"disputed": ()}, ["没有指明对哪个数有疑问。请逐个点选并写明理由。"]),
    (
        "signed_scan_present",
        "V3k",
        {"signed_scan": ""},
        ["代为确认没有附签字扫描件。请上传评价对象签字盖章的扫描件。"],
    ),
    ("county_has_submitted", "V8", {"county_submitted": False}, ["县亩均办还没有审核上报。请催县亩均办审核上报。"]),
    ("every_agency_submitted", "V8", {"missing_agencies": None}, ["还没有核对哪些部门没有报。请先核对。"]),
    ("every_agency_submitted", "V8", {"missing_agencies": ("电力",)}, ["“电力”还没有报送。请催报，报齐后再办。"]),
    ("children_approved", "V8", {"unapproved_children": None}, ["还没有核对下级是否都已通过。请先核对。"]),
    ("children_approved", "V9", {"unapproved_children": ("黄岩区",)}, ["下级“黄岩区”还没有通过。请先办好下级的。"]),
    (
        "parent_not_approved",
        "V12",
        {"parent_approved": "台州市"},
        ["上级“台州市”已经通过。须先由上级退回，才能重开下级。"],
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
