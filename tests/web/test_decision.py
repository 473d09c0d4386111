"""Lists are compiled and decided: duplicates, the pack, who stays out, and what the minutes said of every item."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from mujun.web.actions.decision import declare_conflict, fix_pack, record_minutes, resolve_duplicate
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import propose, take
from mujun.web.doer import Doer
from mujun.web.evidence import keep
from mujun.web.living.decision import COMPILED, DECIDED, LAID_BEFORE, MEETING, MINUTES, live_compiled, live_review
from mujun.web.models import AuditEvent, NominationItem, Person, Round
from mujun.web.queries.compiled import item_key, standing_items
from tests.web.shortcuts import accept_lists

At = Callable[[str, datetime], Doer]
As = Callable[[str, datetime], Client]
LISTS = {
    "county": [("330108", "滨江区", "滨江区")],
    "economic_zone": [("KFQ-1", "甲开发区（示例）", "海宁市")],
    "manufacturing": [("M1", "甲电子有限公司（示例）", "滨江区"), ("M2", "乙机械有限公司（示例）", "萧山区")],
    "services": [("M2", "乙机械有限公司（示例）", "萧山区")],
}


@pytest.fixture
def accepted(planned: Round) -> Round:
    accept_lists(planned, LISTS, COMPILED)
    return planned


@pytest.fixture
def review(accepted: Round) -> Round:
    live_compiled(accepted)
    live_review(accepted)
    return accepted


def minutes(round_: Round, doer: At, present: list[str] | None = None, **outcomes: str) -> int:
    """The minutes of a meeting in which all agree, but for what is said."""
    logins = present or ["l1", "l2", "l3", "l4", "l5"]
    meeting = record_minutes(
        round_=round_,
        held_on=MEETING,
        scan_hash=keep(MINUTES),
        present=[Person.objects.get(accounts__username=one).pk for one in logins],
        outcomes={item_key(one): outcomes.get(one.key, "同意") for one in standing_items(round_)},
        tracks=[],
        reason_="",
        by=doer("a", DECIDED),
        now=DECIDED,
    )
    return meeting.pk


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.reasons]


def test_a_unit_on_two_lists_keeps_the_pack_from_the_meeting_until_somebody_decides(accepted: Round, doer: At) -> None:
    take("R4", accepted, by=doer("a", COMPILED), now=COMPILED)
    fix_pack(round_=accepted, by=doer("a", LAID_BEFORE), now=LAID_BEFORE)

    with pytest.raises(Refused) as refused:
        propose("R5", accepted, by=doer("a", LAID_BEFORE), now=LAID_BEFORE)
    assert [one.message for one in refused.value.reasons] == [
        "“乙机械有限公司（示例）（制造业、服务业）”在几个领域的名单里重复。"
    ]

    kept = {"keep_in": "manufacturing", "resolution": "以主营业务为准"}
    resolve_duplicate(round_=accepted, key="M2", **kept, by=doer("a", COMPILED), now=COMPILED)
    assert [item_key(one) for one in standing_items(accepted)] == [
        "county:330108",
        "economic_zone:KFQ-1",
        "manufacturing:M1",
        "manufacturing:M2",
    ]


def test_a_pack_is_open_again_when_a_list_changes(accepted: Round, doer: At) -> None:
    live_compiled(accepted)
    fix_pack(round_=accepted, by=doer("a", LAID_BEFORE), now=LAID_BEFORE)
    accepted.items.filter(key="M1").update(name="甲电子公司")

    with pytest.raises(Refused) as refused:
        propose("R5", accepted, by=doer("a", LAID_BEFORE), now=LAID_BEFORE)

    assert codes(refused) == ["pack_open"]


def test_what_is_not_agreed_to_shortens_the_list(review: Round, doer: At) -> None:
    form = {"meeting": minutes(review, doer, M1="不同意")}
    propose("R6", review, form, by=doer("a", DECIDED), now=DECIDED)
    take("R6", review, by=doer("b", DECIDED), now=DECIDED)

    assert review.state == "DECIDED"
    assert [one.key for one in standing_items(review)] == ["330108", "KFQ-1", "M2"]
    assert len(review.decided_hash) == 64


def test_w14_a_member_from_the_county_is_recused_by_computation(review: Round, doer: At) -> None:
    """雷鸣 comes from 滨江区: for its two items four are entitled, and the minutes say so."""
    form = {"meeting": minutes(review, doer)}
    propose("R6", review, form, by=doer("a", DECIDED), now=DECIDED)
    decision = take("R6", review, by=doer("b", DECIDED), now=DECIDED)

    assert [one.message for one in decision.notes] == [
        "滨江区（县（市、区），滨江区）：雷鸣（示例）来自滨江区，回避；应到4人，实到4人，须3人。",
        "甲开发区（示例）（经济开发区，海宁市）：林溪（示例）来自海宁市，回避；应到4人，实到4人，须3人。",
        "甲电子有限公司（示例）（制造业，滨江区）：雷鸣（示例）来自滨江区，回避；应到4人，实到4人，须3人。",
    ]
    assert review.meetings.get().statement.splitlines()[0] == (
        "滨江区：雷鸣（示例）来自滨江区，回避；应到4人，实到4人，须3人。"
    )


def test_quorum_is_counted_anew_for_every_item(review: Round, doer: At) -> None:
    """Three of five are a quorum for 乙机械, but not for 滨江区's items when one of the three comes from there."""
    form = {"meeting": minutes(review, doer, present=["l1", "l2", "l4"])}

    with pytest.raises(Refused) as refused:
        propose("R6", review, form, by=doer("a", DECIDED), now=DECIDED)

    assert codes(refused) == ["no_quorum", "no_quorum"]


