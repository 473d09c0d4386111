"""Guards of a set of values; W05, W06 and W09 of the workflow's checks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mujun.workflow import Role, Workflow
from mujun.workflow.states import TrackState, ValuesState
from tests.workflow.good import against, ask
from tests.workflow.people import NOW, at, codes

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


def test_w05_city_does_not_approve_while_an_agency_of_the_county_is_missing(workflow: Workflow) -> None:
    assert against(ask(workflow.edge("V8"), missing_agencies=("电力",))) == ["“电力”还没有报送。请催报，报齐后再办。"]
    assert ask(workflow.edge("V8")).allowed


def test_w06_what_the_city_approved_is_edited_only_after_it_returned_it_with_a_reason(workflow: Workflow) -> None:
    approved = ValuesState.CITY_OK
    for name in ("V1", "V2", "V10"):
        assert [one.mend for one in ask(workflow.edge(name), state=approved, path="firm").reasons] == [
            "市里已经审过；要改，须先由市亩均办写明原因退回。"
        ]
    back = workflow.edge("V11")
    assert codes(ask(back, state=approved, reason="")) == ["no_reason"]
    assert (ask(back, state=approved).allowed, back.target(approved)) == (True, ValuesState.RETURNED)
    assert ask(workflow.edge("V1"), state=ValuesState.RETURNED, path="firm").allowed


def test_w08_dispute_without_an_answer_is_neither_confirmed_nor_deemed_so(workflow: Workflow) -> None:
    """Its time is over, and silence would confirm: but this was no silence."""
    late = {"confirm_by": NOW - timedelta(days=1), "disputed": ("F17",), "unanswered": ("F17",)}
    for state, first in ((ValuesState.DISPUTED, ["wrong_state"]), (ValuesState.SUBMITTED, [])):
        assert codes(ask(workflow.edge("V4"), **late, state=state)) == [*first, "dispute_unanswered"]
        assert codes(ask(workflow.edge("V3k"), **late, silence_confirms=False, state=state)) == [
            *first,
            "dispute_unanswered",
        ]


def test_w09_deemed_confirmed_is_not_confirmed(workflow: Workflow) -> None:
    """逾期视为无异议: after the time, by itself, and to a state of its own."""
    edge = workflow.edge("V4")
    noon = at(6, 3, 12)
    assert codes(ask(edge, noon, confirm_by=noon)) == ["confirmation_running"]
    assert ask(edge, noon + timedelta(seconds=1), confirm_by=noon).allowed
    assert edge.target(ValuesState.SUBMITTED) is ValuesState.DEEMED_CONFIRMED
    labels = [edge.states[one].label for one in (ValuesState.CONFIRMED, ValuesState.DEEMED_CONFIRMED)]
    assert labels == ["已确认", "视同确认"]


def test_late_confirmation_counts_where_silence_does_not_confirm(workflow: Workflow) -> None:
    """Else nobody could confirm any more, and the set would stand still for ever."""
    decision = ask(workflow.edge("V3"), confirm_by=NOW - timedelta(minutes=1), silence_confirms=False)
    assert (decision.allowed, [one.message for one in decision.notes]) == (True, ["确认期限2019年6月3日08:59已过。"])


def test_towns_and_parks_pass_their_county_or_city_before_the_department(workflow: Workflow) -> None:
    accept = workflow.edge("V9u")
    assert codes(ask(accept, state=ValuesState.SUBMITTED)) == ["wrong_state"]
    by_county, by_city = workflow.edge("V3u"), workflow.edge("V8u")
    assert (by_county.who, by_city.who) == ((Role.K,), (Role.T,))
    for passed in (by_county.target(None), by_city.target(None)):
        assert ask(accept, state=passed).allowed


def test_step_of_another_path_is_refused(workflow: Workflow) -> None:
    assert against(ask(workflow.edge("V3"), path="unit")) == [
        "本领域的数据不走“确认一企一单”这一步。请按方案规定的步骤办理。"
    ]
