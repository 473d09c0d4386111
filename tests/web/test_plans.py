"""Plans are drafted in forms by one person, issued by another, and never changed once they are issued."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from mujun.engine import evaluate
from mujun.intake import read_dataset
from mujun.web.actions.issue import begin_revision
from mujun.web.actions.plans import Overtaken, amend_rules, settle_confirmation, start_evaluating
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import take
from mujun.web.doer import Doer
from mujun.web.evidence import kept
from mujun.web.living.plans import ISSUED, live_plans_issued
from mujun.web.living.round import TRACKS_BEGUN
from mujun.web.models import AuditEvent, Nomination, Plan, RoleGrant, Round, Run, Track
from mujun.web.queries.audit import verify_record
from mujun.web.queries.last_round import FOLDER
from mujun.web.queries.rules import draft_plan, law_with, read_rules, scheme_of, standing_plan
from mujun.web.views import plan_forms, plans  # noqa: F401 - the site's own registration of forms
from tests.web.shortcuts import jump

DAY = TRACKS_BEGUN + timedelta(days=8)
NUMBER, NEXT = "浙经信亩均〔2019〕3号", "浙经信亩均〔2019〕9号"
TAX, ADDED = "score/tax_per_mu/weight/default", "score/value_added_per_mu/weight/default"
RD = "score/rd_intensity/weight"
BALANCED = {TAX: "25", f"{RD}/default": "15", f"{RD}/石化产业": "10"}
"""Other weights that add up to 100 in every industry."""
URL = "/plans/2019/manufacturing/"
DoerAt = Callable[[str, datetime], Doer]
Browser = Callable[[str, datetime], Client]


@pytest.fixture
def track(planned: Round) -> Track:
    return planned.tracks.select_related("round").get(domain="manufacturing")


@pytest.fixture
def change(track: Track, doer: DoerAt) -> Callable[..., list[str]]:
    """Somebody types values into the rules as they stand."""

    def type_in(values: dict[str, str], who: str = "c-manufacturing") -> list[str]:
        plan = draft_plan(track)
        assert plan is not None
        base = plan.schemes["manufacturing"]
        return amend_rules(track=track, scheme="manufacturing", base=base, values=values, by=doer(who, DAY), now=DAY)

    return type_in


def issue(track: Track, doer: DoerAt, number: str = NUMBER, who: str = "d-manufacturing") -> Plan:
    take("T2", track, {"document_number": number}, by=doer(who, DAY), now=DAY)
    plan = standing_plan(track)
    assert plan is not None
    return plan


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.reasons]


def test_change_is_recorded_in_words(track: Track, change: Callable[..., list[str]]) -> None:
    assert change({TAX: "25", ADDED: "25"}) == ["权重 亩均税收 30→25", "权重 亩均增加值 20→25"]

    event = AuditEvent.objects.order_by("-seq")[0]
    assert (event.act, event.facts["form"]["changes"]) == ("T1e", ["权重 亩均税收 30→25", "权重 亩均增加值 20→25"])
    assert (track.plans.get().revision, verify_record()) == (1, [])


def test_w02_weights_that_do_not_add_up_cannot_be_issued(
    track: Track, change: Callable[..., list[str]], doer: DoerAt
) -> None:
    change({f"{RD}/default": "9.99", f"{RD}/石化产业": "10"})
    with pytest.raises(Refused) as refused:
        issue(track, doer)

    assert [one.message for one in refused.value.reasons] == ["“制造业“亩均效益”领跑者”的权重合计为99.99，应为100。"]
    change({f"{RD}/default": "10"})
    assert issue(track, doer).document_number == NUMBER


def test_issuing_writes_a_clause_for_each_assumption(track: Track, doer: DoerAt) -> None:
    draft = draft_plan(track)
    assert draft is not None
    assert [scheme_of(draft, name).provisional for name in draft.schemes] == [True, True]

    plan = issue(track, doer)

    assert [scheme_of(plan, name).provisional for name in plan.schemes] == [False, False]
    assert [one["id"] for one in plan.clauses] == [str(number) for number in range(1, 60)]
    weight = next(one for one in plan.clauses if one["heading"].endswith("亩均增加值 权重"))
    assert weight["text"] == "亩均增加值：权重20。理由：20分同黄岩区公布的权重；产出是各行业共同的要求，不分行业。"
    scheme = scheme_of(plan, "manufacturing")
    cited = scheme.root.children[1].weight_basis
    assert cited is not None
    assert law_with(plan).cite(cited.clause) == f"{NUMBER}{weight['heading']}"


def test_who_wrote_in_the_draft_cannot_issue_it(track: Track, change: Callable[..., list[str]], doer: DoerAt) -> None:
    signer = doer("d-manufacturing", DAY).somebody
    RoleGrant.objects.create(person=signer, role="C", domain="manufacturing", since=TRACKS_BEGUN)
    change(BALANCED, who="d-manufacturing")
    change({"label": "制造业"})

    with pytest.raises(Refused) as refused:
        issue(track, doer)

    assert reasons(refused) == ["second_person"]
    assert draft_plan(track) is not None


@pytest.mark.parametrize("number", ["浙经信亩均[2019]3号", "浙经信亩均〔2019〕03号", "2019年第3号"])
def test_number_must_be_well_formed(track: Track, doer: DoerAt, number: str) -> None:
    with pytest.raises(Refused) as refused:
        issue(track, doer, number)

    assert reasons(refused) == ["bad_document_number"]


def test_number_is_taken_once(track: Track, planned: Round, doer: DoerAt) -> None:
    issue(track, doer)
    with pytest.raises(Refused) as refused:
        issue(planned.tracks.get(domain="services"), doer, who="d-services")

    assert reasons(refused) == ["document_number_taken"]


def test_draft_that_changed_since_it_was_read_is_not_issued(
    track: Track, change: Callable[..., list[str]], doer: DoerAt
) -> None:
    change(BALANCED)
    with pytest.raises(Refused) as refused:
        take("T2", track, {"document_number": NUMBER, "revision": 0}, by=doer("d-manufacturing", DAY), now=DAY)

    assert reasons(refused) == ["draft_changed"]


def test_w03_issued_rules_change_only_in_a_new_version(
    track: Track, change: Callable[..., list[str]], doer: DoerAt, tmp_path: Path
) -> None:
    first = issue(track, doer)
    stored = dict(first.schemes)
    with pytest.raises(Refused) as refused:
        amend_rules(
            track=track, scheme="manufacturing", base=stored["manufacturing"], values={TAX: "25"},
            by=doer("c-manufacturing", DAY), now=DAY,
        )  # fmt: skip
    assert reasons(refused) == ["issued"]
    before = evaluated(first, tmp_path)

    begin_revision(track=track, by=doer("c-manufacturing", DAY), now=DAY)
    change(BALANCED)
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


def write_firms(file: Path, tax: list[int]) -> None:
    """Firms of one industry that differ in nothing but their tax."""
    rest = {"land": 1, "value_added": 40, "energy": 2, "emissions": 1, "staff": 5, "rd": 2, "revenue": 3000}
    rows = ["uscc,name,gb_code,tax," + ",".join(rest)]
    for number, paid in enumerate(tax, 1):
        rows.append(
            f"9133000000000000{number}A,企业{number},1910,{paid}," + ",".join(str(one) for one in rest.values())
        )
    file.write_text("\n".join(rows), encoding="utf-8")


def test_revision_voids_what_came_after_and_keeps_it(track: Track, doer: DoerAt) -> None:
    plan = issue(track, doer)
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


def test_f08_second_of_two_editors_is_shown_the_difference(track: Track, as_: Browser) -> None:
    first, second = as_("c-manufacturing", DAY), as_("c-manufacturing", DAY)
    page = f"{URL}edit/manufacturing/weights/"
    base = track.plans.get().schemes["manufacturing"]
    whole = form_of(base)

    saved = first.post(page, {**whole, TAX: "25", ADDED: "25"})
    refused = second.post(page, {**whole, TAX: "28", "score/rd_intensity/weight/default": "12"})

    assert (saved.status_code, refused.status_code) == (302, 409)
    assert [str(one) for one in refused.context["theirs"]] == ["权重 亩均税收 30→25", "权重 亩均增加值 20→25"]
    assert [str(one) for one in refused.context["mine"]] == [
        "权重 亩均税收 30→28",
        "权重 研究试验发展经费支出与主营业务收入之比 10→12",
    ]
    assert refused.context["both"] == {TAX}
    current = track.plans.get().schemes["manufacturing"]
    assert form_of(current)[TAX] == "25"
    assert refused.context["form"].initial["base"] == current


def form_of(sha256: str) -> dict[str, str]:
    """What a browser would send back of the weights."""
    text = kept(sha256).decode("utf-8")
    entries = [one for one in plan_forms.entries_of(text) if one.section == "weights"]
    return {"base": sha256, **{one.name: one.value for one in entries}}


def test_f08_confirmation_is_not_written_over_unseen(track: Track, doer: DoerAt) -> None:
    by = doer("c-manufacturing", DAY)
    more = {"silence_confirms": True, "confirm_workdays": 7, "note": "", "by": by, "now": DAY}

    assert settle_confirmation(track=track, revision=0, **more) == ["核对期限（工作日） 5→7"]  # type: ignore[arg-type]
    with pytest.raises(Overtaken):
        settle_confirmation(track=track, revision=0, **more)  # type: ignore[arg-type]


def test_live_check_names_the_sum_and_saves_nothing(track: Track, as_: Browser) -> None:
    base = track.plans.get().schemes["manufacturing"]

    answer = as_("c-manufacturing", DAY).post(f"{URL}edit/manufacturing/weights/check/", {**form_of(base), TAX: "25"})

    check = answer.context["check"]
    assert [one.message for one in check.findings] == ["“综合得分”权重合计为95，应为100。"]
    assert check.sums[0] == ("没有单列的", "95", False)
    assert check.stale == ("亩均税收",)
    assert track.plans.get().revision == 0


def test_draft_is_for_its_department_and_an_issued_plan_for_everybody(track: Track, as_: Browser, doer: DoerAt) -> None:
    draft = f"{URL}1/"
    assert as_("c-manufacturing", DAY).get(draft).status_code == 200
    assert as_("d-manufacturing", DAY).get(draft).status_code == 200
    assert as_("c-services", DAY).get(draft).status_code == 404
    assert as_("c-services", DAY).get(f"{URL}edit/manufacturing/weights/").status_code == 404
    assert as_("d-manufacturing", DAY).get(f"{URL}edit/manufacturing/weights/").status_code == 403
    assert [Client().get(one).status_code for one in (URL, draft)] == [404, 404]

    issue(track, doer)

    answer = Client().get(URL)
    assert answer.status_code == 200
    assert ("试算" in answer.content.decode(), NUMBER in answer.content.decode()) == (False, True)


def test_every_form_of_every_domain_opens(planned: Round, as_: Browser) -> None:
    for track in planned.tracks.all():
        browser = as_("a" if track.domain == "county" else f"c-{track.domain.replace('_', '-')}", DAY)
        plan = track.plans.get()
        for name in plan.schemes:
            for section, _ in plan_forms.SECTIONS:
                answer = browser.get(f"/plans/2019/{track.domain}/edit/{name}/{section}/")
                assert (answer.status_code, answer.context["check"].wrong) == (200, 0), (name, section)


def test_seven_domains_issue_their_plans(planned: Round) -> None:
    live_plans_issued(planned)

    assert {one.domain: (one.state, standing_plan(one).document_number) for one in planned.tracks.all()} == {  # type: ignore[union-attr]
        domain: ("PLAN_ISSUED", number) for domain, (number, _) in ISSUED.items()
    }
    assert verify_record() == []


def test_round_evaluates_with_the_first_domain_that_collects(track: Track, doer: DoerAt) -> None:
    issue(track, doer)
    jump(track, "COLLECTING")

    start_evaluating(track, doer("c-manufacturing", DAY), DAY)
    start_evaluating(track, doer("c-manufacturing", DAY), DAY)

    assert Round.objects.get().state == "EVALUATING"
    assert [(one.who, one.label) for one in AuditEvent.objects.filter(act="R3")] == [("系统", "开始评价")]


def test_rules_of_a_draft_stay_readable(track: Track, change: Callable[..., list[str]]) -> None:
    change({"score/tax_per_mu/formula": "tax / 没有这一列"})

    plan = draft_plan(track)
    assert plan is not None
    reading = read_rules(kept(plan.schemes["manufacturing"]), "manufacturing", law_with(plan))
    assert [one.code for one in reading.findings] == ["bad_formula", "not_a_ratio"]


@pytest.fixture
def last_round() -> Iterator[Path]:
    """Where the site finds last round's data; empty before and after."""
    folder = Path(settings.HOME) / FOLDER
    (folder / "2019").mkdir(parents=True)
    yield folder / "2019" / "manufacturing.csv"
    shutil.rmtree(folder)


