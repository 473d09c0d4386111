"""From the decided list to the issued one: exactly that list, till the clock time, each objection dealt with by two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from mujun.web.actions.objections import answer_question, ask, file_objection, reveal_objector, send_answer, withdraw
from mujun.web.actions.refused import Refused, Stale
from mujun.web.actions.step import propose, take
from mujun.web.doer import Doer
from mujun.web.living import notice as lives
from mujun.web.living.decision import COMPILED, live_compiled, live_decided, live_review
from mujun.web.living.notice import ENDS, ISSUED, OBJECTED, OPENED, notice_form
from mujun.web.living.people import demo_doer, settle_people
from mujun.web.living.round import live_begun, live_planned, live_tracks_begun
from mujun.web.models import AuditEvent, Objection, Publication, PublishedItem, Round
from mujun.web.queries.compiled import item_key, standing_items
from mujun.web.queries.issued import extended_form
from mujun.web.queries.slugs import slug_of
from tests.web.shortcuts import accept_lists, plans_in_force
from tests.web.test_decision import LISTS, codes, minutes

At = Callable[[str, datetime], Doer]
ISSUE = {"document_number": "浙亩均办〔2019〕12号", "dated": "2019-10-14", "printed_on": "2019-10-15"}


def object_to(round_: Round, key: str = "M1", now: datetime = OBJECTED) -> Objection:
    item = next(one for one in standing_items(round_) if one.key == key)
    told = {"grounds": ["用地面积不符"], "name": "王实名", "phone": "电话", "code": lives.CODE}
    return file_objection(round_=round_, domain=item.domain, key=key, **told, now=now).objection


def uphold(objection: Objection, doer: At, change: dict[str, object]) -> None:
    take("O2", objection, {}, by=doer("o1", OBJECTED), now=OBJECTED)
    answers = {str(one.pk): "成立" for one in objection.grounds.all()}
    form = {"answers": answers, "changes_list": True, "change": change}
    take("O4u", objection, form, by=doer("o2", OBJECTED), now=OBJECTED)


def test_w15_notice_of_a_list_with_one_character_changed_is_refused(decided: Round, doer: At) -> None:
    form = notice_form(decided)
    decided.items.filter(key="M1").update(name="甲电子有限公司（示列）")

    with pytest.raises(Refused) as refused:
        propose("R7", decided, form, by=doer("a", OPENED), now=OPENED)

    assert codes(refused) == ["list_changed"]


def test_w16_five_workdays_from_27_september_end_on_10_october(decided: Round, doer: At) -> None:
    form = {**notice_form(decided), "ends_at": (ENDS - timedelta(minutes=1)).isoformat()}

    with pytest.raises(Refused) as refused:
        propose("R7", decided, form, by=doer("a", OPENED), now=OPENED)

    assert [one.mend for one in refused.value.reasons] == ["请改为不早于2019年10月10日17:30。"]


def test_w18_an_objection_a_second_late_is_recorded_as_late(on_notice: Round) -> None:
    in_time = object_to(on_notice, now=ENDS)
    late = object_to(on_notice, now=ENDS + timedelta(seconds=1))

    assert [(one.receipt, one.late) for one in (in_time, late)] == [("异2019-0001", False), ("异2019-0002", True)]


def test_a_late_one_is_refused_as_late_and_told_the_next_door(on_notice: Round, doer: At) -> None:
    late = ENDS + timedelta(seconds=1)
    objection = object_to(on_notice, now=late)
    with pytest.raises(Refused) as refused:
        take("O2", objection, {}, by=doer("o1", late), now=late)
    assert codes(refused) == ["not_admissible"]

    take("O3", objection, {"refusal": "超期", "next_door": "信访、行政复议"}, by=doer("o1", late), now=late)
    assert (objection.state, objection.refusal, objection.next_door) == ("REFUSED", "超期", "信访、行政复议")


def test_w19_an_undecided_objection_keeps_the_list_from_being_issued(on_notice: Round, doer: At) -> None:
    object_to(on_notice)

    with pytest.raises(Refused) as refused:
        take("R10", on_notice, ISSUE, by=doer("b2", ISSUED), now=ISSUED)

    assert [one.message for one in refused.value.reasons] == ["异议“异2019-0001”还没有办结。"]


def test_who_admits_does_not_decide(on_notice: Round, doer: At) -> None:
    objection = object_to(on_notice)
    take("O2", objection, {}, by=doer("o1", OBJECTED), now=OBJECTED)
    answers = {str(one.pk): "不成立" for one in objection.grounds.all()}

    with pytest.raises(Refused) as refused:
        take("O4r", objection, {"answers": answers}, by=doer("o1", OBJECTED), now=OBJECTED)
    assert codes(refused) == ["second_person"]

    with pytest.raises(IntegrityError, match="objection_decided_by_another"):
        Objection.objects.filter(pk=objection.pk).update(decided_by=doer("o1", OBJECTED).person)


def test_w20_an_upheld_objection_goes_back_to_the_leading_group_and_its_replacement_gets_a_notice(
    on_notice: Round, doer: At
) -> None:
    objection = object_to(on_notice)
    added = {"key": "M9", "name": "递补机械有限公司（示例）", "county": "余杭区"}
    uphold(objection, doer, {"remove": "M1", "add": added})
    with pytest.raises(Refused) as refused:
        take("R10", on_notice, ISSUE, by=doer("b2", ISSUED), now=ISSUED)
    assert codes(refused) == ["not_decided_anew"]

    take("R9", on_notice, {"reason": "异议成立"}, by=doer("a", ISSUED), now=ISSUED)
    form = {"meeting": minutes(on_notice, doer)}
    propose("R6", on_notice, form, by=doer("a", ISSUED), now=ISSUED)
    take("R6", on_notice, by=doer("b", ISSUED), now=ISSUED)
    assert [one.key for one in standing_items(on_notice)] == ["330108", "KFQ-1", "M2", "M9"]

    second = ISSUED + timedelta(days=1)
    form = {
        **notice_form(on_notice),
        "opens_at": second.isoformat(),
        "ends_at": datetime(2019, 10, 22, 17, 30, tzinfo=second.tzinfo).isoformat(),
    }
    assert form["names"] == ["manufacturing:M9"]
    propose("R7", on_notice, form, by=doer("a", second), now=second)
    take("R7", on_notice, by=doer("b", second), now=second)
    take("O5", objection, {"remedy": "再次审定，递补公示"}, by=doer("o1", second), now=second)
    send_answer(objection=objection, by=doer("o2", second), now=second)
    take("O6", objection, by=doer("o1", second), now=second)

    third = datetime(2019, 10, 23, 9, 0, tzinfo=second.tzinfo)
    take("R10", on_notice, ISSUE, by=doer("b2", third), now=third)
    assert sorted(PublishedItem.objects.values_list("key", flat=True)) == ["330108", "KFQ-1", "M2", "M9"]


def test_names_only_removed_need_no_notice_of_their_own(on_notice: Round, doer: At) -> None:
    objection = object_to(on_notice)
    uphold(objection, doer, {"remove": "M1"})
    now = OBJECTED + timedelta(days=1)
    take("R9", on_notice, {"reason": "异议成立"}, by=doer("a", now), now=now)
    propose("R6", on_notice, {"meeting": minutes(on_notice, doer)}, by=doer("a", now), now=now)
    take("R6", on_notice, by=doer("b", now), now=now)

    propose("R8", on_notice, notice_form(on_notice), by=doer("a", now), now=now)
    take("R8", on_notice, by=doer("b", now), now=now)

    assert on_notice.state == "NOTICE"
    assert [item_key(one) for one in standing_items(on_notice)] == [
        "county:330108",
        "economic_zone:KFQ-1",
        "manufacturing:M2",
    ]


def test_who_opened_the_first_notice_does_not_issue_the_list_after_a_second_either(on_notice: Round, doer: At) -> None:
    """The guard says so in words, before the database does."""
    uphold(object_to(on_notice), doer, {"remove": "M1"})
    now = OBJECTED + timedelta(days=1)
    take("R9", on_notice, {"reason": "异议成立"}, by=doer("a", now), now=now)
    propose("R6", on_notice, {"meeting": minutes(on_notice, doer)}, by=doer("a", now), now=now)
    take("R6", on_notice, by=doer("b2", now), now=now)
    propose("R8", on_notice, notice_form(on_notice), by=doer("a", now), now=now)
    take("R8", on_notice, by=doer("b2", now), now=now)

    for opener in ("b", "b2"):
        with pytest.raises(Refused) as refused:
            take("R10", on_notice, ISSUE, by=doer(opener, ISSUED), now=ISSUED)
        assert "second_person" in codes(refused)


def test_a_notice_is_extended_by_two_and_never_shortened(on_notice: Round, doer: At) -> None:
    sooner = extended_form(on_notice, ENDS - timedelta(days=1), "急")
    with pytest.raises(Refused) as refused:
        propose("R7e", on_notice, sooner, by=doer("a", OBJECTED), now=OBJECTED)
    assert codes(refused) == ["notice_not_longer"]

    later = ENDS + timedelta(days=1)
    propose("R7e", on_notice, extended_form(on_notice, later, "台风"), by=doer("a", OBJECTED), now=OBJECTED)
    with pytest.raises(Refused):
        take("R7e", on_notice, by=doer("a", OBJECTED), now=OBJECTED)

    take("R7e", on_notice, by=doer("b", OBJECTED), now=OBJECTED)
    found = on_notice.notices.get()
    assert (found.ends_at, [one.reason for one in found.extensions.all()]) == (later, ["台风"])


def test_the_list_is_issued_by_somebody_who_did_not_open_the_notice(on_notice: Round, doer: At) -> None:
    with pytest.raises(Refused) as refused:
        take("R10", on_notice, ISSUE, by=doer("b", ISSUED), now=ISSUED)
    assert codes(refused) == ["second_person"]

    take("R10", on_notice, ISSUE, by=doer("b2", ISSUED), now=ISSUED)
    assert on_notice.state == "PUBLISHED"
    assert [one.name for one in PublishedItem.objects.filter(domain="manufacturing")] == [
        "甲电子有限公司（示例）",
        "乙机械有限公司（示例）",
    ]


def test_issuing_needs_a_fresh_password(on_notice: Round, as_: Callable[[str, datetime], Client]) -> None:
    """A session of an hour ago may read, not issue."""
    browser = as_("b2", ISSUED)
    answer = browser.post(f"/act/round/{on_notice.pk}/R10/", {**ISSUE, "how": "do"})

    assert answer.status_code == 409
    assert [one.code for one in answer.context["against"]] == ["not_reauthenticated"]


def test_w22_of_twenty_parallel_clicks_one_publishes(threads: None) -> None:
    """Real threads on a real database file: one number, one publication, nineteen clean answers."""
    settle_people("shili-mima-2019")
    round_ = live_begun()
    live_planned(round_)
    round_.refresh_from_db()
    live_tracks_begun(round_)
    accept_lists(round_, LISTS, COMPILED)
    for live in (live_compiled, live_review, live_decided):
        live(round_)
    plans_in_force(round_, COMPILED)
    lives.live_notice(round_)
    start, answers = Barrier(20), []

    def click() -> None:
        mine = Round.objects.get(pk=round_.pk)
        doer = demo_doer("b2", ISSUED)
        start.wait()
        try:
            take("R10", mine, ISSUE, by=doer, now=ISSUED)
            answers.append("published")
        except Refused as refused:
            answers.append(refused.reasons[0].message)
        except Stale:
            answers.append("stale")
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == sorted(["published", *["现在是“印发”，不能“印发名单”。"] * 19])
    assert Publication.objects.count() == 1


def test_w23_after_issuing_only_a_correction_is_possible_and_the_old_row_stays_struck(issued: Round, doer: At) -> None:
    first = issued.publications.get()
    form = {
        "corrects": first.pk,
        "domain": "manufacturing",
        "key": "M1",
        "name": "甲电子股份有限公司（示例）",
        "reason": "名称有误",
        "document_number": "浙亩均办〔2019〕13号",
        "dated": "2019-10-20",
        "printed_on": "2019-10-20",
    }
    now = ISSUED + timedelta(days=6)
    propose("RX1", issued, form, by=doer("a", now), now=now)
    take("RX1", issued, by=doer("b", now), now=now)

    second = issued.publications.get(kind="correction")
    assert second.corrects == first
    assert list(PublishedItem.objects.filter(key="M1").values_list("name", "struck")) == [
        ("甲电子有限公司（示例）", True),
        ("甲电子股份有限公司（示例）", False),
    ]
    with pytest.raises(IntegrityError, match="记录不得改动"):
        Publication.objects.filter(pk=first.pk).update(list_hash="0" * 64)


def test_x23_who_objects_is_told_to_the_desk_alone_with_a_reason(on_notice: Round, doer: At) -> None:
    objection = object_to(on_notice)
    with pytest.raises(Refused):
        reveal_objector(objection=objection, why="看看", by=doer("c-manufacturing", OBJECTED), now=OBJECTED)
    with pytest.raises(Refused) as refused:
        reveal_objector(objection=objection, why=" ", by=doer("o1", OBJECTED), now=OBJECTED)
    assert codes(refused) == ["no_reason"]

    assert reveal_objector(objection=objection, why="核对实名", by=doer("o1", OBJECTED), now=OBJECTED) == (
        "王实名",
        "电话",
    )
    assert AuditEvent.objects.filter(act="reveal").get().facts == {"reason": "核对实名"}


def test_an_objector_withdraws_with_his_code_and_the_record_stays(on_notice: Round) -> None:
    objection = object_to(on_notice)
    with pytest.raises(Refused) as refused:
        withdraw(objection=objection, code="WRONGCODE", now=OBJECTED)
    assert codes(refused) == ["not_the_objector"]

    withdraw(objection=objection, code=lives.CODE, now=OBJECTED)
    assert (objection.state, Objection.objects.count()) == ("WITHDRAWN", 1)


def test_an_open_question_keeps_an_objection_from_being_decided(on_notice: Round, doer: At) -> None:
    objection = object_to(on_notice)
    take("O2", objection, {}, by=doer("o1", OBJECTED), now=OBJECTED)
    due = OBJECTED.date() + timedelta(days=3)
    asked = ask(objection=objection, to="objector", text="哪一处厂房？", due=due, by=doer("o1", OBJECTED), now=OBJECTED)
    answers = {str(one.pk): "不成立" for one in objection.grounds.all()}
    with pytest.raises(Refused) as refused:
        take("O4r", objection, {"answers": answers}, by=doer("o2", OBJECTED), now=OBJECTED)
    assert codes(refused) == ["question_open"]

    answer_question(question=asked, text="西侧", code=lives.CODE, now=OBJECTED)
    take("O4r", objection, {"answers": answers}, by=doer("o2", OBJECTED), now=OBJECTED)
    assert objection.state == "REJECTED"


def test_the_public_files_an_objection_and_asks_how_it_stands(
    on_notice: Round, as_: Callable[[str, datetime], Client]
) -> None:
    as_("a", OBJECTED)
    public = Client()
    assert public.get("/notice/").status_code == 200
    item = f"manufacturing:{slug_of(2019, 'manufacturing', '甲电子有限公司（示例）', '滨江区')}"
    form = {"item": item, "ground1": "面积不符", "name": "王实名", "phone": "电话", "once": "x1"}
    answer = public.post("/notice/object/", form)
    code = answer.context["code"]

    found = public.post("/notice/objection/", {"receipt": "异2019-0001", "code": code})
    assert found.context["found"].receipt == "异2019-0001"
    assert public.get("/objections/").status_code == 302
    public.post("/notice/object/", form)
    assert Objection.objects.count() == 1


STRANGER = {"/objections/": 404, "/objections/异2019-0001/": 403, "/objections/paper/": 404, "/desk/": 200}
"""A department may know of an objection to its own domain, and no more."""


@pytest.mark.parametrize("path", STRANGER)
def test_pages_of_the_desk(on_notice: Round, as_: Callable[[str, datetime], Client], path: str) -> None:
    object_to(on_notice)

    assert as_("o1", OBJECTED).get(path).status_code == 200
    assert as_("c-manufacturing", OBJECTED).get(path).status_code == STRANGER[path]
