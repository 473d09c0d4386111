"""Values are brought in, confirmed or disputed, approved level by level, locked, and unlocked by two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from mujun.intake.cells import address
from mujun.store.sealed import open_sealed
from mujun.store.trace import trace_all
from mujun.web.actions.many import take_many
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import propose, take
from mujun.web.actions.values.activation import SIGNS, activate, issue_code
from mujun.web.actions.values.approve import accept_sets, approve_city, exclude_unit
from mujun.web.actions.values.bring_in import NotBroughtIn
from mujun.web.actions.values.confirm import answer_dispute, settle_due
from mujun.web.actions.values.correct import correct_cell
from mujun.web.actions.values.hand_in import hand_in
from mujun.web.actions.values.urge import urge_offices
from mujun.web.doer import NOBODY, Doer
from mujun.web.evidence import keep_json, the_store
from mujun.web.living import values as lived
from mujun.web.living.office_files import demo_province
from mujun.web.living.people import demo_doer, settle_agency
from mujun.web.models import AuditEvent, Dispute, Message, Round, Run, Track, ValueSet
from mujun.web.queries.audit import verify_record
from mujun.web.queries.datasets import sealed_data
from mujun.web.queries.rules import scheme_of, standing_plan
from mujun.web.queries.unit_page import places_of
from mujun.web.queries.values.templates import units_of_desk
from tests.web import collecting
from tests.web.collecting import IN_TIME, LATE, OPENED, A, B, C, bring, report, sheet_of, the_set
from tests.web.shortcuts import issue_plan

OFFICES = tuple(collecting.VALUES)
By = Callable[[str, datetime], Doer]


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> None:
    """The database forgets after each test; so must the store."""
    settings.HOME = tmp_path


@pytest.fixture
def track(planned: Round) -> Track:
    return collecting.open_services(planned)


@pytest.fixture
def reported(track: Track) -> Track:
    """Every office has handed in: the three firms may look at their values."""
    report(track, *OFFICES)
    return Track.objects.select_related("round").get(pk=track.pk)


def states() -> list[str]:
    return list(ValueSet.objects.order_by("unit").values_list("state", flat=True))


def dispute_staff(unit: str, now: datetime = IN_TIME) -> Dispute:
    cell = {"variable": "staff", "label": "年平均从业人员", "agency": "统计"}
    cell |= {"stands": "40", "claimed": "41", "reason": "少计1人"}
    form = {"disputed": [cell["label"]], "cells": [cell]}
    take("V5", the_set(unit), form, by=demo_doer(collecting.with_account(unit), now), now=now)
    return Dispute.objects.get()


def test_opening_makes_every_form_due_in_every_county(track: Track) -> None:
    assert (track.forms.count(), track.forms.filter(region="上城区").count()) == (5 * 89, 5)
    assert track.confirm_by == datetime(2019, 5, 13, 17, 30, tzinfo=OPENED.tzinfo)
    assert track.round.state == "EVALUATING"


def test_values_go_to_be_confirmed_when_the_last_form_of_their_county_is_in(track: Track) -> None:
    report(track, *OFFICES[:-1])
    assert states() == ["ENTERED"] * 3

    report(track, OFFICES[-1])

    assert states() == ["SUBMITTED"] * 3
    assert verify_record() == []


def test_w05_city_is_refused_with_the_missing_office_named(track: Track, doer: By) -> None:
    report(track, *OFFICES[:-1])

    with pytest.raises(Refused) as refused:
        approve_city(track=track, counties=["上城区"], by=doer("t-3301", LATE), now=LATE)

    assert "“上城区税务部门”还没有报送。" in [one.message for one in refused.value.reasons]
    assert states() == ["ENTERED"] * 3


def test_w06_what_the_city_approved_is_changed_only_after_the_city_returns_it(reported: Track, doer: By) -> None:
    collecting.confirm_all(reported)
    approve_city(track=reported, counties=["上城区", "江干区"], by=doer("t-3301", LATE), now=LATE)
    other = sheet_of(reported, "税务", tax=["101", "200", "300"])

    with pytest.raises(Refused) as refused:
        take("V10", the_set(), {"reason": "数错了"}, by=doer("k-330102", LATE), now=LATE)
    assert [(one.code, one.mend) for one in refused.value.reasons] == [
        ("wrong_state", "市里已经审过；要改，须先由市亩均办写明原因退回。")
    ]
    with pytest.raises(NotBroughtIn) as stopped:
        bring(reported, "税务", other, now=LATE)
    assert [(one.code, one.unit, one.cell) for one in stopped.value.looked.files[0].findings if one.unit] == [
        ("unit_not_open", A, "C2"), ("corrects", A, "C2"),
    ]  # fmt: skip

    take("V11", the_set(), {"reason": "税收数有误"}, by=doer("t-3301", LATE), now=LATE)
    bring(reported, "税务", other, now=LATE)

    assert states() == ["ENTERED", "CITY_OK", "CITY_OK"]


def locked(track: Track, doer: By) -> Track:
    collecting.confirm_all(track)
    approve_city(track=track, counties=["上城区", "江干区"], by=doer("t-3301", LATE), now=LATE)
    accept_sets(track=track, by=doer("c-services", LATE), now=LATE)
    take("T4", track, by=doer("c-services", LATE), now=LATE)
    return track


def test_each_value_of_a_run_leads_to_its_cell_as_the_data_were_locked(reported: Track, doer: By) -> None:
    track = locked(reported, doer)
    run = Run(track=track, data_hash=keep_json(track.sealed))

    found = places_of(run, "services", A)

    plan = standing_plan(track)
    assert plan is not None
    sealed, scheme = open_sealed(sealed_data(track, "services")), scheme_of(plan, "services")
    for name in [name for name in found if name in scheme.variables]:
        (walk,) = trace_all(the_store(), sealed, scheme, A, [name])
        (sight,) = [one for one in walk.sightings if one.standing == "holds"]
        assert found[name] == (
            f"{sight.file}！{address(sight.row, sight.column)}",
            f"{sight.by}，{sight.at}",
            sight.receipt,
        )
    assert found["tax"][0] == "税务.csv！C2"


def test_w07_locked_data_are_changed_by_two_persons_within_a_time_box(
    reported: Track, doer: By, as_: Callable[[str, datetime], Client]
) -> None:
    track = locked(reported, doer)
    assert (track.sealed["services"]["units"], sealed_data(track, "services").exists()) == (3, True)
    c, d, until = doer("c-services", LATE), doer("d-services", LATE), LATE + timedelta(hours=48)
    run = Run.objects.create(
        track=track, number=1, progress="done", data_hash="1" * 64, scheme_hash="2" * 64,
        run_by=c.somebody, run_at=LATE, frozen_by=d.somebody, frozen_at=LATE,
    )  # fmt: skip
    form = {"unlock_until": until.isoformat(), "reason": "甲公司税收数有误"}

    with pytest.raises(Refused) as long:
        propose("T14", track, form | {"unlock_until": (LATE + timedelta(hours=73)).isoformat()}, by=c, now=LATE)
    propose("T14", track, form, by=c, now=LATE)
    with pytest.raises(Refused) as alone:
        take("T14", track, by=c, now=LATE)
    take("T14", track, by=d, now=LATE)

    run.refresh_from_db()
    assert [one.code for one in long.value.reasons] == ["bad_time_box"]
    assert "second_person" in [one.code for one in alone.value.reasons] or "not_granted" in [
        one.code for one in alone.value.reasons
    ]
    assert (track.state, track.unlock_until) == ("COLLECTING", until)
    assert (run.voided_at, run.void_reason) == (LATE, "甲公司税收数有误")
    assert AuditEvent.objects.get(act="T14", outcome="done").facts["form"]["reason"] == "甲公司税收数有误"
    after = until + timedelta(hours=1)
    page = as_("c-services", after).get("/rounds/2019/services/collection/").content.decode()
    assert "<b>已逾期</b>" in page
    with pytest.raises(Refused) as over:
        bring(track, "税务", sheet_of(track, "税务", tax=["101", "200", "300"]), now=after)
    assert [one.code for one in over.value.reasons] == ["unlock_over"]


def test_w08_a_dispute_nobody_answers_is_not_locked_as_confirmed(
    reported: Track, doer: By, as_: Callable[[str, datetime], Client]
) -> None:
    dispute_staff(A)
    assert settle_due(reported, now=LATE) == 2

    with pytest.raises(Refused) as refused:
        take("T4", reported, by=doer("c-services", LATE), now=LATE)

    said = [one.message for one in refused.value.reasons if one.code == "set_disputed"]
    assert said == ["“甲服务有限公司（示例）”有争议（“年平均从业人员”），不能当作已确认锁定。"]
    assert states() == ["DISPUTED", "DEEMED_CONFIRMED", "DEEMED_CONFIRMED"]
    page = as_(f"e-{A}", LATE).get(f"/rounds/2019/services/units/{A}/statement/").content.decode()
    assert '年平均从业人员 <span class="mark">有争议</span>' in page
    assert '<span class="mark">已逾期</span>' in page


def test_w09_silence_is_deemed_confirmation_and_never_confirmation(
    reported: Track, as_: Callable[[str, datetime], Client]
) -> None:
    login = collecting.with_account(A)
    page = f"/rounds/2019/services/units/{A}/statement/"
    before = as_(login, LATE).get(page).content.decode()
    assert (states()[0], "<b>视同确认</b>" in before, "已确认" in before) == ("SUBMITTED", True, False)

    settle_due(reported, now=LATE)

    assert (the_set().state, the_set().confirmed_by, the_set().confirmed_at) == ("DEEMED_CONFIRMED", None, None)
    event = AuditEvent.objects.get(act="V4")
    assert (event.who, event.facts["sets"]) == ("系统", 3)


def test_x02_an_enterprise_sees_its_own_values_and_no_others(
    reported: Track, as_: Callable[[str, datetime], Client]
) -> None:
    browser = as_(collecting.with_account(A), IN_TIME)

    mine = browser.get(f"/rounds/2019/services/units/{A}/statement/")
    others = [
        browser.get(f"/rounds/2019/services/units/{B}/{what}")
        for what in ("statement/", "statement.xlsx", "statement.docx")
    ]
    lists = [
        browser.get(f"/rounds/2019/services/{what}/") for what in ("units", "collection", "collection/上城区", "forms")
    ]

    assert mine.content.decode().count('class="button act"') == 1  # to confirm; to doubt is the other button
    assert (mine.status_code, "1,000" in mine.content.decode(), "2,000" in mine.content.decode()) == (200, True, False)
    assert [one.status_code for one in [*others, *lists]] == [404] * 7
    assert browser.get("/rounds/2019/services/disputes/").content.decode().count("乙服务") == 0


def test_an_office_sees_its_own_values_of_a_unit_and_no_other_office_s(
    reported: Track, as_: Callable[[str, datetime], Client]
) -> None:
    page = as_("p-税务", IN_TIME).get(f"/rounds/2019/services/units/{A}/statement/").content.decode()

    assert ("税收实际贡献" in page, "年平均从业人员" in page) == (True, False)


def test_f07_the_same_file_twice_through_the_page_is_one_import(
    track: Track, as_: Callable[[str, datetime], Client]
) -> None:
    browser = as_("p-发展改革", OPENED)
    data = sheet_of(track, "发展改革")

    answers = []
    for presses in (2, 1):
        file = SimpleUploadedFile("../../名册.csv", data)
        looked = browser.post("/rounds/2019/services/form/services/发展改革/", {"file": file})
        assert the_store().head() == (0 if not answers else 1)  # the dry run writes nothing
        answers += [browser.post(looked["Location"]) for _ in range(presses)]

    assert [one.status_code for one in answers] == [302] * 3
    assert len([one for one in the_store().entries() if one.act == "batch"]) == 1
    assert ValueSet.objects.count() == 3
    assert [
        (one["file"], one["units"]) for one in track.forms.get(region="上城区", form="2019/services/发展改革").receipts
    ] == [("名册.csv", 3)]
    assert the_store().entries()[0].at.endswith("+08:00")  # a receipt tells the day of here
    assert AuditEvent.objects.filter(act="V1").count() == 2  # the second press of the button did nothing


def test_what_is_wrong_with_a_file_is_told_with_its_cells_and_nothing_comes_in(
    track: Track, as_: Callable[[str, datetime], Client]
) -> None:
    report(track, "发展改革")
    browser = as_("p-统计", OPENED)
    data = sheet_of(track, "统计", staff=["40", "-80", "一百二"])

    looked = browser.post("/rounds/2019/services/form/services/统计/", {"file": SimpleUploadedFile("统计.csv", data)})
    page = browser.get(looked["Location"])
    marked = browser.get(looked["Location"] + "marked/")
    sent = browser.post(looked["Location"])

    assert f'F4 <span class="unit">{C}</span>' in page.content.decode()
    assert marked["Content-Disposition"].startswith("attachment")
    assert marked.content[:2] == b"PK"
    assert (sent.status_code, track.forms.filter(form="2019/services/统计", entered_at=None).count()) == (409, 89)


def test_a_county_office_reports_its_own_county_only(track: Track) -> None:
    settle_agency("", "税务", "上城区")
    report(track, "发展改革")

    with pytest.raises(NotBroughtIn) as stopped:
        bring(track, "税务", sheet_of(track, "税务"), "p-税务-上城区")
    bring(track, "税务", sheet_of(track, "税务", (A, B)), "p-税务-上城区")

    found = [one for one in stopped.value.looked.files[0].findings if one.code == "unit_of_another_region"]
    assert [(one.unit, one.message) for one in found] == [(C, f"单位{C}在江干区，不在您报送的范围以内。")]
    assert list(track.forms.filter(agency="税务").exclude(entered_at=None).values_list("region", flat=True)) == [
        "上城区"
    ]


def test_many_sets_go_on_together_or_not_at_all(reported: Track, doer: By) -> None:
    dispute_staff(A)
    events = AuditEvent.objects.count()

    with pytest.raises(Refused) as refused:
        take_many("V4", ValueSet.objects.all(), track=reported, by=None, now=LATE)

    assert next(one.message for one in refused.value.reasons).startswith("“甲服务有限公司（示例）”：")
    assert states() == ["DISPUTED", "SUBMITTED", "SUBMITTED"]
    assert AuditEvent.objects.count() == events


def test_a_corrected_cell_supersedes_and_can_be_traced(
    reported: Track, doer: By, as_: Callable[[str, datetime], Client]
) -> None:
    one = dispute_staff(A)

    correct_cell(dispute=one, value="41", answer="补计1人", by=doer("p-统计", IN_TIME), now=IN_TIME)

    assert (one.corrected, the_set().state) == (True, "SUBMITTED")
    page = as_(f"e-{A}", IN_TIME).get(f"/rounds/2019/services/units/{A}/statement/").content.decode()
    assert "原报，已更正：40，统计《统计.csv，F2》" in page
    assert f"统计《答复疑问{one.pk}-年平均从业人员.csv，F2》" in page


def test_a_refused_correction_stays_contested(reported: Track, doer: By) -> None:
    one = dispute_staff(A)

    with pytest.raises(Refused) as unfounded:
        answer_dispute(dispute=one, corrected=True, answer="已更正", by=doer("p-统计", IN_TIME), now=IN_TIME)
    assert [reason.code for reason in unfounded.value.reasons] == ["nothing_corrected"]
    answer_dispute(dispute=one, corrected=False, answer="以统计报表为准", by=doer("p-统计", IN_TIME), now=IN_TIME)

    assert (the_set().state, one.corrected) == ("SUBMITTED", False)


def test_only_the_office_whose_value_it_is_answers(reported: Track, doer: By) -> None:
    one = dispute_staff(A)

    with pytest.raises(Refused) as refused:
        answer_dispute(dispute=one, corrected=False, answer="不改", by=doer("p-税务", IN_TIME), now=IN_TIME)

    assert refused.value.hidden


def test_an_office_that_has_entered_nothing_says_why(track: Track, doer: By) -> None:
    report(track, "发展改革")

    with pytest.raises(Refused) as refused:
        hand_in(desk=collecting.desk_for(track, "税务"), by=doer("p-税务", OPENED), now=OPENED)

    assert [one.message for one in refused.value.reasons] == ["“上城区”“江干区”还没有填报，不能报送。"]


def test_steps_of_offices_have_no_page_of_their_own(track: Track, as_: Callable[[str, datetime], Client]) -> None:
    report(track, "发展改革")

    answer = as_("p-税务", OPENED).post(f"/act/values/{the_set().pk}/V2/", {"how": "do"})

    assert (answer.status_code, states()) == (404, ["ENTERED"] * 3)


def test_an_excluded_unit_is_not_sealed(reported: Track, doer: By) -> None:
    exclude_unit(row=the_set(C), because="已注销", by=doer("c-services", IN_TIME), now=IN_TIME)
    collecting.check_county(track=reported, county="上城区", by=doer("k-330102", LATE), now=LATE)
    approve_city(track=reported, counties=["上城区"], by=doer("t-3301", LATE), now=LATE)
    accept_sets(track=reported, by=doer("c-services", LATE), now=LATE)

    take("T4", reported, by=doer("c-services", LATE), now=LATE)

    assert reported.sealed["services"]["units"] == 2


def test_a_register_gives_units_their_place_before_anybody_reports(
    track: Track, as_: Callable[[str, datetime], Client]
) -> None:
    browser = as_("c-services", OPENED)
    code = "91339999M00000019T"
    good = f"统一社会信用代码,企业名称,县（市、区）\r\n{code},甲服务有限公司（示例）,上城区\r\n".encode()
    elsewhere = good.replace("上城区".encode(), "龙港市".encode())

    bad = browser.post(
        "/rounds/2019/services/register/",
        {
            "scheme": "services",
            "file": SimpleUploadedFile("名录.csv", elsewhere),
        },
    )
    done = browser.post(
        "/rounds/2019/services/register/", {"scheme": "services", "file": SimpleUploadedFile("名录.csv", good)}
    )

    assert (bad.status_code, "的县（市、区）是“龙港市”，本年度没有。" in bad.content.decode()) == (422, True)
    made = the_set(code)
    assert (done.status_code, made.county, made.city, made.state) == (302, "上城区", "杭州市", "ENTERED")
    assert units_of_desk(collecting.desk_for(track, "税务")) == [(code, "甲服务有限公司（示例）")]


def test_urging_writes_to_every_office_that_is_late(track: Track, doer: By) -> None:
    report(track, *OFFICES[:-1])

    late = urge_offices(track=track, counties=["上城区"], by=doer("k-330102", IN_TIME), now=IN_TIME)

    assert [(one.agency, one.region) for one in late] == [("税务", "上城区")]
    letters = Message.objects.filter(urgent=True).order_by("region").values_list("to_role", "agency", "region")
    assert list(letters) == [("P", "税务", "上城区"), ("P", "税务", "浙江省")]
    with pytest.raises(Refused):
        urge_offices(track=track, counties=["江干区"], by=doer("k-330102", IN_TIME), now=IN_TIME)


def test_an_activation_code_makes_one_account_once(reported: Track, doer: By) -> None:
    row = the_set(B)
    code = issue_code(row=row, draw=lambda signs: signs[5], by=doer("k-330102", IN_TIME), now=IN_TIME)
    told = {"contact": "示例", "password": "shili-mima-2019", "by": NOBODY, "now": IN_TIME}

    wrong = activate(unit=B, code=SIGNS[6] * 12, **told)
    made = activate(unit=B.lower(), code=code.lower(), **told)
    again = activate(unit=B, code=code, **told)

    assert (code, wrong, again) == ("FFFF-FFFF-FFFF", None, None)
    assert made is not None
    assert (made.username, the_set(B).has_account) == (f"e-{B}", True)


def test_a_county_finds_its_units_by_pinyin_initials(reported: Track, as_: Callable[[str, datetime], Client]) -> None:
    browser = as_("k-330102", IN_TIME)

    found = browser.get("/rounds/2019/services/collection/上城区/?q=yfw").content.decode()

    assert ("乙服务有限公司" in found, "甲服务有限公司" in found) == (True, False)
    assert browser.get("/rounds/2019/services/collection/江干区/").status_code == 404


@pytest.mark.acceptance
def test_the_whole_province_is_collected_and_locked_as_the_demo_has_it(planned: Round) -> None:
    """Every form through intake, every unit through its path: what is locked are the demo's own tables."""
    for number, one in enumerate(planned.tracks.all(), start=1):
        issue_plan(one, OPENED - timedelta(days=7), f"示例〔2019〕{number}号")
    lived.live_collecting(planned)
    lived.live_collected(planned)
    lived.live_locked(planned)

    assert set(planned.tracks.values_list("state", flat=True)) == {"LOCKED"}
    firms = pl.read_parquet(sealed_data(planned.tracks.get(domain="manufacturing"), "manufacturing")).sort("uscc")
    table = demo_province().tables["manufacturing"].sort("unit:key")
    assert firms["uscc"].to_list() == table["unit:key"].to_list()
    assert firms["land"].to_list() == table["land"].to_list()
    assert firms["tax"].to_list() == table["tax"].to_list()
    assert verify_record() == []