def test_a_member_who_declares_a_conflict_is_out_of_that_item(review: Round, doer: At) -> None:
    declared = {"domain": "manufacturing", "key": "M2", "why": "配偶在该企业任职"}
    declare_conflict(round_=review, **declared, by=doer("l5", LAID_BEFORE), now=LAID_BEFORE)
    minutes(review, doer)

    assert review.meetings.get().statement.splitlines()[-1] == (
        "乙机械有限公司（示例）：罗素心（示例）申报有利害关系，回避；应到4人，实到4人，须3人。"
    )


def test_minutes_changed_after_they_were_proposed_have_to_be_proposed_anew(review: Round, doer: At) -> None:
    form = {"meeting": minutes(review, doer)}
    propose("R6", review, form, by=doer("a", DECIDED), now=DECIDED)
    minutes(review, doer, M1="不同意")

    with pytest.raises(Refused) as refused:
        take("R6", review, by=doer("b", DECIDED), now=DECIDED)

    assert codes(refused) == ["content_changed"]


def test_a_track_sent_back_returns_with_the_reason(review: Round, doer: At) -> None:
    pk = minutes(review, doer, M1="退回")
    meeting = review.meetings.get(pk=pk)
    meeting.tracks, meeting.reason = ["manufacturing"], "请核实用地面积"
    meeting.save()
    propose("R6r", review, {"meeting": pk, "reason": "请核实用地面积"}, by=doer("a", DECIDED), now=DECIDED)
    take("R6r", review, by=doer("b", DECIDED), now=DECIDED)

    track = review.tracks.get(domain="manufacturing")
    assert (review.state, track.state, track.return_reason) == ("EVALUATING", "RETURNED", "请核实用地面积")
    assert list(AuditEvent.objects.filter(act="T11m").values_list("who", flat=True)) == ["系统"]


@pytest.mark.parametrize("path", ["compile/", "pack/", "minutes/", "conflicts/", ""])
def test_pages_of_the_decision(review: Round, as_: Callable[[str, datetime], Client], path: str) -> None:
    assert as_("a", LAID_BEFORE).get(f"/rounds/2019/{path}").status_code == 200


def test_a_member_sees_the_pack_only_at_review(accepted: Round, as_: Callable[[str, datetime], Client]) -> None:
    browser = as_("l1", COMPILED)
    assert browser.get("/rounds/2019/pack/").status_code == 404

    live_compiled(accepted)
    live_review(accepted)
    assert browser.get("/rounds/2019/pack/").status_code == 200


def test_r6_a_list_that_is_no_longer_what_lay_before_the_meeting_is_not_decided(review: Round, doer: At) -> None:
    meeting = minutes(review, doer)
    propose("R6", review, {"meeting": meeting}, by=doer("a", DECIDED), now=DECIDED)
    NominationItem.objects.filter(name="甲电子有限公司（示例）").update(name="甲电子集团（示例）")

    with pytest.raises(Refused) as refused:
        take("R6", review, {"meeting": meeting}, by=doer("b", DECIDED), now=DECIDED)

    assert codes(refused) == ["pack_changed"]


def test_minutes_of_a_meeting_while_the_list_is_on_notice_leave_its_items_as_they_were_decided(
    on_notice: Round, doer: At
) -> None:
    before = list(on_notice.items.order_by("pk").values_list("outcome", "decided_in"))
    told = {"held_on": MEETING, "scan_hash": keep(MINUTES), "present": [], "tracks": [], "reason_": "取消"}

    meeting = record_minutes(round_=on_notice, outcomes={}, **told, by=doer("a", DECIDED), now=DECIDED)

    assert (meeting.number, list(on_notice.items.order_by("pk").values_list("outcome", "decided_in"))) == (2, before)
    with pytest.raises(Refused) as refused:
        record_minutes(
            round_=on_notice, outcomes={"county:330108": "不同意"}, **told, by=doer("a", DECIDED), now=DECIDED
        )
    assert codes(refused) == ["not_at_review"]


def test_minutes_are_recorded_by_page_at_other_times_without_items(on_notice: Round, as_: As) -> None:
    page = as_("a", DECIDED).get("/rounds/2019/minutes/")

    assert (page.status_code, list(page.context["form"].fields)) == (200, ["held_on", "scan", "present", "reason"])
