"""An issued plan is changed only by another plan; the draft of one can be given up."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from mujun.engine import evaluate
from mujun.intake import read_dataset
from mujun.web.actions.plans import amend_rules, settle_confirmation
from mujun.web.actions.refused import Refused
from mujun.web.actions.revisions import begin_revision, withdraw_revision
from mujun.web.actions.step import take
from mujun.web.living.people import demo_doer
from mujun.web.models import AuditEvent, Nomination, Plan, Round, Run, Track
from mujun.web.queries.audit import verify_record
from mujun.web.queries.rules import draft_plan, scheme_of, standing_plan
from mujun.web.views import plan_forms, plans  # noqa: F401 - the site's own registration of forms
from tests.web.planning import (
    BALANCED,
    DAY,
    NEXT,
    NUMBER,
    TAX,
    URL,
    Browser,
    DoerAt,
    issue,
    reasons,
    type_in,
    write_firms,
)
from tests.web.shortcuts import jump


@pytest.fixture
def track(planned: Round) -> Track:
    return planned.tracks.select_related("round").get(domain="manufacturing")


def test_w03_issued_rules_change_only_in_a_new_version(track: Track, doer: DoerAt, tmp_path: Path) -> None:
    first = issue(track)
    stored = dict(first.schemes)
    with pytest.raises(Refused) as refused:
        amend_rules(
            track=track, scheme="manufacturing", base=stored["manufacturing"], values={TAX: "25"},
            by=doer("c-manufacturing", DAY), now=DAY,
        )  # fmt: skip
    assert reasons(refused) == ["issued"]
    before = evaluated(first, tmp_path)

    begin_revision(track=track, by=doer("c-manufacturing", DAY), now=DAY)
    type_in(track, BALANCED)
    form = {"document_number": NEXT, "reason": "行业反映"}
    take("T15", track, form, by=doer("d-manufacturing", DAY), now=DAY)

    first.refresh_from_db()
    second = standing_plan(track)
    assert second is not None
    assert (second.number, second.document_number, scheme_of(second, "manufacturing").provisional) == (2, NEXT, False)
    assert (first.voided_at, first.schemes) == (DAY, stored)
    assert evaluated(first, tmp_path) == before
    assert evaluated(second, tmp_path) != before


def evaluated(plan: Plan, folder: Path) -> str:
    """Two firms of one industry by the plan's stored rules: their scores."""
    scheme = scheme_of(plan, "manufacturing")
    write_firms(folder / "two.csv", tax=[30, 10])
    result = evaluate(scheme, read_dataset(folder / "two.csv", scheme).dataset)
    return result.units.select("key", "score").write_csv()


def test_revision_voids_what_came_after_and_keeps_it(track: Track, doer: DoerAt) -> None:
    plan = issue(track)
    runner, other = doer("c-manufacturing", DAY).somebody, doer("d-manufacturing", DAY).somebody
    run = Run.objects.create(
        track=track, number=1, data_hash="d", scheme_hash="s", run_by=runner, run_at=DAY, frozen_by=other, frozen_at=DAY
    )
    Nomination.objects.create(track=track, number=1, run=run, content_hash="c", drafted_by=runner, drafted_at=DAY)
    jump(track, "COLLECTING", "LOCKED", "EVALUATED", "FROZEN", "LIST_DRAFT")
    begin_revision(track=track, by=doer("c-manufacturing", DAY), now=DAY)
    form = {"document_number": NEXT, "reason": "行业反映"}

    with pytest.raises(Refused) as refused:
        take("T15", track, form, by=doer("d-manufacturing", DAY), now=DAY)
    assert reasons(refused) == ["scheme_unchanged"]
    settle_confirmation(
        track=track, revision=0, silence_confirms=False, confirm_workdays=5, note="",
        by=doer("c-manufacturing", DAY), now=DAY,
    )  # fmt: skip
    take("T15", track, form, by=doer("d-manufacturing", DAY), now=DAY)

    assert track.state == "PLAN_ISSUED"
    assert [(one.voided_at, one.void_reason) for one in Run.objects.all()] == [(DAY, "方案修订：行业反映")]
    assert [(one.voided_at, one.void_reason) for one in Nomination.objects.all()] == [(DAY, "方案修订：行业反映")]
    assert Plan.objects.get(pk=plan.pk).voided_at == DAY


def test_revision_waits_on_the_desks_of_who_drafts_and_who_signs(track: Track, as_: Browser) -> None:
    issue(track)
    drafter = as_("c-manufacturing", DAY)
    assert drafter.post(f"{URL}revise/").status_code == 302

    def tasks(who: str) -> list[str]:
        return [one.label for one in as_(who, DAY).get("/desk/").context["tasks"]]

    assert tasks("c-manufacturing") == ["拟完修订稿：制造业"]
    assert tasks("d-manufacturing") == ["会签印发修订稿：制造业"]
    assert tasks("c-services") == []