def test_effect_on_last_round_names_who_comes_in(
    track: Track, change: Callable[..., list[str]], as_: Browser, last_round: Path
) -> None:
    browser = as_("c-manufacturing", DAY)
    assert browser.get(f"{URL}effect/manufacturing/").context["effect"].trouble[0].startswith("没有上一轮的数据")

    # five firms alike but for their tax: one in five is tier A, and two of them would be at 40%
    write_firms(last_round, tax=[50, 40, 10, 5, 5])
    assert browser.get(f"{URL}effect/manufacturing/").context["effect"].unchanged
    change({"tiers/levels/0/share": "40"})
    effect = browser.get(f"{URL}effect/manufacturing/").context["effect"]

    assert (effect.against, effect.trouble, effect.totals) == ("省亩均办的试拟方案", (), (1, 2, 1, 0))
    assert [(one.name, one.came, one.left) for one in effect.groups] == [("时尚制造业", (("企业2", 2, 2),), ())]


def test_page_of_issuing_says_what_is_against_it_and_where_the_domain_stands(track: Track, as_: Browser) -> None:
    page = f"/act/track/{track.pk}/T2/"
    browser = as_("d-manufacturing", DAY)

    refused = browser.post(page, {"how": "do", "document_number": "浙经信亩均[2019]3号", "revision": 0})
    assert (refused.status_code, refused.context["row"].state) == (409, "PLAN_DRAFT")
    assert [one.code for one in refused.context["against"]] == ["bad_document_number"]

    assert browser.post(page, {"how": "do", "document_number": NUMBER, "revision": 0}).status_code == 302
    assert Track.objects.get(pk=track.pk).state == "PLAN_ISSUED"


def test_revision_waits_on_the_desks_of_who_drafts_and_who_signs(track: Track, as_: Browser, doer: DoerAt) -> None:
    issue(track, doer)
    drafter = as_("c-manufacturing", DAY)
    assert drafter.post(f"{URL}revise/").status_code == 302

    def tasks(who: str) -> list[str]:
        return [one.label for one in as_(who, DAY).get("/desk/").context["tasks"]]

    assert tasks("c-manufacturing") == ["拟完修订稿：制造业"]
    assert tasks("d-manufacturing") == ["会签印发修订稿：制造业"]
    assert tasks("c-services") == []


@pytest.mark.parametrize(("base", "status"), [("0" * 64, 409), ("../../key", 422)])
def test_form_of_rules_that_never_were_changes_nothing(track: Track, as_: Browser, base: str, status: int) -> None:
    whole = {**form_of(track.plans.get().schemes["manufacturing"]), TAX: "25", "base": base}

    answer = as_("c-manufacturing", DAY).post(f"{URL}edit/manufacturing/weights/", whole)

    assert (answer.status_code, track.plans.get().revision) == (status, 0)
