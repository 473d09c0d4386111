"""Plans are issued by another person than drafted them, and never changed once they are issued."""

from __future__ import annotations

import pytest
from django.test import Client

from mujun.web.actions.plans import start_evaluating
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import take
from mujun.web.living.plans import ISSUED, live_plans_issued
from mujun.web.living.round import TRACKS_BEGUN
from mujun.web.models import AuditEvent, RoleGrant, Round, Track
from mujun.web.queries.audit import verify_record
from mujun.web.queries.rules import draft_plan, law_with, scheme_of, standing_plan
from mujun.web.views import plan_forms, plans  # noqa: F401 - the site's own registration of forms
from tests.web.planning import (
    BALANCED,
    DAY,
    NUMBER,
    RD,
    URL,
    Browser,
    DoerAt,
    issue,
    reasons,
    type_in,
)
from tests.web.shortcuts import jump


@pytest.fixture
def track(planned: Round) -> Track:
    return planned.tracks.select_related("round").get(domain="manufacturing")


def test_w02_weights_that_do_not_add_up_cannot_be_issued(track: Track) -> None:
    type_in(track, {f"{RD}/default": "9.99", f"{RD}/石化产业": "10"})
    with pytest.raises(Refused) as refused:
        issue(track)

    assert [one.message for one in refused.value.reasons] == ["“制造业“亩均效益”领跑者”的权重合计为99.99，应为100。"]
    type_in(track, {f"{RD}/default": "10"})
    assert issue(track).document_number == NUMBER


def test_issuing_writes_a_clause_for_each_assumption(track: Track) -> None:
    draft = draft_plan(track)
    assert draft is not None
    assert [scheme_of(draft, name).provisional for name in draft.schemes] == [True, True]

    plan = issue(track)

    assert [scheme_of(plan, name).provisional for name in plan.schemes] == [False, False]
    assert [one["id"] for one in plan.clauses] == [str(number) for number in range(1, 60)]
    weight = next(one for one in plan.clauses if one["heading"].endswith("亩均增加值 权重"))
    assert weight["text"] == "亩均增加值：权重20。理由：20分同黄岩区公布的权重；产出是各行业共同的要求，不分行业。"
    scheme = scheme_of(plan, "manufacturing")
    cited = scheme.root.children[1].weight_basis
    assert cited is not None
    assert law_with(plan).cite(cited.clause) == f"{NUMBER}{weight['heading']}"


def test_who_wrote_in_the_draft_cannot_issue_it(track: Track, doer: DoerAt) -> None:
    signer = doer("d-manufacturing", DAY).somebody
    RoleGrant.objects.create(person=signer, role="C", domain="manufacturing", since=TRACKS_BEGUN)
    type_in(track, BALANCED, who="d-manufacturing")
    type_in(track, {"label": "制造业"})

    with pytest.raises(Refused) as refused:
        issue(track)

    assert reasons(refused) == ["second_person"]
    assert draft_plan(track) is not None


@pytest.mark.parametrize("number", ["浙经信亩均[2019]3号", "浙经信亩均〔2019〕03号", "2019年第3号"])
def test_number_must_be_well_formed(track: Track, number: str) -> None:
    with pytest.raises(Refused) as refused:
        issue(track, number)

    assert reasons(refused) == ["bad_document_number"]


def test_number_is_taken_once(track: Track, planned: Round) -> None:
    issue(track)
    with pytest.raises(Refused) as refused:
        issue(planned.tracks.get(domain="services"), who="d-services")

    assert reasons(refused) == ["document_number_taken"]


def test_draft_that_changed_since_it_was_read_is_not_issued(track: Track, doer: DoerAt) -> None:
    type_in(track, BALANCED)
    with pytest.raises(Refused) as refused:
        take("T2", track, {"document_number": NUMBER, "revision": 0}, by=doer("d-manufacturing", DAY), now=DAY)

    assert reasons(refused) == ["draft_changed"]


def test_draft_is_for_its_department_and_an_issued_plan_for_everybody(track: Track, as_: Browser) -> None:
    draft = f"{URL}1/"
    assert as_("c-manufacturing", DAY).get(draft).status_code == 200
    assert as_("d-manufacturing", DAY).get(draft).status_code == 200
    assert as_("c-services", DAY).get(draft).status_code == 404
    assert as_("c-services", DAY).get(f"{URL}edit/manufacturing/weights/").status_code == 404
    assert as_("d-manufacturing", DAY).get(f"{URL}edit/manufacturing/weights/").status_code == 403
    assert [Client().get(one).status_code for one in (URL, draft)] == [404, 404]

    issue(track)

    answer = Client().get(URL)
    assert answer.status_code == 200
    assert ("试算" in answer.content.decode(), NUMBER in answer.content.decode()) == (False, True)


def test_seven_domains_issue_their_plans(planned: Round) -> None:
    live_plans_issued(planned)

    assert {one.domain: (one.state, standing_plan(one).document_number) for one in planned.tracks.all()} == {  # type: ignore[union-attr]
        domain: ("PLAN_ISSUED", number) for domain, (number, _) in ISSUED.items()
    }
    assert verify_record() == []


def test_round_evaluates_with_the_first_domain_that_collects(track: Track, doer: DoerAt) -> None:
    issue(track)
    jump(track, "COLLECTING")

    start_evaluating(track, doer("c-manufacturing", DAY), DAY)
    start_evaluating(track, doer("c-manufacturing", DAY), DAY)

    assert Round.objects.get().state == "EVALUATING"
    assert [(one.who, one.label) for one in AuditEvent.objects.filter(act="R3")] == [("系统", "开始评价")]


def test_page_of_issuing_says_what_is_against_it_and_where_the_domain_stands(track: Track, as_: Browser) -> None:
    page = f"/act/track/{track.pk}/T2/"
    browser = as_("d-manufacturing", DAY)

    refused = browser.post(page, {"how": "do", "document_number": "浙经信亩均[2019]3号", "revision": 0})
    assert (refused.status_code, refused.context["row"].state) == (409, "PLAN_DRAFT")
    assert [one.code for one in refused.context["against"]] == ["bad_document_number"]

    assert browser.post(page, {"how": "do", "document_number": NUMBER, "revision": 0}).status_code == 302
    assert Track.objects.get(pk=track.pk).state == "PLAN_ISSUED"