def test_draft_of_a_revision_is_given_up_and_the_plan_in_force_stays(track: Track, as_: Browser) -> None:
    first = issue(track)
    stands = Plan.objects.values().get(pk=first.pk)
    browser = as_("c-manufacturing", DAY)
    browser.post(f"{URL}revise/")
    type_in(track, {TAX: "25"})
    page = f"{URL}withdraw/"
    shown = browser.get(page)
    assert [str(one) for one in shown.context["changes"]] == ["权重 亩均税收 30→25"]

    answer = browser.post(page, {"number": 2, "revision": 1})

    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert (draft_plan(track), standing_plan(track)) == (None, first)
    assert Plan.objects.values().get(pk=first.pk) == stands
    track.refresh_from_db()
    assert track.state == "PLAN_ISSUED"
    event = AuditEvent.objects.order_by("-seq")[0]
    assert (event.act, event.label, event.facts) == ("withdraw_revision", "放弃修订稿", {"plan": 2, "stays": NUMBER})
    assert verify_record() == []
    assert [one.label for one in browser.get("/desk/").context["tasks"]] == []


def test_draft_that_was_given_up_is_read_by_its_department_and_the_next_has_another_number(
    track: Track, as_: Browser
) -> None:
    issue(track)
    browser = as_("c-manufacturing", DAY)
    browser.post(f"{URL}revise/")
    browser.post(f"{URL}withdraw/", {"number": 2, "revision": 0})
    browser.post(f"{URL}revise/")
    type_in(track, BALANCED)

    take("T15", track, {"document_number": NEXT, "reason": "行业反映"}, by=demo_doer("d-manufacturing", DAY), now=DAY)

    assert [(one.number, one.is_issued, one.voided_at is None) for one in track.plans.all()] == [
        (1, True, False), (2, False, False), (3, True, True),
    ]  # fmt: skip
    given_up = browser.get(f"{URL}2/")
    assert (given_up.status_code, "日放弃，没有印发过。" in given_up.content.decode()) == (200, True)
    assert Client().get(f"{URL}2/").status_code == 404


def test_what_cannot_be_given_up(track: Track, as_: Browser) -> None:
    drafter, page = as_("c-manufacturing", DAY), f"{URL}withdraw/"

    def said(answer: HttpResponse) -> tuple[int, list[str]]:
        return answer.status_code, [one.message for one in answer.context["against"]]  # type: ignore[attr-defined]

    seen = {"number": 1, "revision": 0}
    assert drafter.get(page).status_code == 404
    assert said(drafter.post(page, seen)) == (409, ["这是第一稿，还没有印发过的方案可以代替它。"])
    issue(track)
    assert said(drafter.post(page, seen)) == (409, ["没有正在拟的修订稿。"])
    drafter.post(f"{URL}revise/")
    assert as_("c-services", DAY).post(page, {"number": 2, "revision": 0}).status_code == 404
    assert as_("d-manufacturing", DAY).post(page, {"number": 2, "revision": 0}).status_code == 403
    for who, hidden in (("c-services", True), ("d-manufacturing", False)):
        with pytest.raises(Refused) as refused:
            withdraw_revision(track=track, number=2, revision=0, by=demo_doer(who, DAY), now=DAY)
        assert refused.value.hidden is hidden
    assert draft_plan(track) is not None


@pytest.mark.parametrize("seen", [{"number": "2", "revision": "0"}, {}, {"number": "两", "revision": "1"}])
def test_draft_that_somebody_has_changed_meanwhile_is_shown_again(
    track: Track, as_: Browser, seen: dict[str, str]
) -> None:
    issue(track)
    drafter = as_("c-manufacturing", DAY)
    drafter.post(f"{URL}revise/")
    type_in(track, {TAX: "25"})

    answer = drafter.post(f"{URL}withdraw/", seen)

    assert (answer.status_code, answer.context["overtaken"]) == (409, True)
    assert [str(one) for one in answer.context["changes"]] == ["权重 亩均税收 30→25"]
    assert draft_plan(track) is not None


def test_revision_without_a_draft_says_that_there_is_none_and_where_it_begins(track: Track, as_: Browser) -> None:
    issue(track)
    form = {"document_number": NEXT, "reason": "行业反映"}
    page = as_("d-manufacturing", DAY).get(f"/act/track/{track.pk}/T15/")

    with pytest.raises(Refused) as refused:
        take("T15", track, form, by=demo_doer("d-manufacturing", DAY), now=DAY)

    said = [
        (
            "还没有拟修订稿，没有可以印发的。",
            "请经办人打开现行方案，点“拟修订稿”，改好以后再来印发；在此以前现行方案照常有效。",
        )
    ]
    assert [(one.message, one.mend) for one in refused.value.reasons] == said
    assert [(one.message, one.mend) for one in page.context["against"]] == said
    assert f'href="{URL}"' in page.content.decode()
